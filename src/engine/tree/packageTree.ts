import { Module } from '../python/module.ts';
import type { StarImport } from '../python/namespace.ts';
import type { Target } from '../references/model.ts';
import type { WorkspaceFiles } from './files.ts';
import type { Tree } from './pair.ts';
import { TreeFiles } from './treeFiles.ts';

/** What a tree of the workspace has to point at. */
export async function packageTreeOf(tree: Tree, files: WorkspaceFiles): Promise<PackageTree> {
  const read: ReadText = async (path) => (await files.text(`${tree.root}/${path}`))?.text;
  return new PackageTree(tree.package, await files.below(tree.root), read);
}

/** Reads a file of the tree as text; `undefined` when it cannot be read. */
export type ReadText = (pathInTree: string) => Promise<string | undefined>;

/**
 * What a tree has to point at: files, folders, modules and the names that modules bind. A module is read
 * when first asked for and kept until {@link PackageTree.update} says that it changed.
 */
export class PackageTree {
  readonly #package: string;
  readonly #files: TreeFiles;
  readonly #read: ReadText;
  readonly #modules = new Map<string, Promise<Module | undefined>>();

  /** `files` are paths inside the tree; `packageName` is the tree's dotted package, for its own absolute imports. */
  constructor(packageName: string, files: Iterable<string>, read: ReadText) {
    this.#package = packageName;
    this.#files = new TreeFiles(files);
    this.#read = read;
  }

  /**
   * A file of the tree changed, came or went (`exists`). Answers whether what others may point at changed: the set of
   * files, or a name that somebody asked for. A module nobody asked for is not read for this.
   */
  async update(pathInTree: string, exists: boolean): Promise<boolean> {
    if (exists !== this.#files.hasFile(pathInTree)) {
      this.#files.set(pathInTree, exists);
      this.#modules.delete(pathInTree);
      return true;
    }
    const before = await this.#modules.get(pathInTree);
    if (before === undefined) return false;
    this.#modules.delete(pathInTree);
    const after = await this.#module(pathInTree);
    return after === undefined || !before.answersLike(after);
  }

