import { Module } from '../python/module.ts';
import type { Target } from '../references/model.ts';

/** Reads a file of the tree as text; `undefined` when it cannot be read. */
export type ReadText = (pathInTree: string) => Promise<string | undefined>;

/**
 * What a tree has to point at: files, folders, modules and the names that modules bind. A module is read
 * when first asked for and kept until {@link PackageTree.update} says that it changed.
 */
export class PackageTree {
  readonly #package: string;
  readonly #files: Set<string>;
  #folders: ReadonlySet<string>;
  readonly #read: ReadText;
  readonly #modules = new Map<string, Promise<Module | undefined>>();

  /** `files` are paths inside the tree; `packageName` is the tree's dotted package, for its own absolute imports. */
  constructor(packageName: string, files: Iterable<string>, read: ReadText) {
    this.#package = packageName;
    this.#files = new Set(files);
    this.#folders = foldersOf(this.#files);
    this.#read = read;
  }

  /**
   * A file of the tree changed, came or went (`exists`). Answers whether what others may point at changed: the set of
   * files, or a name that somebody asked for. A module nobody asked for is not read for this.
   */
  async update(pathInTree: string, exists: boolean): Promise<boolean> {
    if (exists !== this.#files.has(pathInTree)) {
      if (exists) this.#files.add(pathInTree);
      else this.#files.delete(pathInTree);
      this.#folders = foldersOf(this.#files);
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
    if (!/[*?<{[]/u.test(path)) return this.#has(path) || this.#files.has(`${path}.py`) ? 'resolved' : 'missing';
    const matcher = new RegExp(`^${clean.map(segmentPattern).join('/')}(?:/|$)`, 'u');
    return [...this.#files].some((file) => matcher.test(file)) ? 'resolved' : 'missing';
  }

  /** A dotted name below the package: modules first, then a name that the last module binds. */
  async module(segments: readonly string[], attribute?: string): Promise<Target> {
    const names = attribute === undefined ? segments : [...segments, ...attribute.split('.')];
    const wild = names.findIndex((name) => /[*<{]/u.test(name));
    const known = wild < 0 ? names : names.slice(0, wild);
    let depth = 0;
    while (depth < known.length && this.#isModule(known.slice(0, depth + 1))) depth++;
    const name = known[depth];
    return name === undefined ? 'resolved' : await this.#name(known.slice(0, depth), name, new Set());
  }

  /** `from module import names`: the module itself and each name; answers the first that is missing. */
  async imports(segments: readonly string[], names: readonly string[]): Promise<{ target: Target; missing?: string }> {
    if (!this.#isModule(segments)) return { target: 'missing', missing: segments.join('.') };
    let target: Target = 'resolved';
    for (const name of names) {
      const found = await this.#member(segments, name, new Set());
      if (found === 'missing') return { target: 'missing', missing: [...segments, name].join('.') };
      if (found === 'unknown') target = 'unknown';
    }
    return { target };
  }

  async #member(module: readonly string[], name: string, seen: Set<string>): Promise<Target> {
    return this.#isModule([...module, name]) ? 'resolved' : await this.#name(module, name, seen);
  }

  async #name(module: readonly string[], name: string, seen: Set<string>): Promise<Target> {
    if (/^__\w+__$/u.test(name)) return 'resolved';
    const file = this.#moduleFile(module);
    if (file === undefined || seen.has(file)) return 'missing';
    seen.add(file);
    const found = await this.#module(file);
    if (found === undefined) return 'unknown';
    if (found.binds(name)) return 'resolved';
    return found.isDynamic ? 'unknown' : await this.#starName(file, found, name, seen);
  }

  /** A name that the module itself does not bind may come from what it star-imports. */
  async #starName(file: string, module: Module, name: string, seen: Set<string>): Promise<Target> {
    let target: Target = 'missing';
    for (const star of module.starImports) {
      const source = this.#resolveStar(file, star);
      const found = source === undefined ? 'unknown' : await this.#member(source, name, seen);
      if (found === 'resolved') return 'resolved';
      if (found === 'unknown') target = 'unknown';
    }
    return target;
  }

  /** Segments of the module a star import reads, when it is in this tree. */
  #resolveStar(file: string, star: { readonly level: number; readonly module: string }): string[] | undefined {
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

  #module(file: string): Promise<Module | undefined> {
    const known = this.#modules.get(file);
    if (known !== undefined) return known;
    const module = this.#read(file).then((text) => (text === undefined ? undefined : new Module(text)));
    this.#modules.set(file, module);
    return module;
  }

  #isModule(segments: readonly string[]): boolean {
    return this.#moduleFile(segments) !== undefined || this.#folders.has(segments.join('/'));
  }

  #moduleFile(segments: readonly string[]): string | undefined {
    const path = segments.join('/');
    const candidates = path === '' ? ['__init__.py'] : [`${path}/__init__.py`, `${path}.py`, `${path}.pyi`];
    return candidates.find((candidate) => this.#files.has(candidate));
  }

  #has(path: string): boolean {
    return this.#files.has(path) || this.#folders.has(path);
  }
}

function foldersOf(files: ReadonlySet<string>): Set<string> {
  const folders = new Set<string>(['']);
  for (const file of files) {
    for (
      let at = file.lastIndexOf('/');
      at > 0 && !folders.has(file.slice(0, at));
      at = file.lastIndexOf('/', at - 1)
    ) {
      folders.add(file.slice(0, at));
    }
  }
  return folders;
}

function segmentPattern(segment: string): string {
  return segment
    .split(/(\*\*|\*|\?|<[^>]*>|\{[^}]*\}|\[[^\]]*\])/u)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/[.+^$()|[\]\\{}]/gu, '\\$&') : part === '**' ? '.*' : '[^/]*',
    )
    .join('');
}
