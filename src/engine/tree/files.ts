import type { Problem } from '../compare/model.ts';
import { EngineError, throwIfCancelled } from '../errors.ts';
import type { CancellationToken, FileSystem } from '../ports.ts';
import type { DecodedText } from '../text/decode.ts';
import { decode } from '../text/decode.ts';
import { mayHold } from '../text/search.ts';
import { Listing } from './listing.ts';

/** How many files are read at the same time: enough to keep the disk busy, few enough to keep memory low. */
const READERS = 24;

/** Runs `work` over the items with a bounded number under way; results in the items' order. */
export async function mapBounded<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  token?: CancellationToken,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < items.length) {
      throwIfCancelled(token);
      const at = next++;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(READERS, items.length) }, run));
  return results;
}

/** The workspace's files as they are now: the listing, and reading that notes what could not be read. */
export class WorkspaceFiles {
  readonly #files: FileSystem;
  #listing: Listing | undefined;
  readonly #unread = new Map<string, FileProblem>();
  readonly #notes = new Map<string, FileProblem>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  async list(token?: CancellationToken): Promise<readonly string[]> {
    return (await this.#list(token)).paths;
  }

  async #list(token?: CancellationToken): Promise<Listing> {
    return (this.#listing ??= new Listing(await this.#files.list(token)));
  }

  /** The files below a folder, by their paths inside it, sorted. */
  async below(folder: string): Promise<string[]> {
    return (await this.#list()).below(folder);
  }

  /** Whether the listing has this file; once there is a listing. */
  has(path: string): boolean {
    return this.#listing?.has(path) === true;
  }

  /** The same of a folder, with a file somewhere below it. */
  hasFolder(path: string): boolean {
    return this.#listing?.hasFolder(path) === true;
  }

  /** Lists anew; answers the paths that came or went. */
  async relist(token?: CancellationToken): Promise<string[]> {
    const before = this.#listing ?? new Listing();
    const now = new Listing(await this.#files.list(token));
    this.#listing = now;
    return [...now.paths.filter((path) => !before.has(path)), ...before.paths.filter((path) => !now.has(path))];
  }

  /** The file's bytes, or `undefined` with the reason noted among the {@link WorkspaceFiles.problems}. */
  async bytes(path: string): Promise<Uint8Array | undefined> {
    return await this.#noted(path, this.#files.read(path));
  }

  /** The same for a file that may hold one of the ASCII words, and `undefined` for one that does not. */
  async bytesHolding(path: string, words: readonly string[]): Promise<Uint8Array | undefined> {
    const read = this.#files.readIfHolds?.(path, words) ?? this.#files.read(path);
    const bytes = await this.#noted(path, read);
    return bytes !== undefined && mayHold(bytes, words) ? bytes : undefined;
  }

  async #noted<T>(path: string, reading: Promise<T>): Promise<T | undefined> {
    try {
      const bytes = await reading;
      this.#unread.delete(path);
      return bytes;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#unread.set(path, { path, message: error.message });
      return undefined;
    }
  }

  /** The file's text; `undefined` for a binary file or one that cannot be read. */
  async text(path: string): Promise<DecodedText | undefined> {
    const bytes = await this.bytes(path);
    const decoded = bytes === undefined ? undefined : decode(bytes);
    return decoded?.kind === 'text' ? decoded : undefined;
  }

  /** Notes that what a file holds limits what the results say; without a message, that it does not any more. */
  note(path: string, message: string | undefined): void {
    if (message === undefined) this.#notes.delete(path);
    else this.#notes.set(path, { path, message });
  }

  problems(): Problem[] {
    return byPath([...this.unread(), ...[...this.#notes.values()].filter(({ path }) => this.has(path))]);
  }

  /** Files that could not be read, of those that were asked for. */
  unread(): FileProblem[] {
    // A file that went since it was read is no trouble any more.
    return byPath([...this.#unread.values()].filter(({ path }) => this.has(path)));
  }

  /** `undefined` where the system knows no executable bit, or does not tell. */
  async isExecutable(path: string): Promise<boolean | undefined> {
    return (await this.#noted(path, this.#files.stat(path)))?.executable;
  }

  async exists(path: string): Promise<boolean> {
    return (await this.#files.stat(path)).kind === 'file';
  }
}

type FileProblem = Required<Problem>;

function byPath(problems: FileProblem[]): FileProblem[] {
  return problems.sort((a, b) => compareText(a.path, b.path));
}

/** Order by UTF-16 code units, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
