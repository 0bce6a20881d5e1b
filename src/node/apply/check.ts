import { lstat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { EngineError, refusals } from '../../engine/index.ts';
import type { Refusal } from '../../engine/index.ts';
import { readRegularFile } from '../readFile.ts';
import { systemCode, unlessMissing } from '../state/disk.ts';
import { Folders } from './folders.ts';
import { modeAfter, sameBytes, type Task, type Wanted } from './task.ts';

/** What can be done of a plan, judged before anything is touched. */
export interface Judged {
  readonly tasks: readonly Task[];
  /** Workspace paths of files that are as planned already. */
  readonly done: readonly string[];
  readonly refused: readonly Refusal[];
  /** Workspace paths of folders to make, parents first. */
  readonly newFolders: readonly string[];
}

/**
 * @throws EngineError `unwritable` for a file or folder that is read-only.
 * @throws RangeError for a path that leads out of the root.
 */
export async function judge(root: string, all: readonly Wanted[]): Promise<Judged> {
  for (const { path } of all) assertInside(path);
  const folders = new Folders(root);
  const tasks: Task[] = [];
  const done: string[] = [];
  const refused: Refusal[] = [];
  for (const wanted of all) {
    const verdict = await judgeOne(root, wanted, folders);
    if (verdict === 'done') done.push(wanted.path);
    else if (typeof verdict === 'string') refused.push({ path: wanted.path, reason: verdict });
    else tasks.push(verdict);
  }
  for (const task of tasks) await folders.assertWritable(task);
  const newFolders = folders.missingAbove(tasks.filter((task) => task.after !== undefined).map((task) => task.path));
  return { tasks, done, refused, newFolders };
}

/**
 * Whatever a file system may take for a way out, or into git's own folder: `.GIT`, `git~1`, `.git ` and `.git.` are
 * that folder on some.
 * @throws RangeError
 */
export function assertInside(file: string): void {
  const isBad = file.split(process.platform === 'win32' ? /[\\/]/u : '/').some(isBadPart);
  if (isBad || file.includes('\0') || path.isAbsolute(file) || path.win32.parse(file).root !== '')
    throw new RangeError(`${file} is not a path in the workspace that a plan may change.`);
}

function isBadPart(part: string): boolean {
  return part === '' || part === '.' || part === '..' || /^(?:\.git|git~1|\.tree-unifier)[. ]*$/iu.test(part);
}

/** The task, `done`, or the reason why not. */
async function judgeOne(root: string, wanted: Wanted, folders: Folders): Promise<Task | string> {
  const absolute = path.join(root, wanted.path);
  const problem = await folders.problemAbove(wanted.path);
  if (problem !== undefined) return problem;
  const found = await unlessMissing(lstat(absolute));
  if (found?.isSymbolicLink() === true) return 'It is a symbolic link.';
  if (found?.isDirectory() === true) return 'A folder is in its place.';
  if (found?.isFile() === false) return 'It is not a regular file.';
  const before = found === undefined ? undefined : await readNow(wanted.path, absolute);
  const task = { ...wanted, absolute, before, found };
  if (isDone(task)) return 'done';
  return reasonAgainst(wanted, before) ?? task;
}

function reasonAgainst({ isBefore }: Wanted, before: Uint8Array | undefined): string | undefined {
  if (before === undefined) return isBefore === undefined ? undefined : refusals.gone;
  if (isBefore === undefined) return refusals.exists;
  return isBefore(before) ? undefined : refusals.changed;
}

function isDone({ before, after, found, executable }: Task): boolean {
  if (before === undefined || after === undefined || found === undefined) return before === after;
  return sameBytes(before, after) && modeAfter(found.mode, executable) === (found.mode & 0o7777);
}

async function readNow(file: string, absolute: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(absolute);
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    throw new EngineError('unwritable', `Nothing was changed: ${file} may not be read. Give yourself the right to.`);
  }
}
