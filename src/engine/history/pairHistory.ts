import { EngineError } from '../errors.ts';
import type { CancellationToken, Git } from '../ports.ts';
import type { TreePair } from '../tree/pair.ts';
import type { FoundBase } from './base.ts';
import { findBase } from './base.ts';
import type { BaseFile } from './objects.ts';
import { readBaseTree, readBlobs } from './objects.ts';

/** What both trees held when the copy was made: path inside the tree → file. */
interface AtTheCopy {
  readonly legacy: ReadonlyMap<string, BaseFile>;
  readonly canonical: ReadonlyMap<string, BaseFile>;
}

/** A file of the base, with its contents. */
export interface BaseContent {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** The history of one tree pair: its base, read once and kept. */
export class PairHistory {
  readonly #pair: TreePair;
  readonly #git: Git | undefined;
  #base: Promise<FoundBase> | undefined;
  #atTheCopy: Promise<AtTheCopy> | undefined;

  constructor(pair: TreePair, git: Git | undefined) {
    this.#pair = pair;
    this.#git = git;
  }

  reset(): void {
    this.#base = undefined;
    this.#atTheCopy = undefined;
  }

  findBase(token?: CancellationToken): Promise<FoundBase> {
    if (this.#base !== undefined) return this.#base;
    const base = findBase(this.#git, this.#pair, token);
    this.#base = base;
    // A search that was cancelled or failed is made again the next time.
    base.catch(() => {
      this.#base = undefined;
    });
    return base;
  }

  /**
   * The files of the base, by path inside the legacy tree; `undefined` without a base. A file that was left out when the
   * copy was made, and that canonical still has not, is none of them: it was never canonical's to delete.
   *
   * @param inCanonical whether the canonical tree has the path now
   */
  async baseFiles(
    inCanonical: (path: string) => boolean,
    token?: CancellationToken,
  ): Promise<ReadonlyMap<string, BaseFile> | undefined> {
    const { base } = await this.findBase(token);
    if (base === null || this.#git === undefined) return undefined;
    const { legacy, canonical } = await (this.#atTheCopy ??= this.#readTrees(token));
    return new Map([...legacy].filter(([path]) => inCanonical(path) || canonical.has(path)));
  }

  /** The contents of these files; one whose blob the repository does not hold is left out. */
  async read(files: ReadonlyMap<string, BaseFile>, token?: CancellationToken): Promise<Map<string, BaseContent>> {
    if (this.#git === undefined) return new Map();
    const blobs = await readBlobs(
      this.#git,
      [...files.values()].map(({ blob }) => blob),
      token,
    );
    const contents = new Map<string, BaseContent>();
    for (const [path, { blob, executable }] of files) {
      const bytes = blobs.get(blob);
      if (bytes !== undefined) contents.set(path, { bytes, executable });
    }
    return contents;
  }

  async #readTrees(token?: CancellationToken): Promise<AtTheCopy> {
    const { base } = await this.findBase(token);
    if (base === null || this.#git === undefined) throw new EngineError('git', 'There is no base.');
    try {
      const legacy = await readBaseTree(this.#git, base, token);
      const copied = { ...base, legacyRoot: this.#pair.canonical.root };
      const canonical = await readBaseTree(this.#git, copied, token).catch((error: unknown) => {
        // A base set by hand may come before the copy: then all of it counts as copied.
        if (error instanceof EngineError) return legacy;
        throw error;
      });
      return { legacy, canonical };
    } catch (error) {
      this.#atTheCopy = undefined;
      throw error;
    }
  }
}
