import type { CancellationToken } from '../ports.ts';
import { decode } from '../text/decode.ts';
import { containsAscii } from '../text/search.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { PerFile } from '../tree/perFile.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import { findDepthSensitive } from './depth.ts';
import type { DepthFinding } from './model.ts';

/** Words without which no file finds its own folder. */
const OWN_FOLDER = ['__file__', 'dirname', '~dp0', 'PSScriptRoot', '%(here)s', '%/*}'];

/** The depth-sensitive paths of all canonical trees, kept and brought up to date. */
export class DepthScan {
  readonly #pairs: readonly TreePair[];
  readonly #files: WorkspaceFiles;
  readonly #found: PerFile<DepthFinding>;

  constructor(pairs: readonly TreePair[], files: WorkspaceFiles) {
    this.#pairs = pairs;
    this.#files = files;
    this.#found = new PerFile(files, async (path) => await this.scan(path));
  }

  reset(): void {
    this.#found.reset();
  }

  /** Sorted by path and offset. */
  async all(token?: CancellationToken): Promise<DepthFinding[]> {
    return await this.#found.all(token);
  }

  /** Looks at these files again; answers those whose findings changed. */
  async refresh(paths: readonly string[]): Promise<string[]> {
    return await this.#found.refresh(paths);
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
