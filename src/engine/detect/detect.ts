import { throwIfCancelled } from '../errors.ts';
import type { CancellationToken, Git, Ports } from '../ports.ts';
import { isPython } from '../python/syntax.ts';
import { compareText, WorkspaceFiles } from '../tree/files.ts';
import type { Tree } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import { olderOf } from './age.ts';
import { findCandidates, shareOf } from './candidates.ts';
import { Contents } from './contents.ts';
import type { DetectedPair, Detection } from './model.ts';
import type { Evidence } from './orientation.ts';
import { orient } from './orientation.ts';
import { PackageNames } from './packages.ts';
import { countImporters } from './importers.ts';
import { countCopies, evenly, judgeContents, type Likely } from './verify.ts';

/** Files of each pair whose history is asked for: a log of a few paths is quick in any repository. */
const agedFiles = 5;

/** Files of each tree from which its imports are learnt. */
const learntFiles = 200;

/**
 * Proposes tree pairs in a repository that nobody has described: folders of Python files whose relative paths and
 * contents are alike once their names are set aside. Nested folders of a pair are not proposed again, and of three copies
 * two pairs are.
 * @throws CancelledError
 */
export async function detectPairs(ports: Ports, token?: CancellationToken): Promise<Detection> {
  const files = new WorkspaceFiles(ports.files);
  const paths = await files.list(token);
  const contents = new Contents(files);
  const likely: Likely[] = [];
  for (const candidate of findCandidates(paths.filter(isPython))) {
    throwIfCancelled(token);
    const found = await judgeContents(candidate, contents, token);
    if (found !== undefined) likely.push(found);
  }
  const chosen = withoutNested(likely.sort(bySureness));
  const names = new PackageNames(paths);
  for (const { candidate } of chosen) await learn(candidate, contents, names);
  const world = { files, paths, git: ports.git, contents, names };
  const pairs: DetectedPair[] = [];
  for (const one of chosen) pairs.push(...(await describe(one, world, token)));
  return { pairs };
}

function bySureness(a: Likely, b: Likely): number {
  const [left, right] = [a.candidate, b.candidate];
  return b.alike - a.alike || compareText(left.left, right.left) || compareText(left.right, right.right);
}

/** Surest first: a pair that lies inside trees already chosen, or joins two that are joined, says nothing new. */
function withoutNested(likely: readonly Likely[]): Likely[] {
  const chosen: Likely[] = [];
  const copies = new Map<string, string>();
  const original = (root: string): string => {
    const other = copies.get(root);
    return other === undefined ? root : original(other);
  };
  for (const one of likely) {
    const { left, right } = one.candidate;
    const roots = chosen.flatMap(({ candidate }) => [candidate.left, candidate.right]);
    const isNested = [left, right].every((root) => roots.some((other) => root.startsWith(`${other}/`)));
    const holds = [left, right].some((root) => roots.some((other) => other.startsWith(`${root}/`)));
    if (isNested || holds || original(left) === original(right)) continue;
    copies.set(original(right), original(left));
    chosen.push(one);
  }
  return chosen;
}

async function learn(
  { left, right, shared }: Likely['candidate'],
  contents: Contents,
  names: PackageNames,
): Promise<void> {
  for (const path of evenly(shared, learntFiles)) {
    names.learn(await contents.text(`${left}/${path}`));
    names.learn(await contents.text(`${right}/${path}`));
  }
}

interface DetectWorld {
  readonly files: WorkspaceFiles;
  readonly paths: readonly string[];
  readonly git: Git | undefined;
  readonly contents: Contents;
  readonly names: PackageNames;
}

/** With the numbers; nothing for folders that no import can name. */
async function describe({ candidate }: Likely, world: DetectWorld, token?: CancellationToken): Promise<DetectedPair[]> {
  const { files, paths, git, names } = world;
  const trees = treesOf(candidate, names);
  if (trees === undefined) return [];
  const importedBy = await countImporters(files, paths, trees, token);
  const aged = evenly(candidate.shared, agedFiles);
  const older = git === undefined ? undefined : await olderOf(git, candidate, aged, token);
  const evidence: Evidence = { trees, importedBy, older };
  const { legacy, canonical, reasons } = orient(evidence);
  const below = (tree: Tree): string[] => paths.flatMap((path) => pathInTree(tree, path) ?? []);
  const [inLegacy, inCanonical] = [below(legacy), new Set(below(canonical))];
  const shared = inLegacy.filter((path) => inCanonical.has(path));
  const counts = await countCopies({ legacy, canonical }, shared, files, token);
  return [
    {
      legacy: { root: legacy.root, package: legacy.package, files: inLegacy.length, importedBy: legacy.importedBy },
      canonical: {
        root: canonical.root,
        package: canonical.package,
        files: inCanonical.size,
        importedBy: canonical.importedBy,
      },
      shared: shared.length,
      ...counts,
      // Rounded down: 1 means all.
      share: Math.floor(100 * shareOf(shared.length, inLegacy.length, inCanonical.size)) / 100,
      reasons: [
        `${shared.length} of ${inLegacy.length} and ${inCanonical.size} files have the same path in both.`,
        `${counts.identical + counts.equivalent} of them say the same once the names are set aside.`,
        ...reasons,
      ],
    },
  ];
}

/** Both may have one package name: then their folders tell them apart. */
function treesOf({ left, right }: Likely['candidate'], names: PackageNames): readonly [Tree, Tree] | undefined {
  const [a, b] = [names.nameOf(left), names.nameOf(right)];
  if (a === undefined || b === undefined) return undefined;
  return [
    { root: left, package: a },
    { root: right, package: b },
  ];
}
