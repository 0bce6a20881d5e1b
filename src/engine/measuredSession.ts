import { asCanonical } from './compare/asCanonical.ts';
import type { Inventory, Problem } from './compare/model.ts';
import type { Config } from './config.ts';
import type { MergedFile, MergeTexts } from './history/merge/model.ts';
import { MeasuredPair } from './measuredPair.ts';
import type { PhaseStatus, Status } from './plan/status.ts';
import { today } from './plan/day.ts';
import { measurePhase } from './plan/measure.ts';
import type { HunkChange, HunkPlace } from './plan/hunk.ts';
import { takeHunk } from './plan/hunk.ts';
import type { Change, Plan } from './plan/model.ts';
import type { PlanOptions } from './plan/options.ts';
import { makePlan } from './plan/plan.ts';
import { recordOf } from './plan/record.ts';
import type { PlanWorld } from './plan/world.ts';
import type { CancellationToken, Ports } from './ports.ts';
import { findCanonicalUses } from './references/canonicalUses.ts';
import { phaseIds, type PhaseId, type Reference, type ReferenceReport } from './references/model.ts';
import { ReferenceScan } from './references/scan.ts';
import { FileRules } from './references/standing.ts';
import { assertDistinct, checkPair } from './tree/check.ts';
import { DepthScan } from './verify/depthScan.ts';
import type { Earlier } from './verify/failingImports.ts';
import { FailingImports } from './verify/failingImports.ts';
import type { DepthFinding, ImportFinding } from './verify/model.ts';
import { WorkspaceFiles } from './tree/files.ts';
import { assertCheckedOut, OutOfSightFinder, unsearched } from './history/outOfSight.ts';
import { wasThere } from './history/oneSided.ts';
import { Names } from './tree/names.ts';
import type { Refreshed, Session } from './session.ts';
import type { TreePair } from './tree/pair.ts';

/**
 * Opens a session: looks at the roots and lists the files, and reads none of them.
 * @throws EngineError when a root is missing, is a file, lies in the other or is not wholly checked out; the message says how to mend it.
 */
export async function openSession(ports: Ports, config: Config): Promise<Session> {
  const files = new WorkspaceFiles(ports.files);
  assertDistinct(config.pairs);
  const outOfSight = new OutOfSightFinder(ports.git, files);
  assertCheckedOut(await outOfSight.find(), config.pairs);
  const world = { list: () => files.list(), wasThere: (root: string) => wasThere(ports.git, root) };
  for (const pair of config.pairs) await checkPair(ports.files, pair, world);
  return new MeasuredSession(ports, { files, outOfSight }, config);
}

class MeasuredSession implements Session {
  readonly pairs: readonly TreePair[];
  readonly #config: Config;
  readonly #files: WorkspaceFiles;
  readonly #outOfSight: OutOfSightFinder;
  readonly #scan: ReferenceScan;
  readonly #depth: DepthScan;
  readonly #imports: FailingImports;
  readonly #namespaces: readonly Names[];
  readonly #measured: readonly MeasuredPair[];
  readonly #ports: Ports;

  constructor(
    ports: Ports,
    { files, outOfSight }: { readonly files: WorkspaceFiles; readonly outOfSight: OutOfSightFinder },
    config: Config,
  ) {
    this.pairs = config.pairs;
    this.#config = config;
    this.#files = files;
    this.#outOfSight = outOfSight;
    this.#scan = new ReferenceScan(config, this.#files);
    this.#depth = new DepthScan(config.pairs, files);
    this.#imports = new FailingImports(config, ports, files);
    this.#namespaces = config.pairs.map((pair) => new Names(pair));
    this.#measured = this.#namespaces.map(
      (names) => new MeasuredPair(names, this.#namespaces, files, { git: ports.git, config }),
    );
    this.#ports = ports;
  }

