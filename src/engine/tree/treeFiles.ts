/** Something that `import` finds; without a `source`, what it holds is not known, except for a plain folder. */
export interface Located {
  readonly kind: 'package' | 'module' | 'folder';
  readonly source?: string;
}

/** A tree's files, and what Python's import finds among them. Paths are inside the tree. */
export class TreeFiles {
  readonly #files: Set<string>;
  #folders: ReadonlySet<string> = new Set();
  /** Paths of built modules (`.so`, `.pyd`) and of those that a build makes (`.pyx`), without their ending. */
  #built: ReadonlySet<string> = new Set();
  readonly #located = new Map<string, Located | 'missing'>();

  constructor(files: Iterable<string>) {
    this.#files = new Set(files);
    this.#lookAgain();
  }

  [Symbol.iterator](): Iterator<string> {
    return this.#files.values();
  }

  hasFile(path: string): boolean {
    return this.#files.has(path);
  }

  /** A file or a folder. */
  has(path: string): boolean {
    return this.#files.has(path) || this.#folders.has(path);
  }

  /** A file came or went. */
  set(path: string, exists: boolean): void {
    if (exists) this.#files.add(path);
    else this.#files.delete(path);
    this.#lookAgain();
  }

  #lookAgain(): void {
    this.#folders = foldersOf(this.#files);
    this.#built = builtModules(this.#files);
    this.#located.clear();
  }

  /**
   * What `import` finds under this name, in Python's order: a package, a built module, a source module, a plain folder.
   * Every name before the last must be a package or a folder.
   */
  locate(segments: readonly string[]): Located | undefined {
    const path = segments.join('/');
    const known = this.#located.get(path);
    if (known !== undefined) return known === 'missing' ? undefined : known;
    const parent = segments.length === 0 ? undefined : this.locate(segments.slice(0, -1));
    const isReachable = segments.length === 0 || (parent !== undefined && parent.kind !== 'module');
    const located = isReachable ? this.#look(path) : undefined;
    this.#located.set(path, located ?? 'missing');
    return located;
  }

  #look(path: string): Located | undefined {
    const init = path === '' ? '__init__' : `${path}/__init__`;
    if (this.#files.has(`${init}.py`)) return { kind: 'package', source: `${init}.py` };
    if (this.#files.has(`${init}.pyi`) || this.#built.has(init)) return { kind: 'package' };
    if (path !== '' && this.#built.has(path)) return { kind: 'module' };
    if (path !== '' && this.#files.has(`${path}.py`)) return { kind: 'module', source: `${path}.py` };
    // A stub alone stands for a module that is built later; what that holds is not known.
    if (path !== '' && this.#files.has(`${path}.pyi`)) return { kind: 'module' };
    return this.#folders.has(path) ? { kind: 'folder' } : undefined;
  }
}

function builtModules(files: ReadonlySet<string>): Set<string> {
  const built = new Set<string>();
  for (const file of files) {
    const stem = /^(?<stem>(?:.*\/)?[^./]+)(?:\.[^/]+)?\.(?:so|pyd|pyx|pyc)$/u.exec(file)?.groups?.['stem'];
    if (stem !== undefined) built.add(stem);
  }
  return built;
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
