import type { Tree } from '../tree/pair.ts';

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

/** How many folders lie between the workspace root and a file: the index into `Path.parents` that gives the root. */
export function depthOf(path: string): number {
  return path.split('/').length - 1;
}