  async inventory(token?: CancellationToken): Promise<Inventory> {
    const pairs = [];
    for (const pair of this.#measured) pairs.push(await pair.inventory(token));
    return { pairs, problems: await this.#problems(token) };
  }

  async references(token?: CancellationToken): Promise<ReferenceReport> {
    const references = await this.#scan.all(token);
    return { occurrences: references.length, references, problems: await this.#problems(token) };
  }

  async depthSensitive(token?: CancellationToken): Promise<readonly DepthFinding[]> {
    return await this.#depth.all(token);
  }

  async depthSensitiveIn(path: string): Promise<readonly DepthFinding[]> {
    return await this.#depth.scan(path);
  }

  async canonicalUses(token?: CancellationToken): Promise<Readonly<Record<string, readonly string[]>>> {
    return await findCanonicalUses(this.#config, this.#files, token);
  }

  async status(token?: CancellationToken): Promise<Status> {
    const phases: PhaseStatus[] = [];
    for (const id of phaseIds) phases.push(await measurePhase(this.#world, id, token));
    return { phases };
  }

  async phase(id: PhaseId, token?: CancellationToken): Promise<PhaseStatus> {
    return await measurePhase(this.#world, id, token);
  }

  async merge(token?: CancellationToken): Promise<readonly (readonly MergedFile[] | undefined)[]> {
    const merged = [];
    for (const pair of this.#measured) merged.push((await pair.merged(token))?.files);
    return merged;
  }

  async brokenImports(token?: CancellationToken): Promise<readonly ImportFinding[]> {
    return await this.#imports.all(token);
  }

  async brokenImportsSince(earlier: Earlier, token?: CancellationToken): Promise<readonly ImportFinding[]> {
    return await this.#imports.since(earlier, token);
  }

  async lostImports(token?: CancellationToken): Promise<readonly ImportFinding[]> {
    return await this.#imports.lost(token);
  }

  async mergeSides(path: string, token?: CancellationToken): Promise<MergeTexts | undefined> {
    for (const pair of this.#measured) {
      const texts = await pair.mergeTexts(path, token);
      if (texts !== undefined) return texts;
    }
    return undefined;
  }

  async takeHunk(place: HunkPlace, take: 'legacy' | 'canonical'): Promise<HunkChange | undefined> {
    await this.#files.list();
    return await takeHunk({ files: this.#files, namespaces: this.#namespaces, config: this.#config }, place, take);
  }

  async plan(phase: PhaseId, options: PlanOptions = {}, token?: CancellationToken): Promise<Plan> {
    await this.#files.list(token);
    assertCheckedOut(await this.#outOfSight.find(token), this.pairs);
    return await makePlan(this.#world, phase, options, token);
  }

  async recordOf(plan: Plan, token?: CancellationToken): Promise<Change | undefined> {
    return await recordOf(this.#world, plan, token);
  }

  get #world(): PlanWorld {
    return {
      config: this.#config,
      fileSystem: this.#ports.files,
      files: this.#files,
      git: this.#ports.git,
      today: (this.#ports.today ?? today)(),
      pairs: this.#measured,
      namespaces: this.#namespaces,
      references: (token) => this.#scan.all(token),
      canonicalUses: (token) => this.canonicalUses(token),
      outOfSight: (token) => this.#outOfSight.find(token),
      depthSensitive: (token) => this.#depth.all(token),
      brokenImports: (token) => this.brokenImports(token),
      lostImports: (token) => this.lostImports(token),
      rules: new FileRules(this.#config),
    };
  }

  async referencesIn(path: string, token?: CancellationToken): Promise<readonly Reference[]> {
    return await this.#scan.scan(path, token);
  }

  async asCanonical(path: string): Promise<string> {
    await this.#files.list();
    return await asCanonical(path, this.#namespaces, { files: this.#files, config: this.#config });
  }

  async refresh(paths: readonly string[] | 'all', token?: CancellationToken): Promise<Refreshed> {
    if (paths === 'all') {
      await this.#files.relist(token);
      this.#scan.reset();
      this.#depth.reset();
      this.#imports.reset();
      for (const pair of this.#measured) pair.reset();
      return { references: 'all', inventory: true };
    }
    const moved = await this.#relistIfNeeded(paths, token);
    const all = [...new Set([...paths, ...moved])];
    let inventory = false;
    for (const pair of this.#measured) if (await pair.refresh(all, token)) inventory = true;
    const changed = [
      ...(await this.#scan.refresh(all, token)),
      ...(await this.#depth.refresh(all)),
      ...(await this.#imports.refresh(all, token)),
    ];
    return { references: [...new Set(changed)], inventory };
  }

  /** A file that came or went, or an ignore file that changed, asks for the listing anew. */
  async #relistIfNeeded(paths: readonly string[], token?: CancellationToken): Promise<string[]> {
    await this.#files.list(token);
    for (const path of paths) {
      if (path.endsWith('.gitignore') || this.#files.has(path) !== (await this.#files.exists(path))) {
        return await this.#files.relist(token);
      }
    }
    return [];
  }

  async #problems(token?: CancellationToken): Promise<Problem[]> {
    const noGit = { message: 'Without git there is no history: no base, and who is ahead is unknown.' };
    const unseen = unsearched(await this.#outOfSight.find(token));
    return [...(this.#ports.git !== undefined ? [] : [noGit]), ...unseen, ...this.#files.problems()];
  }
}
