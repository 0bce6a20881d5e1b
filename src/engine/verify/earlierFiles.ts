import { EngineError } from '../errors.ts';
import { readBlobs, splitZ } from '../history/objects.ts';
import type { CancellationToken, FileSystem, Git } from '../ports.ts';
import { isPython } from '../python/syntax.ts';

/**
 * The files below the workspace root as they were at a commit or in a tree (of a checkpoint): for measuring an earlier
 * state as the present one is. Python files are read at once, by one git process, when the first is asked for; others
 * are listed and cannot be read.
 *
 * @param treeish anything that names a tree to git
 */
export class EarlierFiles implements FileSystem {
  readonly #git: Git;
  readonly #treeish: string;
  readonly #isListed: (path: string) => boolean;
  #ids: Promise<ReadonlyMap<string, string>> | undefined;
  #blobs: Promise<ReadonlyMap<string, Uint8Array>> | undefined;

  /** `isListed` leaves out what the settings exclude. */
  constructor(git: Git, treeish: string, isListed: (path: string) => boolean = () => true) {
    this.#git = git;
    this.#treeish = treeish;
    this.#isListed = isListed;
  }

  /** @throws EngineError `git` when there is no such tree. */
  async list(token?: CancellationToken): Promise<readonly string[]> {
    return [...(await this.#listed(token)).keys()].sort();
  }

  async read(path: string): Promise<Uint8Array> {
    const id = (await this.#listed()).get(path);
    this.#blobs ??= this.#readPython();
    const bytes = id === undefined ? undefined : (await this.#blobs).get(id);
    if (bytes === undefined) throw new EngineError('unreadable', `${path} cannot be read at ${this.#treeish}.`);
    return bytes;
  }

  async stat(path: string): Promise<{ kind: 'file' | 'directory' | 'missing'; size: number }> {
    const files = await this.#listed();
    if (files.has(path)) return { kind: 'file', size: 0 };
    return { kind: [...files.keys()].some((file) => file.startsWith(`${path}/`)) ? 'directory' : 'missing', size: 0 };
  }

  #listed(token?: CancellationToken): Promise<ReadonlyMap<string, string>> {
    return (this.#ids ??= this.#readTree(token));
  }

  async #readTree(token?: CancellationToken): Promise<ReadonlyMap<string, string>> {
    const { code, stdout, stderr } = await this.#git.run(['ls-tree', '-r', '-z', this.#treeish], { token });
    if (code !== 0)
      throw new EngineError(
        'git',
        `Cannot read the earlier state ${this.#treeish}: ${stderr.trim()}. Name another commit.`,
      );
    const files = new Map<string, string>();
    for (const entry of splitZ(stdout)) {
      const { id, path } = /^100\d{3} blob (?<id>[0-9a-f]+)\t(?<path>[^]+)$/u.exec(entry)?.groups ?? {};
      if (id !== undefined && path !== undefined && this.#isListed(path)) files.set(path, id);
    }
    return files;
  }

  async #readPython(): Promise<ReadonlyMap<string, Uint8Array>> {
    const ids = [...(await this.#listed())].filter(([path]) => isPython(path)).map(([, id]) => id);
    return await readBlobs(this.#git, ids);
  }
}
