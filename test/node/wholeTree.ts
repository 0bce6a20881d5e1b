import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Everything below a folder, empty folders too, as `path` → `mode kind content`; content one character a byte.
 * @param leaveOut Names at the top that are not looked at.
 */
export function wholeTree(
  root: string,
  leaveOut: readonly string[] = ['.git', '.tree-unifier'],
): Record<string, string> {
  const all: Record<string, string> = {};
  const walk = (folder: string): void => {
    const names = readdirSync(path.join(root, folder)).sort();
    if (names.length === 0 && folder !== '') all[`${folder}/`] = 'empty folder';
    for (const name of names) {
      if (folder === '' && leaveOut.includes(name)) continue;
      const file = folder === '' ? name : `${folder}/${name}`;
      const absolute = path.join(root, file);
      const stats = lstatSync(absolute);
      if (stats.isDirectory()) walk(file);
      else if (stats.isSymbolicLink()) all[file] = `link ${readlinkSync(absolute)}`;
      else all[file] = `${(stats.mode & 0o7777).toString(8)} ${readFileSync(absolute, 'latin1')}`;
    }
  };
  walk('');
  return all;
}
