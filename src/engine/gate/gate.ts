import type { Problem } from '../compare/model.ts';
import type { Config } from '../config.ts';
import { EngineError } from '../errors.ts';
import { today } from '../plan/day.ts';
import type { CancellationToken, Ports } from '../ports.ts';
import { FileRules } from '../references/standing.ts';
import type { Session } from '../session.ts';
import { WorkspaceFiles } from '../tree/files.ts';
import { liveImports } from '../verify/liveImports.ts';
import type { Baseline } from './baseline.ts';
import type { ChangedFiles } from './changes.ts';
import { changesSince } from './changes.ts';
import { earlierWorld } from './earlier.ts';
import type { Finding, KnownFinding } from './finding.ts';
import { keyText, tally } from './finding.ts';
import { goneSince, knownAmong } from './known.ts';
import { findingSources } from './sources/index.ts';
import type { FindingSource, GateWorld } from './world.ts';

/** What the gate compares with, and what of it is asked for. */
export interface GateOptions {
  /** Findings accepted for now: more of them is new. */
  readonly baseline?: Baseline | undefined;
  /** Where the baseline lies: what it quotes is no finding. */
  readonly baselineFile?: string | undefined;
  /** A revision: what was there already is not new. */
  readonly since?: string | undefined;
  /** Only these categories and kinds; all when empty. */
  readonly only?: ReadonlySet<string>;
  /** This machine's day when absent: `2025-11-21`. */
  readonly today?: string;
  readonly sources?: readonly FindingSource[];
}

export interface JudgedFinding extends Finding {
  /** Not in the baseline, nor at the revision; always set where nothing is compared with. */
  readonly new: boolean;
}

export interface GateReport {
  /** Sorted by path and place. */
  readonly findings: readonly JudgedFinding[];
  /** In the baseline and not there any more, or less of it. */
  readonly gone: readonly KnownFinding[];
  /** Whether there is a baseline or a revision to compare with. */
  readonly isCompared: boolean;
  readonly problems: readonly Problem[];
}

/** Whether the gate is open: nothing new. */
export function isOpen({ findings }: GateReport): boolean {
  return !findings.some((finding) => finding.new);
}

/** The workspace that the gate looks at. */
interface Measured {
  readonly session: Session;
  readonly ports: Ports;
  readonly config: Config;
}

/**
 * Looks for all that must not be there at the end of the work: live references, diverged copies, conflicts, a shim past
 * its day, imports that the move costs. Writes nothing.
 * @throws EngineError `git` when the revision is not there.
 */
export async function runGate(
  { session, ports, config }: Measured,
  options: GateOptions = {},
  token?: CancellationToken,
): Promise<GateReport> {
  const { baseline, since, sources = findingSources } = options;
  const now = await presentWorld({ session, ports, config }, options, token);
  const isWanted = wantedBy(options.only ?? new Set(), now.rules);
  const found = await findAll(sources, now, token);
  const before = since === undefined ? undefined : await atRevision(since, { ports, now, sources, found }, token);
  const findings = [...found.values()]
    .flat()
    .filter((finding) => finding.path !== options.baselineFile && isWanted(finding))
    .sort(byPlace);
  const known = new Set([...knownAmong(findings, baseline ?? []), ...(before ?? [])]);
  return {
    findings: findings.map((finding) => ({ ...finding, new: !known.has(finding) })),
    gone: goneSince((baseline ?? []).filter(isWanted), findings),
    isCompared: baseline !== undefined || since !== undefined,
    problems: (await session.references(token)).problems,
  };
}

/**
 * The baseline to write.
 * @param growth `accept`: what is new is known from now on; `refuse`: it stays new, and only what is gone goes.
 * @param only As for {@link runGate}: what was not asked for stays as it is.
 */
export function nextBaseline(
  report: Pick<GateReport, 'findings' | 'gone'>,
  before: Baseline,
  growth: 'accept' | 'refuse',
): Baseline {
  const gone = new Map(report.gone.map((one) => [keyText(one), one.count]));
  const kept = before.map((one) => ({ ...one, count: one.count - (gone.get(keyText(one)) ?? 0) }));
  const now = growth === 'accept' ? tally(report.findings) : [];
  const accepted = new Set(now.map(keyText));
  return [...kept.filter((one) => one.count > 0 && !accepted.has(keyText(one))), ...now];
}

type Found = ReadonlyMap<FindingSource, readonly Finding[]>;

async function findAll(
  sources: readonly FindingSource[],
  world: GateWorld,
  token?: CancellationToken,
): Promise<Map<FindingSource, readonly Finding[]>> {
  const found = new Map<FindingSource, readonly Finding[]>();
  for (const source of sources) found.set(source, await source.find(world, token));
  return found;
}

async function presentWorld(
  { session, ports, config }: Measured,
  { baseline, baselineFile, since, today: day = today() }: GateOptions,
  token?: CancellationToken,
): Promise<GateWorld> {
  const files = new WorkspaceFiles(ports.files);
  await files.list(token);
  const rules = new FileRules(config);
  const isCompared = [baseline, baselineFile, since].some((one) => one !== undefined);
  return {
    config,
    rules,
    files,
    today: day,
    isAsked: () => true,
    references: async (using) => (await session.references(using)).references,
    pairs: async (using) => {
      const { pairs } = await session.inventory(using);
      return pairs.map(({ legacy, canonical, files: compared }) => ({ pair: { legacy, canonical }, files: compared }));
    },
    failingImports: async (using) => {
      if (!isCompared) return await session.lostImports(using);
      return await liveImports(await session.brokenImports(using), { files, rules, pairs: config.pairs });
    },
  };
}

/** The findings of now that were there at the revision as well. */
async function atRevision(
  revision: string,
  {
    ports,
    now,
    sources,
    found,
  }: {
    readonly ports: Ports;
    readonly now: GateWorld;
    readonly sources: readonly FindingSource[];
    readonly found: Found;
  },
  token?: CancellationToken,
): Promise<Finding[]> {
  const { git, files } = ports;
  if (git === undefined) {
    throw new EngineError(
      'git',
      'Without git nothing tells what was there before: leave out --since, or use --baseline.',
    );
  }
  const changes = await changesSince(git, revision, token);
  const world = await earlierWorld({ git, files }, now, changes, token);
  const then = await findAll(sources, world, token);
  return sources.flatMap((source) => {
    const findings = found.get(source) ?? [];
    const untouched = findings.filter((finding) => !source.mayBeNew(finding, changes));
    const touched = findings.filter((finding) => source.mayBeNew(finding, changes));
    return [...untouched, ...knownAmong(touched, tally(moved(then.get(source) ?? [], changes)))];
  });
}

/** With the paths of now, so that a renamed file's findings are not new. */
function moved(findings: readonly Finding[], changes: ChangedFiles): Finding[] {
  return findings.map((finding) => ({ ...finding, path: changes.pathNow(finding.path) }));
}

function wantedBy(only: ReadonlySet<string>, rules: FileRules): (key: Pick<KnownFinding, 'path' | 'kind'>) => boolean {
  return ({ path, kind }) => only.size === 0 || only.has(kind) || only.has(rules.category(path));
}

function byPlace(a: Finding, b: Finding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  const [left, right] = [a.region, b.region];
  return (left?.line ?? 0) - (right?.line ?? 0) || (left?.column ?? 0) - (right?.column ?? 0);
}
