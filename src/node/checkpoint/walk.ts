import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import picomatch from 'picomatch';
import { alwaysExcluded, throwIfCancelled } from '../../engine/index.ts';
import type { CancellationToken } from '../../engine/index.ts';
import { isIgnored, ownRules, type Rules } from '../listByWalk.ts';
import { systemCode } from '../state/disk.ts';

/** Files and links, relative to the root, that no `.gitignore` excludes; a link is listed, never followed. */
export async function walkWithLinks(root: string, token: CancellationToken | undefined): Promise<string[]> {
  const isExcluded = picomatch([...alwaysExcluded], { dot: true });
  const found: string[] = [];
  const walk = async (folder: string, inherited: readonly Rules[]): Promise<void> => {
    const entries = await readable(path.join(root, folder));
    const rules = [...(await ownRules(root, folder, entries)), ...inherited];
    throwIfCancelled(token);
    for (const entry of entries) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (isExcluded(isFolder ? `${file}/` : file) || isIgnored(rules, file, isFolder)) continue;
      if (isFolder) await walk(file, rules);
      else if (entry.isFile() || entry.isSymbolicLink()) found.push(file);
    }
  };
  await walk('', []);
  return found;
}

/** A folder that may not be read is passed over, as git does. */
async function readable(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (['EACCES', 'EPERM', 'ENOENT'].includes(systemCode(error) ?? '')) return [];
    throw error;
  }
}
