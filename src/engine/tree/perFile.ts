import type { CancellationToken } from '../ports.ts';
import type { WorkspaceFiles } from './files.ts';
import { compareText, mapBounded } from './files.ts';

/** Results that each come from one file alone, kept and brought up to date file by file. */
export class PerFile<T> {
  readonly #files: WorkspaceFiles;
  readonly #scan: (path: string, token?: CancellationToken) => Promise<readonly T[]>;
  #found: Map<string, readonly T[]> | undefined;

  constructor(files: WorkspaceFiles, scan: (path: string, token?: CancellationToken) => Promise<readonly T[]>) {
    this.#files = files;
    this.#scan = scan;
  }

  reset(): void {
    this.#found = undefined;
  }

  /** The results of all files in the listing, sorted by path. */
  async all(token?: CancellationToken): Promise<T[]> {
    if (this.#found === undefined) {
      const paths = await this.#files.list(token);
      const lists = await mapBounded(paths, async (path) => await this.#scan(path, token), token);
      const found = paths.map((path, at) => [path, lists[at] ?? []] as const);
      this.#found = new Map(found.filter(([, results]) => results.length > 0));
    }
    return [...this.#found].sort(([a], [b]) => compareText(a, b)).flatMap(([, results]) => results);
  }

  /** The results of one file, as far as it was looked at. */
  of(path: string): readonly T[] {
    return this.#found?.get(path) ?? [];
  }

  /** Files that have results, as far as they were looked at. */
  get paths(): Iterable<string> {
    return this.#found?.keys() ?? [];
  }

  /** Looks at these files again, if they were looked at before; answers those whose results changed. */
  async refresh(paths: Iterable<string>, token?: CancellationToken): Promise<string[]> {
    const found = this.#found;
    if (found === undefined) return [];
    const changed: string[] = [];
    for (const path of paths) {
      const fresh = this.#files.has(path) ? await this.#scan(path, token) : [];
      if (JSON.stringify(fresh) === JSON.stringify(found.get(path) ?? [])) continue;
      changed.push(path);
      if (fresh.length === 0) found.delete(path);
      else found.set(path, fresh);
    }
    return changed;
  }
}
