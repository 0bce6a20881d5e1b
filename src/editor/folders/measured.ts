import type {
  CancellationToken,
  DepthFinding,
  Inventory,
  Problem,
  Reference,
  Session,
  Status,
} from '../../engine/index.ts';
import { groupBy } from '../../engine/index.ts';
import type { Changed } from './changeQueue.ts';

/** What the engine last said about a folder, as the features show it. */
export interface Measured {
  readonly inventory: Inventory;
  /** By workspace path. A file whose references did not change keeps the very same array. */
  readonly references: ReadonlyMap<string, readonly Reference[]>;
  /** Depth-sensitive paths by workspace path. */
  readonly depth: ReadonlyMap<string, readonly DepthFinding[]>;
  readonly problems: readonly Problem[];
  readonly status: Status;
}

export async function measure(
  session: Session,
  before: Measured | undefined,
  changed: Changed,
  token: CancellationToken,
): Promise<Measured> {
  const inventory = await session.inventory(token);
  const report = await session.references(token);
  const status = await session.status(token);
  return {
    inventory,
    references: byPath(report.references, before?.references, changed),
    depth: groupBy(await session.depthSensitive(token), ({ path }) => path),
    problems: unique([...inventory.problems, ...report.problems]),
    status,
  };
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
