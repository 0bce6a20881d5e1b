import type { PathLike } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode, unlessMissing, type Disk } from '../state/disk.ts';
import { foldersAbove } from './folders.ts';

/** Removes, deepest first, the folders above the files (relative to a root) that hold nothing, but never the root. */
export async function removeEmptyFolders(
  files: readonly string[],
  absoluteOf: (folder: string) => PathLike,
  disk: Disk,
): Promise<void> {
  for (const folder of deepestFirst(files)) await removeWhenEmpty(absoluteOf(folder), disk);
}

/**
 * The same; and a folder that holds nothing but Python's cache of what was deleted goes as well, with that cache: else
 * the folder would stay, and Python import it as a package without a file.
 */
export async function removeEmptyPackages(files: readonly string[], root: string, disk: Disk): Promise<void> {
  for (const folder of deepestFirst(files)) {
    const absolute = path.join(root, folder);
    const entries = await unlessMissing(readdir(absolute));
    if (entries?.length === 1 && entries[0] === '__pycache__')
      await removeCache(path.join(absolute, '__pycache__'), disk);
    await removeWhenEmpty(absolute, disk);
  }
}

async function removeCache(cache: string, disk: Disk): Promise<void> {
  const entries = (await unlessMissing(readdir(cache, { withFileTypes: true }))) ?? [];
  if (entries.every((entry) => entry.isFile() && /\.py[co]$/u.test(entry.name))) await disk.removeAll(cache);
}

function deepestFirst(files: readonly string[]): string[] {
  // A folder sorts before what is in it.
  return [...new Set(files.flatMap(foldersAbove))].sort().reverse();
}

/** Removes a folder that holds nothing; any other stays. */
export async function removeWhenEmpty(folder: PathLike, disk: Disk): Promise<void> {
  const entries = await unlessMissing(readdir(folder, { encoding: 'buffer' }));
  if (entries === undefined || entries.length > 0) return;
  try {
    await disk.removeFolder(folder);
  } catch (error) {
    // Something came into it, or it is somebody's current folder, or above it nothing may be removed: then it stays.
    if (!['ENOTEMPTY', 'EEXIST', 'EBUSY', 'EACCES', 'EPERM', 'ENOENT'].includes(systemCode(error) ?? '')) throw error;
  }
}
