import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import picomatch from 'picomatch';
import { EngineError, alwaysExcluded, mayHold } from '../engine/index.ts';
import type { FileStat, FileSystem, Git } from '../engine/index.ts';
import { listByGit } from './listByGit.ts';
import { listByWalk } from './listByWalk.ts';
import { createLimit, createLookThrough, readRegularFile, readRegularFileNow } from './readFile.ts';

export interface FileSystemOptions {
  /** Lists by it; without it the folders are walked, and their `.gitignore` files read. */
  readonly git?: Git | undefined;
  /** Globs of files that are not listed, besides `alwaysExcluded`. */
  readonly exclude?: readonly string[];
  /** Reading may hold up the event loop: for the command line, never for an editor. */
  readonly mayBlock?: boolean;
}

/** Enough to keep Node's four file threads busy, and far from any limit on open files. */
const readsAtOnce = 64;

/** The disk below `root`, an absolute path. Links are never followed out of it. */
export function createFileSystem(
  root: string,
  { git, exclude = [], mayBlock = false }: FileSystemOptions = {},
): FileSystem {
  const globs = [...alwaysExcluded, ...exclude];
  const limit = createLimit(readsAtOnce);
  const readFile = mayBlock ? readRegularFileNow : readRegularFile;
  const lookThrough = createLookThrough();
  const readIfHolds: FileSystem['readIfHolds'] = async (file, words) => {
    const isWanted = (bytes: Uint8Array): boolean => mayHold(bytes, words);
    return await readInside(root, file, (absolute) => lookThrough(absolute, isWanted));
  };
  return {
    list: async (token) => {
      const isExcluded = picomatch(globs, { dot: true });
      const listed = git === undefined ? await listByWalk(root, globs, token) : await listByGit(root, git, token);
      return listed.filter((file) => !isExcluded(file)).sort();
    },
    read: (file) => limit(() => readInside(root, file, readFile)),
    ...(mayBlock ? { readIfHolds } : {}),
    stat: (file) => statInside(root, file),
  };
}

async function readInside<T>(root: string, file: string, read: (absolute: string) => Promise<T>): Promise<T> {
  const absolute = path.join(root, file);
  try {
    return await read(absolute);
  } catch (error) {
    if (errorCode(error) !== 'ELOOP') throw unreadable(file, error);
  }
  try {
    return await read(await realpathInside(root, absolute));
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function statInside(root: string, file: string): Promise<FileStat> {
  try {
    const found = await stat(await realpathInside(root, path.join(root, file)));
    const kind = found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'missing';
    if (kind !== 'file') return { kind, size: 0, ...(await linkOn(root, file)) };
    return { kind, size: found.size, ...(process.platform === 'win32' ? {} : { executable: isProgram(found) }) };
  } catch (error) {
    if (errorCode(error) === 'EACCES') throw unreadable(file, error);
    return { kind: 'missing', size: 0, ...(await linkOn(root, file)) };
  }
}

/** Whether a path is a link, or leads through one. */
async function linkOn(root: string, file: string): Promise<{ isLink?: true }> {
  const parts = file.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const found = await lstat(path.join(root, ...parts.slice(0, depth))).catch(() => undefined);
    if (found?.isSymbolicLink() === true) return { isLink: true };
    if (found === undefined) break;
  }
  return {};
}

function isProgram({ mode }: { readonly mode: number }): boolean {
  return (mode & 0o100) !== 0;
}

/** @throws an error with code `ELOOP` for a path that leads out of the root. */
async function realpathInside(root: string, absolute: string): Promise<string> {
  const [realRoot, real] = await Promise.all([realpath(root), realpath(absolute)]);
  const relative = path.relative(realRoot, real);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    throw Object.assign(new Error(`${absolute} leads out of ${root}`), { code: 'ELOOP' });
  }
  return real;
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'a folder on its path is a file',
  EISDIR: 'it is a folder, not a file',
  ENOTREG: 'it is not a regular file',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'it is a link that leads in a circle or out of the workspace',
};

function unreadable(file: string, error: unknown): EngineError {
  const code = errorCode(error);
  // Such a name has become another one on its way to us.
  if (code === 'ENOENT' && file.includes('\uFFFD'))
    return new EngineError('unreadable', `Cannot read ${file}: its name is not UTF-8.`);
  const cause = (code !== undefined && causes[code]) ?? (error instanceof Error ? error.message : String(error));
  return new EngineError('unreadable', `Cannot read ${file}: ${String(cause)}.`);
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
