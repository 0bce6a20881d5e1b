import type { ComparedFile } from '../compare/model.ts';
import type { LostDefinition } from '../history/merge/definitions.ts';
import { findLost } from '../history/merge/definitions.ts';
import { withCommits } from '../history/merge/removals.ts';
import type { MergedFile, TreesMerge, Version } from '../history/merge/model.ts';
import { groupBy } from '../groupBy.ts';
import type { MeasuredPair } from '../measuredPair.ts';
import type { CancellationToken } from '../ports.ts';
import { Copier } from './copier.ts';
import type { Blocker, Note } from './model.ts';
import type { Choice, PlanOptions } from './options.ts';
import { Reasons } from './reasons.ts';
import type { PlanWorld } from './world.ts';

/** What one file is to hold, and why. */
export interface Settlement {
  /** Workspace path. */
  readonly path: string;
  /** `undefined`: it goes. */
  readonly after: Version | undefined;
  readonly reason: string;
  /** It would lose a definition: a person must look first. */
  readonly needsReview: boolean;
}

/** The reconciliation of one tree pair. */
export interface Reconciled {
  readonly settlements: readonly Settlement[];
  readonly blockers: readonly Blocker[];
  /** Workspace paths in the canonical tree. */
  readonly conflicts: readonly string[];
  readonly notes: readonly Note[];
}

/** Decides for each file that is not the same in both trees: by the merge, or by the person's choice. */
export async function reconcile(
  world: PlanWorld,
  pair: MeasuredPair,
  options: PlanOptions,
  token?: CancellationToken,
): Promise<Reconciled> {
  const merge = await pair.merged(token);
  const { files } = await pair.inventory(token);
  const copier = new Copier(world, pair);
  const reasons = await Reasons.learn(world, pair, files, token);
  const lost = await lostByPath(world, pair, merge, token);
  const work = new PairReconciliation({ pair, merge, copier, reasons, lost, options });
  const results = new Map(merge?.files.map((file) => [file.path, file]));
  const drifted = files.filter(({ status }) => status !== 'identical' && status !== 'equivalent');
  for (const path of new Set([...drifted.map((file) => file.path), ...results.keys()])) {
    await work.settle(
      path,
      drifted.find((file) => file.path === path),
      results.get(path),
    );
  }
  return work.result();
}

async function lostByPath(
  { git }: PlanWorld,
  { names }: MeasuredPair,
  merge: TreesMerge | undefined,
  token: CancellationToken | undefined,
): Promise<ReadonlyMap<string, readonly LostDefinition[]>> {
  const lost = merge === undefined ? [] : findLost(merge);
  const named = git === undefined ? lost : await withCommits(git, names.pair, lost, token);
  return groupBy(named, ({ path }) => path);
}

interface Materials {
  readonly pair: MeasuredPair;
  readonly merge: TreesMerge | undefined;
  readonly copier: Copier;
  readonly reasons: Reasons;
  readonly lost: ReadonlyMap<string, readonly LostDefinition[]>;
  readonly options: PlanOptions;
}

class PairReconciliation {
  readonly #materials: Materials;
  readonly #settlements: Settlement[] = [];
  readonly #blockers: Blocker[] = [];
  readonly #conflicts: string[] = [];
  readonly #notes: Note[] = [];

  constructor(materials: Materials) {
    this.#materials = materials;
  }

  result(): Reconciled {
    return {
      settlements: this.#settlements,
      blockers: this.#blockers,
      conflicts: this.#conflicts,
      notes: this.#notes,
    };
  }

  async settle(path: string, compared: ComparedFile | undefined, merged: MergedFile | undefined): Promise<void> {
    const { copier, merge, options, reasons } = this.#materials;
    const choice = this.#choiceFor(path);
    const place = copier.places(path);
    const unreadable = await copier.unreadable(path);
    if (unreadable !== undefined) this.#blockers.push(unreadable);
    else if (await copier.hasMarkers(place.canonical))
      this.#blockers.push({ path: place.canonical, reason: reasons.markers });
    else if (choice !== 'canonical' && (await copier.hasMarkers(place.legacy)))
      this.#blockers.push({ path: place.legacy, reason: reasons.legacyMarkers });
    else if (choice === 'legacy' || choice === 'canonical') await this.#takeSide(path, choice);
    else if (merge === undefined) this.#undecided(place.canonical, compared);
    // Written in one namespace, the copies are the same: a command, say, that each starts in its own way.
    else if (merged === undefined) return;
    else if (merged.result === 'conflict' && options.writeConflicts !== true) {
      this.#conflicts.push(place.canonical);
      this.#blockers.push({ path: place.canonical, reason: reasons.conflict(merged) });
    } else if (choice === 'merge' && merged.result !== 'conflict') await this.#takeMerge(path, merged);
    else await this.#follow(path, merged);
  }

  /** The merge without a decision: what it would lose is named, and waits for a person where it is not gone already. */
  async #follow(path: string, merged: MergedFile): Promise<void> {
    const { copier, reasons, lost } = this.#materials;
    const { canonical } = copier.places(path);
    if (merged.result === 'conflict') this.#conflicts.push(canonical);
    const gone = lost.get(path) ?? [];
    const reason = [reasons.merged(merged), ...(gone.length > 0 ? [reasons.lost(gone)] : [])].join(' ');
    if (await copier.isAsItIs(canonical, merged.version)) this.#notes.push({ path: canonical, reason });
    else this.#settlements.push({ path: canonical, after: merged.version, reason, needsReview: gone.length > 0 });
  }

  async #takeMerge(path: string, merged: MergedFile): Promise<void> {
    const { reasons } = this.#materials;
    await this.#settleBoth(path, merged.version, `You chose the merge: ${reasons.merged(merged)}`);
  }

  async #takeSide(path: string, side: 'legacy' | 'canonical'): Promise<void> {
    const { copier, merge } = this.#materials;
    const version = side === 'canonical' ? await copier.canonical(path) : await copier.legacyAsCanonical(path, merge);
    await this.#settleBoth(path, version, `You chose ${side}.`);
  }

  /** A decision holds for both copies: neither says anything else afterwards, and the question is not asked again. */
  async #settleBoth(path: string, version: Version | undefined, reason: string): Promise<void> {
    const { copier } = this.#materials;
    const { legacy, canonical } = copier.places(path);
    if (!(await copier.isAsItIs(canonical, version)))
      this.#settlements.push({ path: canonical, after: version, reason, needsReview: false });
    const copy = await copier.asLegacy(path, version);
    if (!(await copier.isAsItIs(legacy, copy))) {
      const follows = `${reason} The legacy copy follows.`;
      this.#settlements.push({ path: legacy, after: copy, reason: follows, needsReview: false });
    }
  }

  /** Without a base nothing tells who changed what; a file of canonical alone stays, which loses nothing. */
  #undecided(path: string, compared: ComparedFile | undefined): void {
    const { reasons } = this.#materials;
    if (compared === undefined) return;
    if (compared.status === 'canonicalOnly') this.#notes.push({ path, reason: reasons.keptWithoutBase });
    else this.#blockers.push({ path, reason: reasons.noBase(compared) });
  }

  #choiceFor(path: string): Choice | undefined {
    const { copier, options } = this.#materials;
    const { legacy, canonical } = copier.places(path);
    return options.choices?.get(canonical) ?? options.choices?.get(legacy);
  }
}
