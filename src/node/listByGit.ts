import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { EngineError, groupBy, throwIfCancelled } from '../engine/index.ts';
import type { CancellationToken, Git } from '../engine/index.ts';

/**
 * The regular files on disk that git tracks or would track, relative to `root`, in no order.
 *
 * Git also names deleted and skip-worktree files, submodules, links, and files behind a folder that has become a link.
 * The disk decides: each folder is read once, and only where its parent is a real folder (no call per file).
 * @throws EngineError `git` when git cannot list.
 */
export async function listByGit(root: string, git: Git, token?: CancellationToken): Promise<string[]> {
  const { code, stdout, stderr } = await git.run(['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    token,
  });
  if (code !== 0)
    throw new EngineError('git', `Cannot list the files: ${stderr.trim() || `git ls-files gave ${code}`}.`);
  // A conflicted file comes once per stage; a repository inside this one comes as a folder, with a slash.
  const named = new Set(Buffer.from(stdout).toString('utf8').split('\0'));
  const byFolder = groupBy(
    [...named].filter((file) => file !== '' && !file.endsWith('/')),
    folderOf,
  );
  const found = new Disk(root);
  await found.readFolders(byFolder.keys(), token);
  const files = await Promise.all([...byFolder].map(([folder, named]) => found.filesIn(folder, named)));
  throwIfCancelled(token);
  return files.flat();
}

/** What the folders hold, as the disk tells it; folders behind a link hold nothing. */
class Disk {
  readonly #root: string;
  readonly #entries = new Map<string, ReadonlyMap<string, Dirent>>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Level by level, since a folder is only entered where its parent says that it is one. */
  async readFolders(folders: Iterable<string>, token: CancellationToken | undefined): Promise<void> {
    const levels = groupBy(withAncestors(folders), depth);
    for (const level of [...levels.keys()].sort((a, b) => a - b)) {
      await Promise.all((levels.get(level) ?? []).map((folder) => this.#readFolder(folder)));
      throwIfCancelled(token);
    }
  }

  async #readFolder(folder: string): Promise<void> {
    if (folder !== '' && (await this.#type(folder))?.isDirectory() !== true) return;
    try {
      const entries = await readdir(path.join(this.#root, folder), { withFileTypes: true });
      this.#entries.set(folder, new Map(entries.map((entry) => [entry.name, entry])));
    } catch (error) {
      // A folder that may not be read still has what git knows: reading each of its files then says why it cannot.
      if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) return;
      this.#entries.set(folder, new Map());
    }
  }

  async filesIn(folder: string, named: readonly string[]): Promise<readonly string[]> {
    if (!this.#entries.has(folder)) return [];
    const types = await Promise.all(named.map((file) => this.#type(file)));
    return named.filter((_, i) => types[i]?.isFile());
  }

  /** A name that its folder does not list may differ from git's by case or Unicode form alone: then ask for it by name. */
  async #type(file: string): Promise<Pick<Dirent, 'isFile' | 'isDirectory'> | undefined> {
    const entries = this.#entries.get(folderOf(file));
    if (entries === undefined) return undefined;
    const listed = entries.get(file.slice(file.lastIndexOf('/') + 1));
    return listed ?? (await lstat(path.join(this.#root, file)).catch(typeOfUnseen));
  }
}

/** What may not be looked at is either: it must not count as deleted. */
function typeOfUnseen(error: unknown): Pick<Dirent, 'isFile' | 'isDirectory'> | undefined {
  const isForbidden = error instanceof Error && 'code' in error && error.code === 'EACCES';
  return isForbidden ? { isFile: () => true, isDirectory: () => true } : undefined;
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

function depth(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

function withAncestors(folders: Iterable<string>): Set<string> {
  const all = new Set<string>(['']);
  for (let folder of folders) {
    for (; !all.has(folder); folder = folderOf(folder)) all.add(folder);
  }
  return all;
}
