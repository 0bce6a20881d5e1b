import { EngineError } from '../errors.ts';
import type { FileSystem } from '../ports.ts';
import { pathInTree, type Tree, type TreePair } from './pair.ts';

/**
 * Makes sure that a pair can be compared: two folders, apart from each other, with files in both. A legacy tree that is
 * gone is fine where it once was: that is where the work ends.
 * @param world `list` is asked for the files once both folders are known to be there; `wasThere` whether the history has a
 * file below a folder.
 * @throws EngineError `sameRoot`, `nestedRoots`, `noSuchRoot`, `rootIsFile`, `rootIsLink` or `emptyTree`; the message says how to mend it.
 */
export async function checkPair(
  files: FileSystem,
  pair: TreePair,
  {
    list = () => files.list(),
    wasThere = () => Promise.resolve(false),
  }: {
    readonly list?: () => Promise<readonly string[]>;
    readonly wasThere?: (root: string) => Promise<boolean>;
  } = {},
): Promise<void> {
  checkApart(pair);
  await assertNoLink(files, 'legacy', pair.legacy);
  await assertNoLink(files, 'canonical', pair.canonical);
  const isGone = (await files.stat(pair.legacy.root)).kind === 'missing' && (await wasThere(pair.legacy.root));
  if (!isGone) await checkFolder(files, 'legacy', pair.legacy);
  await checkFolder(files, 'canonical', pair.canonical);
  const all = await list();
  if (!isGone && isEmpty(all, pair.legacy) && !(await wasThere(pair.legacy.root)))
    throw emptyTree('legacy', pair.legacy);
  if (isEmpty(all, pair.canonical)) throw emptyTree('canonical', pair.canonical);
}

/** @throws EngineError `sameRoot` for a legacy tree of two pairs: all in it would count twice. */
export function assertDistinct(pairs: readonly TreePair[]): void {
  const roots = pairs.map(({ legacy }) => legacy.root);
  const twice = roots.find((root, at) => roots.indexOf(root) !== at);
  if (twice !== undefined) throw new EngineError('sameRoot', `Two pairs have the same legacy tree, ${twice}. ${mend}`);
}

type Side = 'legacy' | 'canonical';

const mend =
  'Correct the pair in the setting treeUnifier.pairs, or give it with --pair legacyRoot=canonicalRoot; Detect Trees (tree-unifier detect) proposes one.';

function checkApart({ legacy, canonical }: TreePair): void {
  if (legacy.root === canonical.root) {
    throw new EngineError('sameRoot', `The legacy and the canonical tree are the same folder, ${legacy.root}. ${mend}`);
  }
  const inner =
    pathInTree(legacy, canonical.root) !== undefined
      ? { inside: canonical.root, outside: legacy.root }
      : pathInTree(canonical, legacy.root) !== undefined
        ? { inside: legacy.root, outside: canonical.root }
        : undefined;
  if (inner === undefined) return;
  const what = `One tree of the pair lies inside the other: ${inner.inside} is in ${inner.outside}.`;
  throw new EngineError('nestedRoots', `${what} Two separate folders are needed. ${mend}`);
}

/** Behind a link there is nothing for us, and a tree would seem to be gone. */
async function assertNoLink(files: FileSystem, side: Side, { root }: Tree): Promise<void> {
  if ((await files.stat(root)).isLink !== true) return;
  const what = `The ${side} tree, ${root}, is or lies behind a symbolic link, and links are not followed.`;
  throw new EngineError('rootIsLink', `${what} Name the folder that it leads to. ${mend}`);
}

async function checkFolder(files: FileSystem, side: Side, { root }: Tree): Promise<void> {
  const { kind } = await files.stat(root);
  if (kind === 'missing') {
    const what = `There is no folder ${root}, the ${side} tree. ${mend}`;
    throw new EngineError('noSuchRoot', what);
  }
  if (kind === 'file')
    throw new EngineError('rootIsFile', `The ${side} tree, ${root}, is a file, not a folder. ${mend}`);
}

function isEmpty(listed: readonly string[], tree: Tree): boolean {
  return !listed.some((path) => pathInTree(tree, path) !== undefined);
}

function emptyTree(side: Side, tree: Tree): EngineError {
  const why =
    'every file in it is excluded by .gitignore or the setting treeUnifier.exclude, is of a submodule, or there is none';
  return new EngineError('emptyTree', `The ${side} tree, ${tree.root}, is empty: ${why}. ${mend}`);
}
