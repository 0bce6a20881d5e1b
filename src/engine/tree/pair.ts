/** One of the two copies: where it lies, and the name it is imported by. */
export interface Tree {
  /** Folder relative to the workspace root, with `/`, no slash at the end: `pixsim7/backend/main`. */
  readonly root: string;
  /** Dotted package: `pixsim7.backend.main`. */
  readonly package: string;
}

/** The legacy tree, which goes, and the canonical tree, which stays. */
export interface TreePair {
  readonly legacy: Tree;
  readonly canonical: Tree;
  /** A commit given by the user to use as the base instead of the one found in history. */
  readonly base?: string;
}

type Trees = Pick<TreePair, 'legacy' | 'canonical'>;

/**
 * Both trees are imported by one name (`shop` and `src/shop`, each as `shop`): an import is right as it is, and only a
 * path tells which of them is meant.
 */
export function isOneName({ legacy, canonical }: Trees): boolean {
  return legacy.package === canonical.package;
}

/** What tells the trees of a pair apart: their packages, or where those have one name their folders. */
export function labelOf(pair: Trees, side: 'legacy' | 'canonical'): string {
  return isOneName(pair) ? pair[side].root : pair[side].package;
}

/** The path inside the tree (`api/v1/assets.py`), or `undefined` for a path outside it. */
export function pathInTree(tree: Tree, path: string): string | undefined {
  return path.startsWith(`${tree.root}/`) ? path.slice(tree.root.length + 1) : undefined;
}

/**
 * The folder that has to be on Python's path for the tree's package to be found, relative to the workspace root:
 * `src` for `src/acme` imported as `acme`, the empty text for the root itself.
 */
export function sourceRoot(tree: Tree): string {
  const segments = tree.root.split('/');
  const names = tree.package.split('.');
  const isBelow = names.every((name, at) => segments[segments.length - names.length + at] === name);
  return (isBelow ? segments.slice(0, -names.length) : segments.slice(0, -1)).join('/');
}
