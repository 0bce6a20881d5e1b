import type { CancellationToken } from '../ports.ts';
import { isPython } from '../python/syntax.ts';
import { decode } from '../text/decode.ts';
import { containsAscii } from '../text/search.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import type { Tree } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import { importsOf, isIn } from './packages.ts';

/** How many Python files outside both trees import each of the two packages. */
export async function countImporters(
  files: WorkspaceFiles,
  paths: readonly string[],
  trees: readonly [Tree, Tree],
  token?: CancellationToken,
): Promise<readonly [number, number]> {
  const outside = paths.filter((path) => isPython(path) && trees.every((tree) => pathInTree(tree, path) === undefined));
  const names = trees.map((tree) => tree.package);
  const used = await mapBounded(
    outside,
    async (path) => {
      const bytes = await files.bytes(path);
      if (bytes === undefined || !names.some((name) => containsAscii(bytes, name.split('.').at(-1) ?? ''))) return [];
      const decoded = decode(bytes);
      const modules = decoded.kind === 'text' ? importsOf(decoded.text) : [];
      return names.map((name) => modules.some((module) => isIn(module, name)));
    },
    token,
  );
  return [used.filter(([left]) => left).length, used.filter(([, right]) => right).length];
}
