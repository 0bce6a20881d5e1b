import type { ImportedModule, ImportSite } from '../python/importSites.ts';
import type { PackageTree } from '../tree/packageTree.ts';
import type { TreePair } from '../tree/pair.ts';
import { isOneName, pathInTree, sourceRoot } from '../tree/pair.ts';
import { folderOf, joinPath } from './docker/paths.ts';

/** One tree pair, with what its two trees have to point at. */
export interface ImportScope {
  readonly pair: TreePair;
  readonly canonical: PackageTree;
  readonly legacy: PackageTree;
}

/** What an import asks for that is not there. */
export interface Broken {
  readonly kind: 'module' | 'name' | 'export' | 'outside';
  readonly scope: ImportScope;
  /** Below the canonical tree; for `outside`, below the workspace. */
  readonly segments: readonly string[];
  readonly name?: string;
  /** Offset from 0 in the importing file. */
  readonly offset: number;
}

/** Whether a path of the workspace exists as a file or folder: for imports that lead out of the canonical tree. */
export type Exists = (path: string) => boolean;

/** Whether everything that the file seems to import is there; `false` asks for a closer look. */
export async function allThere(
  path: string,
  imports: readonly ImportedModule[],
  scopes: readonly ImportScope[],
  exists: Exists,
): Promise<boolean> {
  for (const { names, ...module } of imports) {
    const site = {
      ...module,
      offset: 0,
      guard: 'none' as const,
      forTypes: false,
      ...(names && { names: names.map((name) => ({ name, offset: 0 })) }),
    };
    if ((await breaksOf(path, site, scopes, exists)).length > 0) return false;
  }
  return true;
}

/** What this import asks of a canonical tree and does not find there. */
export async function breaksOf(
  path: string,
  site: ImportSite,
  scopes: readonly ImportScope[],
  exists: Exists,
): Promise<Broken[]> {
  const found = aim(path, site, scopes, exists);
  if (found === undefined) return [];
  const { kind, scope, segments } = found;
  if (kind === 'outside') return [{ kind, scope, segments, offset: site.offset }];
  const target = await scope.canonical.importable(segments);
  if (target === 'missing') return [{ kind: 'module', scope, segments, offset: site.offset }];
  if (target === 'unknown') return [];
  const broken: Broken[] = [];
  for (const { name, offset } of site.names ?? []) {
    if (name === '*') {
      const missing = await scope.canonical.missingExports(segments);
      broken.push(...missing.map((one) => ({ kind: 'export' as const, scope, segments, name: one, offset })));
    } else if ((await scope.canonical.member(segments, name, site.forTypes)) === 'missing') {
      broken.push({ kind: 'name', scope, segments, name, offset });
    }
  }
  return broken;
}

type Aim =
  | { readonly kind: 'inside' | 'outside'; readonly scope: ImportScope; readonly segments: readonly string[] }
  | undefined;

/** Which canonical tree an import means, and which module in it; `undefined` for an import of something else. */
function aim(
  path: string,
  site: Pick<ImportSite, 'level' | 'segments'>,
  scopes: readonly ImportScope[],
  exists: Exists,
): Aim {
  if (site.level > 0) return relativeAim(path, site, scopes, exists);
  for (const scope of scopes) {
    const own = scope.pair.canonical.package.split('.');
    if (!own.every((segment, at) => site.segments[at] === segment)) continue;
    if (hasBeside(path, own[0] ?? '', scope.pair, exists)) return undefined;
    // Where both trees have one name, the legacy one means itself by it.
    if (isOneName(scope.pair) && pathInTree(scope.pair.legacy, path) !== undefined) return undefined;
    return { kind: 'inside', scope, segments: site.segments.slice(own.length) };
  }
  return undefined;
}

/** A script (a file in no package) finds what lies beside it first: another package or module of that name. */
function hasBeside(path: string, name: string, { canonical }: TreePair, exists: Exists): boolean {
  const folder = folderOf(path);
  if (folder === sourceRoot(canonical)) return false;
  const [init, ...beside] = ['__init__.py', `${name}.py`, `${name}/__init__.py`].map((file) => joinPath(folder, file));
  return !exists(init ?? '') && beside.some(exists);
}

/** A relative import is followed by folders, from inside of a canonical tree or into one. */
function relativeAim(
  path: string,
  site: Pick<ImportSite, 'level' | 'segments'>,
  scopes: readonly ImportScope[],
  exists: Exists,
): Aim {
  const folder = path.split('/').slice(0, -1);
  const up = site.level - 1;
  const target = up > folder.length ? undefined : [...folder.slice(0, folder.length - up), ...site.segments];
  for (const scope of scopes) {
    const root = scope.pair.canonical.root.split('/');
    if (target !== undefined && root.every((segment, at) => target[at] === segment))
      return { kind: 'inside', scope, segments: target.slice(root.length) };
    if (!root.every((segment, at) => folder[at] === segment)) continue;
    // The names above the tree that its package has: `app.backend` for `app.backend.main`.
    const isTooHigh = up >= folder.length - root.length + scope.pair.canonical.package.split('.').length;
    const place = target?.join('/') ?? '';
    if (isTooHigh || !(exists(place) || exists(`${place}.py`)))
      return { kind: 'outside', scope, segments: target ?? [] };
  }
  return undefined;
}
