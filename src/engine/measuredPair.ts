import { PairComparison } from './compare/inventory.ts';
import type { PairInventory, Unified } from './compare/model.ts';
import type { Config } from './config.ts';
import type { MergeTexts, TreesMerge } from './history/merge/model.ts';
import { PairMerge } from './history/merge/pairMerge.ts';
import { textOf } from './history/merge/text.ts';
import { PairHistory } from './history/pairHistory.ts';
import type { CancellationToken, Git } from './ports.ts';
import { readShimExpiry } from './shim/marker.ts';
import { rewriteSurely } from './references/rewrite.ts';
import type { WorkspaceFiles } from './tree/files.ts';
import type { Names } from './tree/names.ts';
import { pathInTree } from './tree/pair.ts';

const nothing: TreesMerge = {
  sides: { base: new Map(), canonical: new Map(), legacy: new Map() },
  files: [],
};

/** One tree pair with all that is measured of it, kept and brought up to date. */
export class MeasuredPair {
  readonly names: Names;
  readonly history: PairHistory;
  readonly #files: WorkspaceFiles;
  readonly #comparison: PairComparison;
  readonly #merge: PairMerge;
  /** As the last inventory found it. */
  #unified: Unified | undefined;
  #shimExpiry: Promise<string | undefined> | undefined;
  #merged: Promise<TreesMerge | undefined> | undefined;

  /** `namespaces` are those of all pairs, `names` among them. */
  constructor(
    names: Names,
    namespaces: readonly Names[],
    files: WorkspaceFiles,
    world: { readonly git: Git | undefined; readonly config: Config },
  ) {
    this.names = names;
    this.#files = files;
    this.history = new PairHistory(names.pair, world.git);
    this.#comparison = new PairComparison(names, namespaces, files, this.history);
    this.#merge = new PairMerge(names, namespaces, {
      files,
      history: this.history,
      git: world.git,
      rewrite: (path, text) => rewriteSurely(path, text, names, world.config),
    });
  }

  async inventory(token?: CancellationToken): Promise<PairInventory> {
    const unified = await this.unified();
    this.#unified = unified;
    if (unified === undefined) return await this.#comparison.inventory(token);
    return { ...(await this.#comparison.countsAlone()), base: null, noBase: 'There is but one tree.', unified };
  }

  /** The last day of the shim, where one stands. */
  async shimExpiry(): Promise<string | undefined> {
    this.#shimExpiry ??= this.#readShimExpiry();
    return await this.#shimExpiry;
  }

  async #readShimExpiry(): Promise<string | undefined> {
    const path = this.#init;
    const text = this.#files.has(path) ? (await this.#files.text(path))?.text : undefined;
    return text === undefined ? undefined : readShimExpiry(text);
  }

  get #init(): string {
    return `${this.names.pair.legacy.root}/__init__.py`;
  }

  /** Compared with a shim, every canonical file would look like one that legacy deleted. */
  async unified(): Promise<Unified | undefined> {
    const { legacy } = this.names.pair;
    await this.#files.list();
    if (!this.#files.hasFolder(legacy.root)) return 'removed';
    return (await this.shimExpiry()) === undefined ? undefined : 'shim';
  }

  /** What the three-way merge makes of each file that is not the same in both trees; `undefined` without a base. */
  async merged(token?: CancellationToken): Promise<TreesMerge | undefined> {
    if (this.#merged !== undefined) return await this.#merged;
    if ((await this.unified()) !== undefined) return nothing;
    const { files } = await this.inventory(token);
    const merged = this.#merge.merge(files, token);
    this.#merged = merged;
    // One that was cancelled or failed is made again the next time.
    merged.catch(() => {
      this.#merged = undefined;
    });
    return await merged;
  }

  /** The three sides of the file at a workspace path in either tree, merged or not; `undefined` without a base, or outside. */
  async mergeTexts(path: string, token?: CancellationToken): Promise<MergeTexts | undefined> {
    const { legacy, canonical } = this.names.pair;
    const inTree = pathInTree(canonical, path) ?? pathInTree(legacy, path);
    const sides = inTree === undefined ? undefined : (await this.merged(token))?.sides;
    if (inTree === undefined || sides === undefined) return undefined;
    const names = ['base', 'canonical', 'legacy'] as const;
    const texts = names.map((side) => [side, textOf(sides[side].get(inTree))] as const);
    return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
  }

  /** Forgets everything, the base included. */
  reset(): void {
    this.history.reset();
    this.#shimExpiry = undefined;
    this.#comparison.reset();
    this.#merged = undefined;
  }

  /** Looks again at these workspace paths; whether the inventory changed. */
  async refresh(paths: readonly string[], token?: CancellationToken): Promise<boolean> {
    const { legacy, canonical } = this.names.pair;
    const inTrees = new Set(paths.flatMap((path) => pathInTree(legacy, path) ?? pathInTree(canonical, path) ?? []));
    if (inTrees.size === 0) return false;
    this.#merged = undefined;
    if (paths.includes(this.#init)) this.#shimExpiry = undefined;
    if (this.#unified === (await this.unified())) return await this.#comparison.refresh([...inTrees], token);
    this.#comparison.reset();
    return true;
  }
}
