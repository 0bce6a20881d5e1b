import { lstat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { groupBy, throwIfCancelled } from '../../engine/index.ts';
import type { CancellationToken } from '../../engine/index.ts';
import { unlessMissing } from '../state/disk.ts';
import type { BytePath, Found } from './model.ts';

/** For calls of the file system, which take any bytes for a path. */
export function absoluteOf(root: string, file: BytePath): Buffer {
  return Buffer.concat([Buffer.from(`${root}${path.sep}`), Buffer.from(file, 'latin1')]);
}

export function toBytePath(file: string): BytePath {
  return Buffer.from(file, 'utf8').toString('latin1');
}

export function toText(file: BytePath): string {
  return Buffer.from(file, 'latin1').toString('utf8');
}

/** `''` for a file in the root. */
export function folderOf(file: BytePath): BytePath {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/**
 * Those that are files or links on the disk, in real folders: a path behind a folder that has become a link is not in
 * this work tree.
 */
export async function findPresent(
  root: string,
  named: Iterable<BytePath>,
  token?: CancellationToken,
): Promise<Map<BytePath, Found>> {
  const folders = new RealFolders(root);
  const files = [...new Set(named)].filter((file) => file !== '' && !file.endsWith('/') && !isGitsOwn(file));
  const found = new Map<BytePath, Found>();
  for (const [folder, inside] of groupBy(files, folderOf)) {
    if (!(await folders.isReal(folder))) continue;
    const all = await Promise.all(inside.map((file) => lookAt(root, file)));
    inside.forEach((file, i) => {
      const one = all[i];
      if (one !== undefined) found.set(file, one);
    });
    throwIfCancelled(token);
  }
  return found;
}

export async function lookAt(root: string, file: BytePath): Promise<Found | undefined> {
  const stats = await unlessMissing(lstat(absoluteOf(root, file)));
  if (stats?.isFile() === true) return { kind: 'file', mode: stats.mode & 0o7777 };
  return stats?.isSymbolicLink() === true ? { kind: 'link', mode: 0 } : undefined;
}

/** Git takes no such name into a tree, in any case; no plan touches one either. */
function isGitsOwn(file: BytePath): boolean {
  return /(?:^|\/)\.git(?:\/|$)/iu.test(file);
}

/** Which folders are folders, and so is each above them; asked about again once something has changed. */
class RealFolders {
  readonly #root: string;
  readonly #known = new Map<BytePath, boolean>([['', true]]);

  constructor(root: string) {
    this.#root = root;
  }

  async isReal(folder: BytePath): Promise<boolean> {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const isReal = (await this.isReal(folderOf(folder))) && (await this.#isFolder(folder));
    this.#known.set(folder, isReal);
    return isReal;
  }

  async #isFolder(folder: BytePath): Promise<boolean> {
    const stats = await unlessMissing(lstat(absoluteOf(this.#root, folder)));
    return stats?.isDirectory() === true;
  }
}

/** Windows shows permission bits that mean nothing. */
export const hasModes = process.platform !== 'win32';

/** Every folder above the files, parents first. */
export function foldersOf(files: Iterable<BytePath>): BytePath[] {
  const all = new Set<BytePath>();
  for (const file of files) {
    for (let folder = folderOf(file); folder !== '' && !all.has(folder); folder = folderOf(folder)) all.add(folder);
  }
  return [...all].sort();
}
