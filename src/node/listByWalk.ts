import { readdir, type Dirent } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { throwIfCancelled } from '../engine/index.ts';
import type { CancellationToken } from '../engine/index.ts';
import { readRegularFile } from './readFile.ts';

/** The rules of one `.gitignore`, with the folder it lies in: `''` for the root, else `a/b`. */
export interface Rules {
  readonly folder: string;
  readonly ignore: Ignore;
}

/**
 * The regular files below `root` that no `.gitignore` excludes, in no order; links are not followed.
 *
 * fast-glob walks. What it may see is decided here, as it reads each folder, so that an ignored folder is never
 * entered, however large.
 * @param exclude Globs. A folder is left out here when one that ends in `/**` matches it; files are the caller's.
 */
export async function listByWalk(
  root: string,
  exclude: readonly string[],
  token?: CancellationToken,
): Promise<string[]> {
  const isExcludedFolder = picomatch(
    exclude.filter((pattern) => pattern.endsWith('/**')),
    { dot: true },
  );
  const rulesOf = new Map<string, readonly Rules[]>();
  const visible = async (folder: string, entries: readonly Dirent[]): Promise<Dirent[]> => {
    const inherited = rulesOf.get(path.posix.dirname(`/${folder}`)) ?? [];
    const rules = [...(await ownRules(root, folder, entries)), ...(folder === '' ? [] : inherited)];
    rulesOf.set(`/${folder}`, rules);
    throwIfCancelled(token);
    return entries.filter((entry) => {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return !isExcludedFolder(file) && !isIgnored(rules, file, true);
      return entry.isFile() && !isIgnored(rules, file, false);
    });
  };
  // Loaded when first needed: where git lists, it is not, and the extension's start does not wait for it.
  const { default: glob } = await import('fast-glob');
  return glob('**', {
    cwd: root,
    dot: true,
    followSymbolicLinks: false,
    // A folder that may not be read is passed over, as git does.
    suppressErrors: true,
    fs: { readdir: filteredReaddir(root, visible) as typeof readdir },
  }).finally(() => {
    throwIfCancelled(token);
  });
}

type ReaddirCallback = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

/** `fs.readdir` in the one form that fast-glob calls, with what is not visible left out. */
function filteredReaddir(
  root: string,
  visible: (folder: string, entries: readonly Dirent[]) => Promise<Dirent[]>,
): (absolute: string, options: { withFileTypes: true }, callback: ReaddirCallback) => void {
  return (absolute, options, callback) => {
    readdir(absolute, options, (error, entries) => {
      if (error) {
        callback(error, []);
        return;
      }
      const folder = path.relative(root, absolute).replaceAll(path.sep, '/');
      visible(folder, entries).then(
        (left) => {
          callback(null, left);
        },
        (cause: unknown) => {
          callback(cause as NodeJS.ErrnoException, []);
        },
      );
    });
  };
}

/** Zero or one; a `.gitignore` that is a link counts for nothing, as in git. */
export async function ownRules(root: string, folder: string, entries: readonly Dirent[]): Promise<Rules[]> {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return [];
  const bytes = await readRegularFile(path.join(root, folder, '.gitignore'));
  const patterns = bytes.toString('utf8').replace(/^\uFEFF/u, '');
  const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';
  return [{ folder, ignore: ignore({ ignoreCase }).add(patterns) }];
}

/** The deepest `.gitignore` that says something about the path decides. */
export function isIgnored(rules: readonly Rules[], file: string, isFolder: boolean): boolean {
  for (const { folder, ignore } of rules) {
    const inside = folder === '' ? file : file.slice(folder.length + 1);
    const parent = path.posix.dirname(inside);
    // We are in a folder that these rules ignore: a deeper file let us in, and so these have no more to say.
    if (parent !== '.' && ignore.test(`${parent}/`).ignored) continue;
    const { ignored, unignored } = ignore.test(isFolder ? `${inside}/` : inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}