  /**
   * A path below the root, one segment each; `*`, `<name>`, `{name}` stand for anything in one segment. A path without
   * its extension counts as there when a Python file of that name is.
   */
  path(segments: readonly string[]): Target {
    const clean = segments.filter((segment) => segment !== '' && segment !== '.');
    // As far as an ellipsis or a variable leaves it open, the part before it must be there.
    const open = clean.findIndex((segment) => /^(?:\.{3}|…)$|[$%]/u.test(segment));
    if (open >= 0) return this.path(clean.slice(0, open));
    if (clean.includes('..')) return 'unknown';
    const path = clean.join('/');
    if (!/[*?<{[]/u.test(path))
      return this.#files.has(path) || this.#files.hasFile(`${path}.py`) ? 'resolved' : 'missing';
    const matcher = new RegExp(`^${clean.map(segmentPattern).join('/')}(?:/|$)`, 'u');
    return [...this.#files].some((file) => matcher.test(file)) ? 'resolved' : 'missing';
  }

  /** A dotted name below the package: modules first, then a name that the last module binds. */
  async module(segments: readonly string[], attribute?: string): Promise<Target> {
    const names = attribute === undefined ? segments : [...segments, ...attribute.split('.')];
    const wild = names.findIndex((name) => /[*<{]/u.test(name));
    const known = wild < 0 ? names : names.slice(0, wild);
    let depth = 0;
    while (depth < known.length && this.#files.locate(known.slice(0, depth + 1)) !== undefined) depth++;
    const name = known[depth];
    if (name === undefined) return 'resolved';
    const found = await this.member(known.slice(0, depth), name);
    return found === 'missing' && (await this.#opensSubmodules(known)) ? 'unknown' : found;
  }

  /** `from module import names`: the module itself and each name; answers the first that is missing. */
  async imports(segments: readonly string[], names: readonly string[]): Promise<{ target: Target; missing?: string }> {
    let target = await this.importable(segments);
    if (target === 'missing') return { target, missing: segments.join('.') };
    for (const name of target === 'unknown' || names[0] === '*' ? [] : names) {
      const found = await this.member(segments, name);
      if (found === 'missing') return { target: 'missing', missing: [...segments, name].join('.') };
      if (found === 'unknown') target = 'unknown';
    }
    return { target };
  }

  /** Whether `import` finds the module: every package on the way to it, then itself. */
  async importable(segments: readonly string[]): Promise<Target> {
    if (this.#files.locate(segments) !== undefined) return 'resolved';
    return (await this.#opensSubmodules(segments)) ? 'unknown' : 'missing';
  }

  /**
   * Whether `from module import name` finds the name in a module that is there: bound by it, star-imported by it, or one
   * of its submodules. `forTypes`: as a type checker sees it.
   */
  async member(module: readonly string[], name: string, forTypes = false): Promise<Target> {
    if (this.#files.locate([...module, name]) !== undefined) return 'resolved';
    const found = await this.#name(module, name, { forTypes, seen: new Set() });
    const isPackage = this.#files.locate(module)?.kind === 'package';
    return found === 'missing' && isPackage && (await this.#opens(module)) === true ? 'unknown' : found;
  }

  /** Names that the module lists in its `__all__` and does not have: a star import of it fails. */
  async missingExports(module: readonly string[]): Promise<string[]> {
    const file = this.#files.locate(module)?.source;
    const found = file === undefined ? undefined : await this.#module(file);
    const missing: string[] = [];
    for (const name of found?.listedExports ?? []) {
      if ((await this.member(module, name)) === 'missing') missing.push(name);
    }
    return missing;
  }

  async #name(module: readonly string[], name: string, how: Look): Promise<Target> {
    if (ALWAYS_THERE.has(name)) return 'resolved';
    const located = this.#files.locate(module);
    if (located?.kind === 'folder' || located === undefined) return 'missing';
    if (located.source === undefined) return 'unknown';
    if (how.seen.has(located.source)) return 'missing';
    how.seen.add(located.source);
    const found = await this.#module(located.source);
    if (found === undefined) return 'unknown';
    const binds = found.binds(name, how.forTypes);
    if (binds === 'yes') return 'resolved';
    const target = binds === 'maybe' ? 'unknown' : await this.#starName(located.source, found, name, how);
    // A stub beside the module may tell a type checker of more.
    return target === 'missing' && how.forTypes && this.#files.hasFile(`${located.source}i`) ? 'unknown' : target;
  }

  /** A name that the module itself does not bind may come from what it star-imports. */
  async #starName(file: string, module: Module, name: string, how: Look): Promise<Target> {
    let target: Target = 'missing';
    for (const star of module.starImports) {
      if (star.forTypes && !how.forTypes) continue;
      const source = this.#resolveStar(file, star);
      const found = source === undefined ? ofElsewhere(name) : await this.#exported(source, name, how);
      if (found === 'resolved') return 'resolved';
      if (found === 'unknown') target = 'unknown';
    }
    return target;
  }

  /** What a star import of the module gives under this name. */
  async #exported(module: readonly string[], name: string, how: Look): Promise<Target> {
    const located = this.#files.locate(module);
    const source = located?.source === undefined ? undefined : await this.#module(located.source);
    const exports = source?.exports(name) ?? 'maybe';
    if (exports === 'no') return 'missing';
    // A submodule is among the names only once something imported it.
    if (this.#files.locate([...module, name]) !== undefined) return 'unknown';
    const target = await this.#name(module, name, how);
    return target === 'resolved' && exports === 'maybe' ? 'unknown' : target;
  }

  /** Segments of the module a star import reads, when it is in this tree. */
  #resolveStar(file: string, star: StarImport): string[] | undefined {
    const segments = star.module === '' ? [] : star.module.split('.');
    if (star.level > 0) {
      const folder = file.split('/').slice(0, -1);
      return star.level - 1 > folder.length
        ? undefined
        : [...folder.slice(0, folder.length - star.level + 1), ...segments];
    }
    const own = this.#package.split('.');
    return own.every((segment, at) => segments[at] === segment) ? segments.slice(own.length) : undefined;
  }

  /** Whether a package on the way to a missing module may have submodules that no file shows. */
  async #opensSubmodules(segments: readonly string[]): Promise<boolean> {
    for (let depth = 0; depth < segments.length; depth++) {
      const opens = await this.#opens(segments.slice(0, depth));
      if (opens !== false) return opens ?? false;
    }
    return false;
  }

  /** Whether this package may; `undefined` when there is none of that name. */
  async #opens(segments: readonly string[]): Promise<boolean | undefined> {
    const located = this.#files.locate(segments);
    if (located === undefined) return undefined;
    if (located.source === undefined) return located.kind !== 'folder';
    return (await this.#module(located.source))?.opensSubmodules === true;
  }

  #module(file: string): Promise<Module | undefined> {
    const known = this.#modules.get(file);
    if (known !== undefined) return known;
    const module = this.#read(file).then((text) => (text === undefined ? undefined : new Module(text)));
    this.#modules.set(file, module);
    return module;
  }
}

interface Look {
  readonly forTypes: boolean;
  /** Modules looked into already: star imports may go in circles. */
  readonly seen: Set<string>;
}

/** What Python gives every module. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(
  (
    '__name__ __doc__ __package__ __loader__ __spec__ __path__ __file__ __cached__ __builtins__ __dict__ __annotations__ ' +
    '__class__ __dir__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __init__ __init_subclass__ __new__ __reduce__ ' +
    '__reduce_ex__ __repr__ __str__ __format__ __sizeof__ __subclasshook__ __getattribute__ __setattr__ __delattr__'
  ).split(' '),
);

/** What a star import from outside of the tree gives: anything, but no private name unless it is listed there. */
function ofElsewhere(name: string): Target {
  return name.startsWith('__') ? 'missing' : 'unknown';
}

function segmentPattern(segment: string): string {
  return segment
    .split(/(\*\*|\*|\?|<[^>]*>|\{[^}]*\}|\[[^\]]*\])/u)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/[.+^$()|[\]\\{}]/gu, '\\$&') : part === '**' ? '.*' : '[^/]*',
    )
    .join('');
}
