import type { CancellationToken } from '../ports.ts';
import { definitionLines } from '../python/definitions.ts';
import { findImports } from '../python/imports.ts';
import { isPython, parsePython } from '../python/syntax.ts';
import { decode } from '../text/decode.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { compareText, mapBounded } from '../tree/files.ts';
import type { Names } from '../tree/names.ts';
import type { Drifted } from './inventory.ts';
import type { SymbolDifference, SymbolUse } from './model.ts';

type Lines = ReadonlyMap<string, number>;

/** Finds the definitions that one side of a diverged Python file alone has, and who imports them. */
export class SymbolComparison {
  readonly #names: Names;
  readonly #files: WorkspaceFiles;
  /**
   * Importers by symbol, as first looked for: all Python files are read for it, which an edit must not cost. An import
   * that appears later is seen after {@link SymbolComparison.reset}.
   */
  readonly #importers = new Map<string, readonly string[]>();

  constructor(names: Names, files: WorkspaceFiles) {
    this.#names = names;
    this.#files = files;
  }

  reset(): void {
    this.#importers.clear();
  }

  /** By path, for the files whose definitions differ. */
  async compare(drifted: readonly Drifted[], token?: CancellationToken): Promise<Map<string, SymbolDifference>> {
    const differences = new Map<string, { legacy: Lines; canonical: Lines }>();
    for (const { path, copies } of drifted) {
      const [legacy, canonical] = [linesOf(copies.legacy), linesOf(copies.canonical)];
      const difference = { legacy: without(legacy, canonical), canonical: without(canonical, legacy) };
      if (difference.legacy.size + difference.canonical.size > 0) differences.set(path, difference);
    }
    await this.#learnImporters(differences, token);
    const uses = (path: string, lines: Lines): SymbolUse[] =>
      [...lines].map(([name, line]) => ({
        name,
        line,
        importedBy: this.#importers.get(key(moduleOf(path), name)) ?? [],
      }));
    return new Map(
      [...differences].map(([path, { legacy, canonical }]) => [
        path,
        { legacyOnly: uses(path, legacy), canonicalOnly: uses(path, canonical) },
      ]),
    );
  }

  async #learnImporters(
    differences: ReadonlyMap<string, { legacy: Lines; canonical: Lines }>,
    token?: CancellationToken,
  ): Promise<void> {
    const asked = wanted(differences, (symbol) => !this.#importers.has(symbol));
    const found = await findImporters(asked, this.#names, this.#files, token);
    for (const [name, modules] of asked) {
      for (const module of modules) this.#importers.set(key(module, name), found.get(key(module, name)) ?? []);
    }
  }
}

function linesOf(bytes: Uint8Array | undefined): Lines {
  const decoded = bytes === undefined ? undefined : decode(bytes);
  return decoded?.kind === 'text' ? definitionLines(decoded.text) : new Map();
}

function without(lines: Lines, others: Lines): Lines {
  return new Map([...lines].filter(([name]) => !others.has(name)).sort((a, b) => a[1] - b[1]));
}

/** Names that can be imported, by the modules that may give them: the file's own, and the packages around it. */
function wanted(
  differences: ReadonlyMap<string, { legacy: Lines; canonical: Lines }>,
  isNew: (symbol: string) => boolean,
): Map<string, Set<string>> {
  const modules = new Map<string, Set<string>>();
  for (const [path, { legacy, canonical }] of differences) {
    for (const name of [...legacy.keys(), ...canonical.keys()]) {
      // Members are not imported, and names like `__all__` are every module's own.
      if (/\.|^__\w+__$/u.test(name) || !isNew(key(moduleOf(path), name))) continue;
      modules.set(name, (modules.get(name) ?? new Set()).add(moduleOf(path)));
    }
  }
  return modules;
}

async function findImporters(
  wantedNames: ReadonlyMap<string, ReadonlySet<string>>,
  names: Names,
  files: WorkspaceFiles,
  token?: CancellationToken,
): Promise<Map<string, string[]>> {
  const importers = new Map<string, string[]>();
  if (wantedNames.size === 0) return importers;
  const any = new RegExp(`\\b(?:${[...wantedNames.keys()].join('|')})\\b`, 'u');
  const python = (await files.list(token)).filter(isPython);
  await mapBounded(
    python,
    async (path) => {
      const text = (await files.text(path))?.text;
      if (text?.includes('import') !== true || !any.test(text)) return;
      for (const found of importedSymbols(path, text, wantedNames, names)) {
        importers.set(found, [...(importers.get(found) ?? []), path]);
      }
    },
    token,
  );
  for (const [symbol, paths] of importers) importers.set(symbol, [...new Set(paths)].sort(compareText));
  return importers;
}

function* importedSymbols(
  path: string,
  text: string,
  wantedNames: ReadonlyMap<string, ReadonlySet<string>>,
  names: Names,
): Generator<string> {
  for (const statement of findImports(parsePython(text), text)) {
    if (statement.kind !== 'from') continue;
    const from = treeModule(path, statement.level, statement.module.segments, names);
    if (from === undefined) continue;
    for (const { name } of statement.names) {
      for (const module of wantedNames.get(name) ?? []) {
        if (module === from || module.startsWith(from === '' ? '' : `${from}.`)) yield key(module, name);
      }
    }
  }
}

/** The module imported from, dotted below either tree's package; `undefined` for one outside both. */
function treeModule(path: string, level: number, segments: readonly string[], names: Names): string | undefined {
  const { legacy, canonical } = names.pair;
  if (level > 0) {
    const tree = [legacy, canonical].find(({ root }) => path.startsWith(`${root}/`));
    if (tree === undefined) return undefined;
    const folder = path
      .slice(tree.root.length + 1)
      .split('/')
      .slice(0, -1);
    return level - 1 > folder.length
      ? undefined
      : [...folder.slice(0, folder.length - level + 1), ...segments].join('.');
  }
  for (const own of [names.canonicalPackage, names.legacyPackage]) {
    if (own.every((segment, at) => segments[at] === segment)) return segments.slice(own.length).join('.');
  }
  return undefined;
}

/** `a/b.py` → `a.b`, `a/__init__.py` → `a`. */
function moduleOf(path: string): string {
  return path
    .replace(/\.pyi?$/u, '')
    .replace(/(?:^|\/)__init__$/u, '')
    .replaceAll('/', '.');
}

function key(module: string, name: string): string {
  return `${module}:${name}`;
}
