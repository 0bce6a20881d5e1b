import type { ComparedFile } from '../../compare/model.ts';
import type { CancellationToken, Git } from '../../ports.ts';
import type { WorkspaceFiles } from '../../tree/files.ts';
import { mapBounded } from '../../tree/files.ts';
import type { Names } from '../../tree/names.ts';
import type { BaseFile } from '../objects.ts';
import type { PairHistory } from '../pairHistory.ts';
import { mergeSides } from './merge.ts';
import type { Sides, TreesMerge, Version } from './model.ts';
import type { Copies, Rewriter } from './sides.ts';
import { inOneNamespace } from './sides.ts';

/** Stands for a file that says the same on all sides: it takes part in the merge by its path alone. */
const unchanged = new Uint8Array();

/** The three-way merge of one tree pair as it is now. */
export class PairMerge {
  readonly #names: Names;
  readonly #namespaces: readonly Names[];
  readonly #files: WorkspaceFiles;
  readonly #history: PairHistory;
  readonly #git: Git | undefined;
  readonly #rewrite: Rewriter;

  /** `namespaces` are those of all pairs, `names` among them. */
  constructor(
    names: Names,
    namespaces: readonly Names[],
    world: {
      readonly files: WorkspaceFiles;
      readonly history: PairHistory;
      readonly git: Git | undefined;
      readonly rewrite: Rewriter;
    },
  ) {
    this.#names = names;
    this.#namespaces = namespaces;
    this.#files = world.files;
    this.#history = world.history;
    this.#git = world.git;
    this.#rewrite = world.rewrite;
  }

  /**
   * @param compared all files of the pair, as the inventory has them
   * @returns `undefined` without a base: then each file is a decision for a person.
   * @throws EngineError `git` when git fails.
   */
  async merge(compared: readonly ComparedFile[], token?: CancellationToken): Promise<TreesMerge | undefined> {
    const sides = this.#git === undefined ? undefined : await this.#sides(compared, token);
    if (sides === undefined || this.#git === undefined) return undefined;
    return { sides, files: await mergeSides(this.#git, sides, token) };
  }

  async #sides(compared: readonly ComparedFile[], token?: CancellationToken): Promise<Sides | undefined> {
    const { canonical } = this.#names.pair;
    const inCanonical = (path: string): boolean => this.#files.has(`${canonical.root}/${path}`);
    const base = await this.#history.baseFiles(inCanonical, token);
    if (base === undefined) return undefined;
    const same = new Set(
      compared.filter(({ status }) => status === 'identical' || status === 'equivalent').map(({ path }) => path),
    );
    const contents = await this.#history.read(new Map([...base].filter(([path]) => !same.has(path))), token);
    const sides = {
      base: new Map<string, Version>(),
      canonical: new Map<string, Version>(),
      legacy: new Map<string, Version>(),
    };
    const put = (path: string, copies: Copies): void => {
      for (const side of ['base', 'canonical', 'legacy'] as const) {
        const version = copies[side];
        if (version !== undefined) sides[side].set(path, version);
      }
    };
    const paths = [...new Set([...compared.map(({ path }) => path), ...base.keys()])].sort();
    await mapBounded(
      paths,
      async (path) => {
        const copies = await this.#read(path, base.get(path), same.has(path) ? undefined : contents);
        put(path, same.has(path) ? copies : await inOneNamespace(path, copies, this.#rewrite, this.#namespaces));
      },
      token,
    );
    return sides;
  }

  /** The versions of one path; without `contents` they are known to say the same. */
  async #read(
    path: string,
    inBase: BaseFile | undefined,
    contents: ReadonlyMap<string, Version> | undefined,
  ): Promise<Copies> {
    const { legacy, canonical } = this.#names.pair;
    const places = { legacy: `${legacy.root}/${path}`, canonical: `${canonical.root}/${path}` };
    const bytes = {
      legacy: contents && this.#files.has(places.legacy) ? await this.#files.bytes(places.legacy) : unchanged,
      canonical: contents && this.#files.has(places.canonical) ? await this.#files.bytes(places.canonical) : unchanged,
    };
    // What cannot be read may hold anything: it takes no part, rather than counting as deleted.
    const isLeftOut = bytes.legacy === undefined || bytes.canonical === undefined;
    const version = async (side: keyof typeof places): Promise<Version | undefined> => {
      if (!this.#files.has(places[side])) return undefined;
      const executable = (await this.#files.isExecutable(places[side])) ?? inBase?.executable ?? false;
      return { bytes: (isLeftOut ? undefined : bytes[side]) ?? unchanged, executable };
    };
    const stand = inBase && { bytes: unchanged, executable: inBase.executable };
    return {
      base: contents === undefined || isLeftOut ? stand : contents.get(path),
      canonical: await version('canonical'),
      legacy: await version('legacy'),
    };
  }
}
