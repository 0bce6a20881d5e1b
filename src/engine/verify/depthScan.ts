import type { CancellationToken } from '../ports.ts';
import { decode } from '../text/decode.ts';
import { containsAscii } from '../text/search.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { compareText, mapBounded } from '../tree/files.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import { findDepthSensitive } from './depth.ts';
import type { DepthFinding } from './model.ts';

/** Words without which no file finds its own folder. */
const OWN_FOLDER = ['__file__', 'dirname', '~dp0', 'PSScriptRoot', '%(here)s'];

/** The depth-sensitive paths of all canonical trees, kept and brought up to date. */
export class DepthScan {
  readonly #pairs: readonly TreePair[];
  readonly #files: WorkspaceFiles;
  #found: Map<string, readonly DepthFinding[]> | undefined;

  constructor(pairs: readonly TreePair[], files: WorkspaceFiles) {
    this.#pairs = pairs;
    this.#files = files;
  }

  reset(): void {
    this.#found = undefined;
  }

  /** Sorted by path and offset. */
  async all(token?: CancellationToken): Promise<DepthFinding[]> {
    if (this.#found === undefined) {
      const paths = (await this.#files.list(token)).filter((path) => this.#pairOf(path) !== undefined);
      const lists = await mapBounded(paths, async (path) => await this.scan(path), token);
      this.#found = new Map(
        paths.flatMap((path, at) => ((lists[at]?.length ?? 0) > 0 ? [[path, lists[at] ?? []]] : [])),
      );
    }
    return [...this.#found].sort(([a], [b]) => compareText(a, b)).flatMap(([, findings]) => findings);
  }

  /** Looks at these files again; answers those whose findings changed. */
  async refresh(paths: readonly string[]): Promise<string[]> {
    const found = this.#found;
    if (found === undefined) return [];
    const changed: string[] = [];
    for (const path of paths) {
      const fresh = this.#files.has(path) ? await this.scan(path) : [];
      if (JSON.stringify(fresh) === JSON.stringify(found.get(path) ?? [])) continue;
      changed.push(path);
      if (fresh.length === 0) found.delete(path);
      else found.set(path, fresh);
    }
    return changed;
  }

  /** The findings of one file as it is now; none outside the canonical trees. */
  async scan(path: string): Promise<readonly DepthFinding[]> {
    const pair = this.#pairOf(path);
    const bytes = pair === undefined ? undefined : await this.#files.bytes(path);
    if (pair === undefined || bytes === undefined || !OWN_FOLDER.some((word) => containsAscii(bytes, word))) return [];
    const decoded = decode(bytes);
    return decoded.kind === 'text'
      ? findDepthSensitive(pair, pathInTree(pair.canonical, path) ?? path, decoded.text)
      : [];
  }

  #pairOf(path: string): TreePair | undefined {
    return this.#pairs.find(({ canonical }) => pathInTree(canonical, path) !== undefined);
  }
}
