import { EngineError } from '../errors.ts';
import type { CancellationToken, Git } from '../ports.ts';
import { Names } from '../tree/names.ts';
import type { TreePair } from '../tree/pair.ts';
import type { CopyHistory, FoundBase } from './base.ts';
import { readCopyHistory } from './base.ts';
import { basesByMeeting } from './fileBases.ts';
import { withPresentNames } from './formerNames.ts';
import { suggestRenames } from './merge/renames.ts';
import type { BaseFile } from './objects.ts';
import { readBaseTree, readBlobs } from './objects.ts';

/** What both trees held when the copy was made: path inside the tree → file. */
interface AtTheCopy {
  readonly legacy: ReadonlyMap<string, BaseFile>;
  readonly canonical: ReadonlyMap<string, BaseFile>;
  /** Paths that were in both trees at some time, or renamed by the copy: what canonical has not of them, it deleted. */
  readonly met: ReadonlySet<string>;
}

/** A file of the base, with its contents. */
export interface BaseContent {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** From here on a file is another's copy: whoever copies a tree changes hardly more than names. */
const COPIED = 0.8;

/** The history of one tree pair: its base, read once and kept. */
export class PairHistory {
  readonly #pair: TreePair;
  readonly #git: Git | undefined;
  #history: Promise<CopyHistory> | undefined;
  #atTheCopy: Promise<AtTheCopy> | undefined;

  constructor(pair: TreePair, git: Git | undefined) {
    this.#pair = pair;
    this.#git = git;
  }

  reset(): void {
    this.#history = undefined;
    this.#atTheCopy = undefined;
  }

  async findBase(token?: CancellationToken): Promise<FoundBase> {
    return (await this.#read(token)).found;
  }

  #read(token?: CancellationToken): Promise<CopyHistory> {
    if (this.#history !== undefined) return this.#history;
    const history = readCopyHistory(this.#git, this.#pair, token);
    this.#history = history;
    // A search that was cancelled or failed is made again the next time.
    history.catch(() => {
      this.#history = undefined;
    });
    return history;
  }

  /**
   * The files of the base, by path inside the legacy tree; `undefined` without a base. A file that came to both trees at
   * another time, the same in both, has its version of then. A file that was left out when the copy was made, and that
   * canonical never had, is none of them: it was never canonical's to delete.
   *
   * @param inCanonical whether the canonical tree has the path now
   */
  async baseFiles(
    inCanonical: (path: string) => boolean,
    token?: CancellationToken,
  ): Promise<ReadonlyMap<string, BaseFile> | undefined> {
    const { base } = await this.findBase(token);
    if (base === null || this.#git === undefined) return undefined;
    const { legacy, canonical, met } = await (this.#atTheCopy ??= this.#readTrees(token));
    return new Map([...legacy].filter(([path]) => inCanonical(path) || canonical.has(path) || met.has(path)));
  }

  /**
   * The contents of these files, with the legacy tree's name of today where it had another one; a file whose blob the
   * repository does not hold is left out.
   */
  async read(files: ReadonlyMap<string, BaseFile>, token?: CancellationToken): Promise<Map<string, BaseContent>> {
    const { base } = await this.findBase(token);
    if (base === null || this.#git === undefined) return new Map();
    const blobs = await readBlobs(
      this.#git,
      [...files.values()].map(({ blob }) => blob),
      token,
    );
    const contents = new Map<string, BaseContent>();
    for (const [path, { blob, executable }] of files) {
      const bytes = blobs.get(blob);
      if (bytes === undefined) continue;
      contents.set(path, { bytes: withPresentNames(bytes, base.legacyRoot, this.#pair), executable });
    }
    return contents;
  }

  async #readTrees(token?: CancellationToken): Promise<AtTheCopy> {
    const { found, meetings } = await this.#read(token);
    const { base } = found;
    if (base === null || this.#git === undefined) throw new EngineError('git', 'There is no base.');
    try {
      const legacy = await readBaseTree(this.#git, base, token);
      const copied = { ...base, legacyRoot: this.#pair.canonical.root };
      const canonical = await readBaseTree(this.#git, copied, token).catch((error: unknown) => {
        // A base set by hand may come before the copy: then all of it counts as copied.
        if (error instanceof EngineError) return legacy;
        throw error;
      });
      const later = await basesByMeeting(this.#git, { legacy, canonical }, { base, meetings, pair: this.#pair }, token);
      const met = new Set(meetings.map(({ path }) => path));
      for (const path of await this.#renamedByTheCopy(legacy, canonical, met, token)) met.add(path);
      return { legacy: new Map([...legacy, ...later]), canonical, met };
    } catch (error) {
      this.#atTheCopy = undefined;
      throw error;
    }
  }

  /** Of the legacy files that the copy seems to lack, those that it has by another name: `old/old.py` as `new/new.py`. */
  async #renamedByTheCopy(
    legacy: ReadonlyMap<string, BaseFile>,
    canonical: ReadonlyMap<string, BaseFile>,
    met: ReadonlySet<string>,
    token?: CancellationToken,
  ): Promise<Iterable<string>> {
    const gone = new Map([...legacy].filter(([path]) => !canonical.has(path) && !met.has(path)));
    const came = new Map([...canonical].filter(([path]) => !legacy.has(path)));
    if (gone.size === 0 || came.size === 0) return [];
    const [before, after] = [await this.read(gone, token), await this.read(came, token)];
    return suggestRenames(before, after, [new Names(this.#pair)], COPIED).values();
  }
}
