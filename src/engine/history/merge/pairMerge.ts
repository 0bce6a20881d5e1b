import type { ComparedFile } from '../../compare/model.ts';
import type { CancellationToken, Git } from '../../ports.ts';
import type { WorkspaceFiles } from '../../tree/files.ts';
import type { Names } from '../../tree/names.ts';
import type { BaseFile } from '../objects.ts';
import type { PairHistory } from '../pairHistory.ts';
import { mergeSides } from './merge.ts';
import type { Participants } from './copies.ts';
import { readParticipants } from './copies.ts';
import type { Sides, TreesMerge } from './model.ts';
import type { Rewriter } from './sides.ts';
import { sidesInOneNamespace } from './sides.ts';

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
   * One that cannot be read is not among the files: it stays as it is.
   * @param compared all files of the pair, as the inventory has them
   * @returns `undefined` without a base: then each file is a decision for a person.
   * @throws EngineError `git` when git fails.
   */
  async merge(compared: readonly ComparedFile[], token?: CancellationToken): Promise<TreesMerge | undefined> {
    if (this.#git === undefined) return undefined;
    const participants = await this.#read(compared, token);
    if (participants === undefined) return undefined;
    const { drifted, settled, unread } = participants;
    const sides = await sidesInOneNamespace(drifted, this.#rewrite, this.#namespaces, token);
    const files = await mergeSides(this.#git, together(sides, settled), token);
    return { sides, files: files.filter(({ path }) => !unread.has(path)) };
  }

  async #read(compared: readonly ComparedFile[], token?: CancellationToken): Promise<Participants | undefined> {
    const { pair } = this.#names;
    const inCanonical = (path: string): boolean => this.#files.has(`${pair.canonical.root}/${path}`);
    const base = await this.#history.baseFiles(inCanonical, token);
    if (base === undefined) return undefined;
    const same = compared.filter(({ status }) => status === 'identical' || status === 'equivalent');
    const paths = [...new Set([...compared.map(({ path }) => path), ...base.keys()])].sort();
    const reading = {
      pair,
      files: this.#files,
      base,
      same: new Set(same.map(({ path }) => path)),
      readBase: async (files: ReadonlyMap<string, BaseFile>) => await this.#history.read(files, token),
    };
    return await readParticipants(paths, reading, token);
  }
}

function together(one: Sides, other: Sides): Sides {
  return {
    base: new Map([...one.base, ...other.base]),
    canonical: new Map([...one.canonical, ...other.canonical]),
    legacy: new Map([...one.legacy, ...other.legacy]),
  };
}
