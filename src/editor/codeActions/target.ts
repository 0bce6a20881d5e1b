import type { Reference, Tree } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';

/** The workspace path of the canonical file that a reference, once rewritten, points at. */
export async function findTarget(folder: FolderModel, reference: Reference): Promise<string | undefined> {
  const { session, files } = folder.opened ?? {};
  const rewrites =
    reference.rewrite === undefined ? reference.alternatives : [reference.rewrite, ...reference.alternatives];
  for (const { canonical } of session?.pairs ?? []) {
    for (const { replacement } of rewrites) {
      for (const path of candidates(canonical, replacement)) {
        if ((await files?.stat(path))?.kind === 'file') return path;
      }
    }
  }
  return undefined;
}

/** `new.pkg.api.v1:router` → the files `new/pkg/api/v1/router.py` …, `new/pkg/api/v1.py`, down to the package itself. */
export function candidates(canonical: Tree, replacement: string): string[] {
  const segments = segmentsBelow(canonical, replacement);
  if (segments === undefined) return [];
  const paths: string[] = [];
  for (let depth = segments.length; depth >= 0; depth--) {
    const path = [canonical.root, ...segments.slice(0, depth)].join('/');
    if (depth === segments.length && depth > 0) paths.push(path);
    if (depth > 0) paths.push(`${path}.py`);
    paths.push(`${path}/__init__.py`);
  }
  return paths;
}

function segmentsBelow(canonical: Tree, replacement: string): string[] | undefined {
  // `"new" / "pkg"` and `"new", "pkg"` are paths in components; `new\\pkg` is one inside a string literal.
  const path = replacement.replace(/["']\s*[,/]\s*["']/gu, '/').replace(/\\+/gu, '/');
  const below = rest(path, canonical.root, /^(?:\/[\w.-]+)*/u);
  if (below !== undefined) return split(below, '/');
  const dotted = rest(replacement, canonical.package, /^(?:[.:]\w+)*/u);
  return dotted === undefined ? undefined : split(dotted, /[.:]/u);
}

function rest(text: string, name: string, tail: RegExp): string | undefined {
  const at = text.indexOf(name);
  return at < 0 ? undefined : tail.exec(text.slice(at + name.length))?.[0];
}

function split(text: string, separator: string | RegExp): string[] {
  return text.split(separator).filter((segment) => segment !== '');
}
