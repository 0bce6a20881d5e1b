import type { ContainerFiles, FilesLayer } from './layers.ts';
import { resolvePath } from './paths.ts';

/** What an import finds in a container. */
export type Located =
  | { readonly kind: 'module'; readonly file: string; readonly source: string; readonly layer: FilesLayer }
  | { readonly kind: 'namespace'; readonly folders: readonly string[] }
  | { readonly kind: 'missing'; /** The last part of the name that was found, `''` for none. */ readonly found: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Follows a dotted name through the folders of Python's path: packages, modules, folders without `__init__.py`. */
export function locate(files: ContainerFiles, path: readonly string[], dotted: string): Located {
  const segments = dotted.split('.');
  let folders = path;
  let last: Located = { kind: 'namespace', folders };
  for (const [depth, segment] of segments.entries()) {
    if (last.kind === 'module' && folders.length === 0)
      return { kind: 'missing', found: segments.slice(0, depth).join('.') };
    const next = inFolders(files, folders, segment);
    if (next.kind === 'unknown') return next;
    if (next.kind === 'missing') return { kind: 'missing', found: segments.slice(0, depth).join('.') };
    last = next;
    folders = next.kind === 'namespace' ? next.folders : isPackage(next.file) ? [resolvePath(next.file, '..')] : [];
  }
  return last;
}

function inFolders(files: ContainerFiles, folders: readonly string[], name: string): Located {
  const portions: string[] = [];
  let unknown: string | undefined;
  for (const folder of folders) {
    const place = resolvePath(folder, name);
    for (const file of [`${place}/__init__.py`, `${place}.py`]) {
      const found = files.find(file);
      if (found.kind === 'file') return { kind: 'module', file, source: found.source, layer: found.layer };
      if (found.kind === 'unknown') unknown ??= found.why;
    }
    if (files.find(place).kind === 'folder') portions.push(place);
  }
  if (unknown !== undefined) return { kind: 'unknown', why: unknown };
  return portions.length > 0 ? { kind: 'namespace', folders: portions } : { kind: 'missing', found: '' };
}

function isPackage(file: string): boolean {
  return file.endsWith('/__init__.py');
}
