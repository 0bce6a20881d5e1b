import type { BaseContent, PairHistory } from '../history/pairHistory.ts';
import type { CancellationToken } from '../ports.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { compareText, mapBounded } from '../tree/files.ts';
import type { Names } from '../tree/names.ts';
import type { Tree } from '../tree/pair.ts';
import { isPython } from '../python/syntax.ts';
import { aheadOf, compareCopies } from './files.ts';
import type { ComparedFile, FileStatus, PairInventory, TreeCount } from './model.ts';
import { SymbolComparison } from './symbols.ts';

/** One tree pair measured file by file; kept and brought up to date path by path. */
export class PairComparison {
  readonly #names: Names;
  readonly #namespaces: readonly Names[];
  readonly #files: WorkspaceFiles;
  readonly #history: PairHistory;
  readonly #symbols: SymbolComparison;
  #compared: Map<string, ComparedFile> | undefined;
  /** As it was asked for last; absent when something changed since. */
  #inventory: PairInventory | undefined;

  /** `namespaces` are those of all pairs, `names` among them. */
  constructor(names: Names, namespaces: readonly Names[], files: WorkspaceFiles, history: PairHistory) {
    this.#namespaces = namespaces;
    this.#names = names;
    this.#files = files;
    this.#history = history;
    this.#symbols = new SymbolComparison(names, files);
  }

  reset(): void {
    this.#compared = undefined;
    this.#inventory = undefined;
    this.#symbols.reset();
  }

  async inventory(token?: CancellationToken): Promise<PairInventory> {
    return (this.#inventory ??= await this.#take(token));
  }

  async #take(token?: CancellationToken): Promise<PairInventory> {
    // The base is git's work, the comparison ours: both go at the same time.
    const base = this.#history.findBase(token);
    const compared = (this.#compared ??= await this.#compareAll(token));
    const { legacy, canonical } = this.#names.pair;
    const found = await base;
    return {
      legacy: await this.#count(legacy),
      canonical: await this.#count(canonical),
      base: found.base,
      ...(found.noBase === undefined ? {} : { noBase: found.noBase }),
      counts: countStatuses(compared.values()),
      files: [...compared.values()].sort((a, b) => compareText(a.path, b.path)),
    };
  }

  /** The trees with their counts, and no file compared. */
  async countsAlone(): Promise<Pick<PairInventory, 'legacy' | 'canonical' | 'counts' | 'files'>> {
    const { legacy, canonical } = this.#names.pair;
    return {
      legacy: await this.#count(legacy),
      canonical: await this.#count(canonical),
      counts: countStatuses([]),
      files: [],
    };
  }

  /** Compares again the files with these paths inside the trees; whether anything changed. */
  async refresh(paths: readonly string[], token?: CancellationToken): Promise<boolean> {
    const compared = this.#compared;
    if (compared === undefined) return false;
    const fresh = new Map((await this.#compare(paths, token)).map((file) => [file.path, file]));
    let changed = false;
    for (const path of paths) {
      const file = fresh.get(path);
      if (JSON.stringify(file) === JSON.stringify(compared.get(path))) continue;
      changed = true;
      this.#inventory = undefined;
      if (file === undefined) compared.delete(path);
      else compared.set(path, file);
    }
    return changed;
  }

  async #compareAll(token?: CancellationToken): Promise<Map<string, ComparedFile>> {
    const { legacy, canonical } = this.#names.pair;
    await this.#files.list(token);
    const paths = new Set([...(await this.#files.below(legacy.root)), ...(await this.#files.below(canonical.root))]);
    const compared = (await this.#compare([...paths], token)).sort((a, b) => compareText(a.path, b.path));
    return new Map(compared.map((file) => [file.path, file]));
  }

  async #compare(paths: readonly string[], token?: CancellationToken): Promise<ComparedFile[]> {
    const files = await mapBounded(paths, async (path) => await this.#compareOne(path), token);
    const drifted = files.filter((file): file is Drifted => file !== undefined && 'copies' in file);
    const same = files.filter((file): file is ComparedFile => file !== undefined && !('copies' in file));
    const explained = await this.#explain(drifted, token);
    return [...same, ...explained];
  }

  async #compareOne(path: string): Promise<ComparedFile | Drifted | undefined> {
    const { legacy, canonical } = this.#names.pair;
    const places = [`${legacy.root}/${path}`, `${canonical.root}/${path}`] as const;
    const [inLegacy, inCanonical] = [this.#files.has(places[0]), this.#files.has(places[1])];
    if (!inLegacy && !inCanonical) return undefined;
    const [left, right] = await Promise.all([
      inLegacy ? this.#files.bytes(places[0]) : undefined,
      inCanonical ? this.#files.bytes(places[1]) : undefined,
    ]);
    const copies = { legacy: left, canonical: right };
    if (!inCanonical) return { path, status: 'legacyOnly', copies };
    if (!inLegacy) return { path, status: 'canonicalOnly', copies };
    // A copy that cannot be read may hold anything: it counts as diverged, and the problem is named.
    if (left === undefined || right === undefined) return { path, status: 'diverged', hunks: [], copies };
    const compared = compareCopies({ path, legacy: left, canonical: right }, this.#namespaces);
    return compared.status === 'diverged' ? { ...compared, copies } : compared;
  }

  /** Adds who is ahead, from the base, and for Python the definitions that one side alone has. */
  async #explain(drifted: readonly Drifted[], token?: CancellationToken): Promise<ComparedFile[]> {
    const versions = await this.#baseVersions(drifted, token);
    const explained = drifted.map(({ copies, ...file }): ComparedFile => {
      if (versions === undefined) return { ...file, ahead: 'unknown' };
      const base = versions.get(file.path)?.bytes;
      return { ...file, ahead: aheadOf(file.path, { ...copies, base }, this.#namespaces) };
    });
    const python = drifted.filter(({ path, status }) => status === 'diverged' && isPython(path));
    const symbols = await this.#symbols.compare(python, token);
    return explained.map((file) => {
      const difference = symbols.get(file.path);
      return difference === undefined ? file : { ...file, symbols: difference };
    });
  }

  /** Bytes of the legacy files at the base, by path inside the tree; `undefined` without a base. */
  async #baseVersions(drifted: readonly Drifted[], token?: CancellationToken): Promise<BaseVersions | undefined> {
    const wanted = new Map(drifted.map(({ path, copies }) => [path, copies.canonical !== undefined]));
    const files = await this.#history.baseFiles((path) => wanted.get(path) === true, token);
    if (files === undefined) return undefined;
    return await this.#history.read(new Map([...files].filter(([path]) => wanted.has(path))), token);
  }

  async #count(tree: Tree): Promise<TreeCount> {
    const inTree = await this.#files.below(tree.root);
    return { ...tree, files: inTree.length, pythonFiles: inTree.filter((path) => path.endsWith('.py')).length };
  }
}

/** A file that one side alone has or that diverged, with what was read of it. */
export interface Drifted extends ComparedFile {
  readonly copies: { readonly legacy: Uint8Array | undefined; readonly canonical: Uint8Array | undefined };
}

type BaseVersions = ReadonlyMap<string, BaseContent>;

function countStatuses(files: Iterable<ComparedFile>): Record<FileStatus, number> {
  const counts = { identical: 0, equivalent: 0, diverged: 0, legacyOnly: 0, canonicalOnly: 0 };
  for (const { status } of files) counts[status]++;
  return counts;
}
