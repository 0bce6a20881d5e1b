import { constants } from 'node:fs';
import { access, lstat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../engine/index.ts';
import { systemCode, unlessMissing } from '../state/disk.ts';
import type { Task } from './task.ts';

/** `problem` is a sentence: why no file may be written in it. */
type Folder = 'real' | 'missing' | { readonly problem: string };

/** The folders above the files of a plan, each looked at once. Paths are relative to the root; `''` is the root. */
export class Folders {
  readonly #root: string;
  readonly #known = new Map<string, Folder>();
  readonly #writable = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Why a file must not be written there: a link may lead anywhere, and a repository inside is somebody else's. */
  async problemAbove(file: string): Promise<string | undefined> {
    let above: Folder = 'real';
    for (const folder of foldersAbove(file)) {
      const known: Folder = this.#known.get(folder) ?? (above === 'missing' ? 'missing' : await this.#look(folder));
      this.#known.set(folder, known);
      if (typeof known === 'object') return known.problem;
      above = known;
    }
    return undefined;
  }

  /** Those that are not there, of files that were asked about; parents first. */
  missingAbove(files: readonly string[]): string[] {
    return [...new Set(files.flatMap(foldersAbove))].filter((folder) => this.#known.get(folder) === 'missing').sort();
  }

  /**
   * Where a rename would replace a file that is marked as read-only, its owner meant it.
   * @throws EngineError `unwritable`
   */
  async assertWritable({ path: file, absolute, found }: Task): Promise<void> {
    if (found !== undefined && ((found.mode & 0o222) === 0 || !(await isWritable(absolute)))) throw readOnly(file);
    const folder = foldersAbove(file).findLast((above) => this.#known.get(above) === 'real') ?? '';
    const writable = this.#writable.get(folder) ?? (await isWritable(path.join(this.#root, folder)));
    this.#writable.set(folder, writable);
    if (!writable) throw readOnly(folder === '' ? 'the workspace folder' : `the folder ${folder}`);
  }

  async #look(folder: string): Promise<Folder> {
    const absolute = path.join(this.#root, folder);
    const found = await unlessMissing(lstat(absolute));
    if (found === undefined) return 'missing';
    if (found.isSymbolicLink()) return { problem: `The folder ${folder} is a symbolic link.` };
    if (!found.isDirectory()) return { problem: `${folder} is a file, not a folder.` };
    if ((await unlessMissing(lstat(path.join(absolute, '.git')))) === undefined) return 'real';
    return { problem: `The folder ${folder} is a repository of its own.` };
  }
}

/** `a/b/c.py` is in `a` and `a/b`. */
export function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

async function isWritable(absolute: string): Promise<boolean> {
  try {
    await access(absolute, constants.W_OK);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

function readOnly(what: string): EngineError {
  return new EngineError('unwritable', `Nothing was changed: ${what} is read-only. Make it writable, and apply again.`);
}
