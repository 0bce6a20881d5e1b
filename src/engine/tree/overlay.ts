import { EngineError } from '../errors.ts';
import type { CancellationToken, FileStat, FileSystem } from '../ports.ts';
import { compareText } from './files.ts';

/** What a file would hold; `undefined`: it would not be there. */
export type OverlaidContent = Uint8Array | undefined;

/** The files as they would be after some changes, without writing any. */
export class OverlayFiles implements FileSystem {
  readonly #files: FileSystem;
  readonly #contents: ReadonlyMap<string, OverlaidContent>;

  constructor(files: FileSystem, contents: ReadonlyMap<string, OverlaidContent>) {
    this.#files = files;
    this.#contents = contents;
  }

  async list(token?: CancellationToken): Promise<readonly string[]> {
    const kept = (await this.#files.list(token)).filter((path) => !this.#contents.has(path));
    const made = [...this.#contents].filter(([, content]) => content !== undefined).map(([path]) => path);
    return [...kept, ...made].sort(compareText);
  }

  async read(path: string): Promise<Uint8Array> {
    if (!this.#contents.has(path)) return await this.#files.read(path);
    const content = this.#contents.get(path);
    if (content === undefined) throw new EngineError('unreadable', `Cannot read ${path}: it does not exist.`);
    return content;
  }

  async stat(path: string): Promise<FileStat> {
    const content = this.#contents.get(path);
    if (content !== undefined) return { kind: 'file', size: content.length };
    return this.#contents.has(path) ? { kind: 'missing', size: 0 } : await this.#files.stat(path);
  }
}
