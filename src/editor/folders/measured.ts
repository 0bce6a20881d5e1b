import type {
  CancellationToken,
  DepthFinding,
  Inventory,
  MergedFile,
  Problem,
  Reference,
  Status,
} from '../../engine/index.ts';
import { decode, EngineError, groupBy, hasConflictMarkers } from '../../engine/index.ts';
import type { Changed } from './changeQueue.ts';
import type { Opened } from './opening.ts';

/** What the engine last said about a folder, as the features show it. */
export interface Measured {
  readonly inventory: Inventory;
  /** By workspace path. A file whose references did not change keeps the very same array. */
  readonly references: ReadonlyMap<string, readonly Reference[]>;
  /** Depth-sensitive paths by workspace path. */
  readonly depth: ReadonlyMap<string, readonly DepthFinding[]>;
  readonly problems: readonly Problem[];
  readonly status: Status;
  /** What the merge makes of each file, by its workspace path in the canonical tree. */
  readonly merged: ReadonlyMap<string, MergedFile>;
  /** Workspace paths of the canonical files with conflict markers in them. */
  readonly marked: ReadonlySet<string>;
}

export async function measure(
  opened: Opened,
  before: Measured | undefined,
  changed: Changed,
  token: CancellationToken,
): Promise<Measured> {
  const { session } = opened;
  const inventory = await session.inventory(token);
  const report = await session.references(token);
  const status = await session.status(token);
  return {
    inventory,
    references: byPath(report.references, before?.references, changed),
    depth: groupBy(await session.depthSensitive(token), ({ path }) => path),
    problems: unique([...inventory.problems, ...report.problems]),
    status,
    // The status has just had it made.
    merged: mergedByPath(inventory, await session.merge(token)),
    marked: await markedFiles(opened, inventory, before, changed),
  };
}

function mergedByPath(
  { pairs }: Inventory,
  merges: readonly (readonly MergedFile[] | undefined)[],
): Measured['merged'] {
  return new Map(
    pairs.flatMap(({ canonical }, at) =>
      (merges[at] ?? []).map((file): [string, MergedFile] => [`${canonical.root}/${file.path}`, file]),
    ),
  );
}

/** Looks into the canonical copies that differ, and into no more of them than changed. */
async function markedFiles(
  { files }: Opened,
  { pairs }: Inventory,
  before: Measured | undefined,
  changed: Changed,
): Promise<Measured['marked']> {
  const marked = new Set<string>();
  for (const { canonical, files: compared } of pairs) {
    for (const { path, status } of compared) {
      if (status !== 'diverged' && status !== 'canonicalOnly') continue;
      const place = `${canonical.root}/${path}`;
      const isKnown = before !== undefined && changed !== 'all' && !changed.includes(place);
      if (isKnown ? before.marked.has(place) : await isMarked(files, place)) marked.add(place);
    }
  }
  return marked;
}

async function isMarked(files: Opened['files'], path: string): Promise<boolean> {
  try {
    const decoded = decode(await files.read(path));
    return decoded.kind === 'text' && hasConflictMarkers(decoded.text);
  } catch (error) {
    // It went, or may not be read, which the inventory's problems say.
    if (error instanceof EngineError) return false;
    throw error;
  }
}

function byPath(
  references: readonly Reference[],
  before: Measured['references'] | undefined,
  changed: Changed,
): Measured['references'] {
  const groups = new Map<string, readonly Reference[]>(groupBy(references, ({ path }) => path));
  if (before === undefined || changed === 'all') return groups;
  const others = new Set(changed);
  for (const [path, old] of before) {
    if (!others.has(path) && groups.has(path)) groups.set(path, old);
  }
  return groups;
}

/** The comparison and the reference search may both have stumbled over one file. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.path ?? ''}\n${problem.message}`, problem])).values()];
}

/** The files we know below a folder: those with references and those of the trees. */
export function knownBelow({ references, inventory }: Measured, folder: string): string[] {
  const inTrees = inventory.pairs.flatMap(({ legacy, canonical, files }) =>
    files.flatMap(({ path }) => [`${legacy.root}/${path}`, `${canonical.root}/${path}`]),
  );
  return [...references.keys(), ...inTrees].filter((path) => path.startsWith(`${folder}/`));
}
