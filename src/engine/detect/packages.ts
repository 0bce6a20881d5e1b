/**
 * A longer name wins over a shorter one that is imported more: the copy `corp.shop` may still import much of `shop`. It does
 * not when it is imported this rarely: someone once wrote `src.shop`.
 */
const strayShare = 0.1;

/** Which dotted name a folder is imported by. */
export class PackageNames {
  readonly #imports = new Map<string, number>();
  readonly #packages: ReadonlySet<string>;

  /** @param paths All files: a folder with an `__init__.py` is a package. */
  constructor(paths: readonly string[]) {
    this.#packages = new Set(
      paths.flatMap((path) => (/\/__init__\.pyi?$/u.test(path) ? [path.slice(0, path.lastIndexOf('/'))] : [])),
    );
  }

  /** Counts what a Python text imports. */
  learn(text: string): void {
    for (const module of importsOf(text)) this.#imports.set(module, (this.#imports.get(module) ?? 0) + 1);
  }

  /**
   * By the imports learnt, else by the `__init__.py` files above, else by the layout. `undefined` for a folder that no
   * import can name.
   */
  nameOf(root: string): string | undefined {
    const candidates = dottedNames(root);
    const counts = candidates.map((name) => this.#countOf(name));
    const least = Math.max(1, strayShare * Math.max(...counts));
    const used = candidates.find((_, at) => (counts[at] ?? 0) >= least);
    if (used !== undefined) return used;
    return this.#byFolders(root, candidates);
  }

  #countOf(name: string): number {
    let count = 0;
    for (const [module, n] of this.#imports) if (isIn(module, name)) count += n;
    return count;
  }

  #byFolders(root: string, candidates: readonly string[]): string | undefined {
    const segments = root.split('/');
    let depth = segments.length - 1;
    while (depth > 0 && this.#packages.has(segments.slice(0, depth).join('/'))) depth--;
    if (depth < segments.length - 1) return known(segments.slice(depth), candidates);
    const source = segments.lastIndexOf('src');
    const start = source >= 0 ? source + 1 : segments[0] === 'lib' ? 1 : 0;
    return known(segments.slice(start), candidates) ?? candidates.at(-1);
  }
}

/** Whether a module is this package or in it. */
export function isIn(module: string, name: string): boolean {
  return module === name || module.startsWith(`${name}.`);
}

/** The absolute modules that a Python text imports, by the look of its lines: `import a.b, c` and `from a.b import c`. */
export function importsOf(text: string): string[] {
  const modules: string[] = [];
  for (const { groups } of text.matchAll(/^[ \t]*(?:from[ \t]+(?<from>[\w.]+)|import[ \t]+(?<list>[\w., \t]+))/gmu)) {
    const names = groups?.['from'] === undefined ? (groups?.['list']?.split(',') ?? []) : [groups['from']];
    for (const name of names) {
      const [module = ''] = name.trim().split(/\s/u);
      if (/^[\p{L}_]/u.test(module)) modules.push(module);
    }
  }
  return modules;
}

/** `a/b-c/d/e` may be imported as `d.e` or `e`; the longest first. */
function dottedNames(root: string): string[] {
  const segments = root.split('/');
  const names: string[] = [];
  for (let at = segments.length - 1; at >= 0; at--) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(segments[at] ?? '')) break;
    names.unshift(segments.slice(at).join('.'));
  }
  return names;
}

function known(segments: readonly string[], candidates: readonly string[]): string | undefined {
  return candidates.find((name) => name === segments.join('.'));
}
