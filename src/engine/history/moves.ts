import type { BlobsByPath } from './changes.ts';

/**
 * The folder that a tree was before a commit moved it, or `undefined` when the commit did not move it: the folder that
 * lost the files that the tree got. `['src/acme/api/x.py']` deleted and `['api/x.py']` added say `src/acme`.
 * @param deleted What the commit deleted.
 * @param added What it added, relative to the tree.
 * @param notThis The other tree's root: it did not become this one.
 */
export function previousRoot(deleted: BlobsByPath, added: BlobsByPath, notThis: string): string | undefined {
  const votes = new Map<string, { paths: number; blobs: number }>();
  for (const [path, blob] of deleted) {
    for (const [root, inside] of splits(path)) {
      const addedBlob = added.get(inside);
      if (addedBlob === undefined || root === notThis) continue;
      const vote = votes.get(root) ?? { paths: 0, blobs: 0 };
      votes.set(root, { paths: vote.paths + 1, blobs: vote.blobs + (addedBlob === blob ? 1 : 0) });
    }
  }
  // Two trees moved at once have the same paths; their contents tell them apart.
  const [best] = [...votes]
    .filter(([, { paths }]) => 2 * paths >= added.size)
    .sort(([, a], [, b]) => b.blobs - a.blobs || b.paths - a.paths);
  return best?.[0];
}

/** `a/b/c.py` as `['a/b', 'c.py']`, `['a', 'b/c.py']` and `['', 'a/b/c.py']`. */
function* splits(path: string): Generator<readonly [root: string, inside: string]> {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    yield [path.slice(0, at), path.slice(at + 1)];
  }
  yield ['', path];
}
