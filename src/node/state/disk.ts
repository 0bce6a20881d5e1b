import type { PathLike, Stats } from 'node:fs';
import { chmod, mkdir, open, rename, rm, rmdir, symlink, unlink } from 'node:fs/promises';
import process from 'node:process';

/** How a new file is made. */
export interface NewFile {
  readonly bytes: Uint8Array;
  /** Permission bits; the process's umask takes its share unless they are `exact`. */
  readonly mode: number;
  readonly exact?: boolean;
  /** Gets this owner, where we may give files away. */
  readonly owner?: Pick<Stats, 'uid' | 'gid'> | undefined;
  /** When it was last changed, in seconds since 1970; now when absent. */
  readonly modified?: number | undefined;
  /** On the disk for good, power cut or not, when the promise resolves. */
  readonly durable?: boolean;
}

/** Every call that changes something on the disk: tests let each of them fail, or be the last. */
export interface Disk {
  /** Makes a file that is not there; nothing is left of it when that fails. */
  create(file: PathLike, content: NewFile): Promise<void>;
  createLink(file: PathLike, target: PathLike): Promise<void>;
  /** Takes the place of a file or link that is there. */
  rename(from: PathLike, to: PathLike): Promise<void>;
  unlink(file: PathLike): Promise<void>;
  chmod(file: PathLike, mode: number): Promise<void>;
  /** One folder; its parent must be there. */
  makeFolder(folder: PathLike): Promise<void>;
  /** Only an empty one. */
  removeFolder(folder: PathLike): Promise<void>;
  /** A file or folder of ours, with all it holds; nothing happens when it is not there. */
  removeAll(path: PathLike): Promise<void>;
  /** Makes the names in it durable, where the system can. */
  syncFolder(folder: PathLike): Promise<void>;
}

export const realDisk: Disk = {
  create: createFile,
  createLink: (file, target) => symlink(target, file),
  rename,
  unlink,
  chmod,
  makeFolder: async (folder) => {
    await mkdir(folder);
  },
  removeFolder: rmdir,
  removeAll: (path) => rm(path, { recursive: true, force: true }),
  syncFolder,
};

async function createFile(file: PathLike, content: NewFile): Promise<void> {
  const handle = await open(file, 'wx', content.mode & 0o777);
  try {
    await handle.writeFile(content.bytes);
    const { owner } = content;
    // First the owner: giving a file away clears its set-user-id bit.
    if (owner !== undefined && process.geteuid?.() === 0) await handle.chown(owner.uid, owner.gid);
    if (content.exact === true) await handle.chmod(content.mode);
    if (content.modified !== undefined) await handle.utimes(content.modified, content.modified);
    if (content.durable === true) await handle.datasync();
  } catch (error) {
    await handle.close();
    await unlink(file);
    throw error;
  }
  await handle.close();
}

async function syncFolder(folder: PathLike): Promise<void> {
  // Windows opens no folders, and its file systems keep their names in a journal of their own.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The code of a failed system call: `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What it answers, or `undefined` when there is no such file. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
