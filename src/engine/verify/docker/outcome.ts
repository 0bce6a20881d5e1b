import type { TreePair } from '../../tree/pair.ts';
import { pathInTree } from '../../tree/pair.ts';
import type { ReadText } from './compose.ts';
import type { EagerImport } from './eagerImports.ts';
import { eagerImports } from './eagerImports.ts';
import type { EntryPoint } from './entryPoint.ts';
import type { ContainerFiles, Place } from './layers.ts';
import type { Listing } from './paths.ts';
import { folderOf, resolvePath } from './paths.ts';
import type { Located } from './pythonPath.ts';
import { locate } from './pythonPath.ts';
import { isOpen } from './variables.ts';

/** Whether a Python entry point would be imported in a container. */
export type Outcome =
  | {
      readonly kind: 'runs';
      /** Workspace path of the file that it runs. */
      readonly source: string;
      readonly tree: 'legacy' | 'canonical' | 'other';
      /** `mount`: the files of local development; `copy`: as they were when the image was built. */
      readonly how: 'copy' | 'mount';
      readonly place: Place;
      /** Imports of the workspace's own code, on the way in, that the container does not have. */
      readonly lacking: readonly Lacking[];
    }
  | { readonly kind: 'fails'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** An import that works in the workspace and not in the container. */
export interface Lacking {
  readonly module: string;
  /** Where the workspace has it. */
  readonly source: string;
  readonly importer: Place;
  /** What of the workspace would have to be where in the container. */
  readonly wanted: { readonly source: string; readonly at: string };
}

export interface OutcomeScene {
  readonly files: ContainerFiles;
  readonly listing: Listing;
  readonly pairs: readonly TreePair[];
  readonly read: ReadText;
  /** Names of distributions that the image installs, as far as they are told, in one text. */
  readonly installs: string;
  /** Imports of the files that were read already, by their workspace path. */
  readonly imports: Map<string, readonly EagerImport[]>;
}

/** Judges an entry point in a container; `undefined` for one that has nothing to do with a tree. */
export async function judgeEntryPoint(entry: EntryPoint, scene: OutcomeScene): Promise<Outcome | undefined> {
  const path = pythonPath(entry, scene.files);
  if (path === undefined)
    return isOurs(entry, scene) ? { kind: 'unknown', why: 'PYTHONPATH is not known here' } : undefined;
  const found = entry.kind === 'file' ? findFile(entry, scene) : await findModule(entry, path, scene);
  if (found.kind === 'module') {
    const tree = treeOf(found.source, scene.pairs);
    if (tree === 'other' && !isOurs(entry, scene)) return undefined;
    const { lacking, unknown } = await lackingImports(found.file, found.source, path, scene);
    const [own] = lacking.filter(({ module }) => isInTrees(module, scene.pairs));
    if (own !== undefined) return { kind: 'fails', reason: lackingText(own, path) };
    if (unknown !== undefined && lacking.length === 0) return { kind: 'unknown', why: unknown };
    return { kind: 'runs', source: found.source, tree, how: found.layer.how, place: found.layer.place, lacking };
  }
  if (!isOurs(entry, scene)) return undefined;
  if (found.kind === 'unknown') return found;
  if (found.kind === 'missing' && found.found === '' && isInstalled(entry.name, scene.installs))
    return { kind: 'unknown', why: `the image installs a package of that name` };
  return { kind: 'fails', reason: notFound(entry, path, found.kind === 'missing' ? found.found : entry.name) };
}

/** `python -m` runs the `__main__` of a package; celery takes `pkg.mod.app` for a module, or else for a name in one. */
async function findModule(entry: EntryPoint, path: readonly string[], scene: OutcomeScene): Promise<Located> {
  const { name, tool, attribute } = entry;
  const found = locate(scene.files, path, name);
  const isPackage = found.kind === 'namespace' || (found.kind === 'module' && found.file.endsWith('/__init__.py'));
  if (tool === 'python -m' && isPackage) return locate(scene.files, path, `${name}.__main__`);
  if (found.kind !== 'missing' || !tool.endsWith('celery') || attribute !== undefined) return found;
  const dot = Math.max(0, name.lastIndexOf('.'));
  const around = locate(scene.files, path, name.slice(0, dot));
  const text = around.kind === 'module' ? ((await scene.read(around.source)) ?? '') : '';
  return new RegExp(`\\b${name.slice(dot + 1)}\\b`, 'u').test(text) ? around : found;
}

function findFile(entry: EntryPoint, { files }: OutcomeScene): Located {
  const found = files.find(entry.name);
  if (found.kind === 'file') return { kind: 'module', file: entry.name, source: found.source, layer: found.layer };
  return found.kind === 'unknown' ? found : { kind: 'missing', found: '' };
}

/** Python's path: what the tool puts first, PYTHONPATH, what it puts last; `undefined` when a variable in it is not known. */
function pythonPath(entry: EntryPoint, files: ContainerFiles): readonly string[] | undefined {
  const { search, searchLast, env, workdir, isInPackage, name } = entry;
  const given = env.get('PYTHONPATH') ?? '';
  if (isOpen(given)) return undefined;
  // An empty part, as in `:/lib`, is the working directory.
  const own = given === '' ? [] : given.split(':').map((folder) => resolvePath(workdir, folder));
  const first = isInPackage === true ? [aroundPackage(name, files)] : search;
  return [...new Set([...first, ...own, ...searchLast])];
}

/** The folder around the outermost package that a file is in. */
function aroundPackage(file: string, files: ContainerFiles): string {
  let folder = resolvePath(file, '..');
  while (folder !== '/' && files.find(resolvePath(folder, '__init__.py')).kind === 'file')
    folder = resolvePath(folder, '..');
  return folder;
}

function isOurs(entry: EntryPoint, { pairs }: OutcomeScene): boolean {
  if (entry.kind === 'module') return isInTrees(entry.name, pairs);
  return pairs.some(({ legacy, canonical }) =>
    [legacy.root, canonical.root].some((root) => `${folderOf(entry.name)}/`.includes(`/${root}/`)),
  );
}

function isInTrees(module: string, pairs: readonly TreePair[]): boolean {
  return pairs.some(({ legacy, canonical }) =>
    [legacy.package, canonical.package].some((name) => module === name || module.startsWith(`${name}.`)),
  );
}

function treeOf(source: string, pairs: readonly TreePair[]): 'legacy' | 'canonical' | 'other' {
  for (const { legacy, canonical } of pairs) {
    if (pathInTree(legacy, source) !== undefined) return 'legacy';
    if (pathInTree(canonical, source) !== undefined) return 'canonical';
  }
  return 'other';
}

function notFound(entry: EntryPoint, path: readonly string[], found: string): string {
  if (entry.tool === 'python -m' && found === entry.name) return `${found} is there, and has no __main__.py`;
  if (entry.kind === 'file') return `there is no file ${entry.name} in the container`;
  const known = found === '' ? '' : `; ${found} is there, and nothing of it has that name`;
  return `there is no ${entry.name.split('.').join('/')}.py below ${path.join(' or ')} in the container${known}`;
}

export function lackingText({ module, source, importer }: Lacking, path: readonly string[] = []): string {
  const where = path.length === 0 ? '' : ` below ${path.join(' or ')}`;
  return `${importer.path}:${importer.line} imports ${module} (${source}), which is not in the container${where}`;
}

/** In files; a guard against a workspace that is all one program. */
const MOST_FILES = 2000;

interface Followed {
  readonly lacking: readonly Lacking[];
  /** Why some of the imports are not known. */
  readonly unknown?: string;
}

/**
 * Follows the imports that run at once, from the entry point on, as long as they lead to the workspace's own files: names
 * those that the workspace has and the container has not.
 */
async function lackingImports(
  file: string,
  source: string,
  path: readonly string[],
  scene: OutcomeScene,
): Promise<Followed> {
  const lacking = new Map<string, Lacking>();
  const seen = new Set<string>();
  const waiting: { readonly file: string; readonly source: string }[] = [];
  const follow = (file: string, source: string): void => {
    if (seen.has(source)) return;
    seen.add(source);
    waiting.push({ file, source });
    // The packages around it run first.
    const init = resolvePath(file, file.endsWith('/__init__.py') ? '../../__init__.py' : '../__init__.py');
    const around = scene.files.find(init);
    if (around.kind === 'file') follow(init, around.source);
  };
  follow(file, source);
  let unknown: string | undefined;
  for (let next = waiting.shift(); next !== undefined && seen.size < MOST_FILES; next = waiting.shift()) {
    for (const wanted of await knownImports(next.source, scene)) {
      const isRelative = wanted.level > 0;
      const folders = isRelative ? [resolvePath(next.file, '../'.repeat(wanted.level))] : path;
      const found = locate(scene.files, folders, wanted.module);
      if (found.kind === 'module') {
        const inside = wanted.names.map((name) => locate(scene.files, folders, `${wanted.module}.${name}`));
        for (const one of [found, ...inside]) if (one.kind === 'module') follow(one.file, one.source);
      }
      if (found.kind === 'module' || found.kind === 'namespace' || isRelative) continue;
      const local = inWorkspace(wanted.module, scene);
      if (local === undefined || isInstalled(wanted.module, scene.installs)) continue;
      if (found.kind === 'unknown') unknown ??= found.why;
      else if (!lacking.has(wanted.module))
        lacking.set(wanted.module, {
          module: wanted.module,
          source: local,
          importer: { path: next.source, line: wanted.line },
          wanted: wantedFor(wanted.module, local, path[0] ?? '/'),
        });
    }
  }
  return { lacking: [...lacking.values()], ...(unknown === undefined ? {} : { unknown }) };
}

/** The outermost package (or module) of a dotted name, in the workspace and below a folder of Python's path. */
function wantedFor(module: string, source: string, folder: string): Lacking['wanted'] {
  const parts = source.replace(/\/__init__\.py$/u, '').split('/');
  const top = parts.slice(0, parts.length - module.split('.').length + 1);
  return { source: top.join('/'), at: resolvePath(folder, top.at(-1) ?? '') };
}

async function knownImports(source: string, { read, imports }: OutcomeScene): Promise<readonly EagerImport[]> {
  const known = imports.get(source);
  if (known !== undefined) return known;
  const found = source.endsWith('.py') ? eagerImports((await read(source)) ?? '') : [];
  imports.set(source, found);
  return found;
}

/** The workspace's own module of that name, below the folder that the trees are imported from, or below its root. */
function inWorkspace(module: string, { listing, pairs }: OutcomeScene): string | undefined {
  const path = module.replaceAll('.', '/');
  const roots = new Set(['', ...pairs.flatMap(({ legacy, canonical }) => [legacy, canonical].map(sourceFolder))]);
  for (const root of roots) {
    const place = root === '' ? path : `${root}/${path}`;
    if (listing.kind(`${place}/__init__.py`) === 'file') return `${place}/__init__.py`;
    if (listing.kind(`${place}.py`) === 'file') return `${place}.py`;
  }
  return undefined;
}

function sourceFolder({ root, package: name }: TreePair['legacy']): string {
  const names = name.replaceAll('.', '/');
  return root === names ? '' : root.endsWith(`/${names}`) ? root.slice(0, -names.length - 1) : folderOf(root);
}

function isInstalled(module: string, installs: string): boolean {
  const name = (module.split('.')[0] ?? '').replaceAll('_', '[-_.]?');
  const named = installs.replace(/\s(?:-[rc]|--requirement|--constraint)[\s=]*\S+/gu, ' ');
  return new RegExp(`(?:^|[\\s/"'])${name}(?![\\w-])`, 'imu').test(named);
}
