import type { Config } from '../config.ts';
import { rewriteAll } from '../references/rewrite.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import type { Names } from '../tree/names.ts';
import { pathInTree } from '../tree/pair.ts';
import { besideCanonical } from './sideBySide.ts';

/** The left side of a diff: see `Session.asCanonical`. */
export async function asCanonical(
  path: string,
  namespaces: readonly Names[],
  { files, config }: { readonly files: WorkspaceFiles; readonly config: Config },
): Promise<string> {
  const names = namespaces.find(({ pair }) => pathInTree(pair.legacy, path) !== undefined);
  const legacy = (await files.text(path))?.text;
  if (names === undefined || legacy === undefined) return legacy ?? '';
  const rewritten = await rewriteAll(path, legacy, names, config);
  const other = `${names.pair.canonical.root}/${path.slice(names.pair.legacy.root.length + 1)}`;
  const canonical = files.has(other) ? (await files.text(other))?.text : undefined;
  return canonical === undefined ? rewritten : besideCanonical(path, legacy, rewritten, canonical, namespaces);
}
