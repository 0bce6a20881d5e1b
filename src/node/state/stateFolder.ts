import { randomBytes } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { EngineError } from '../../engine/index.ts';
import type { Git } from '../../engine/index.ts';
import { ask } from './ask.ts';
import { systemCode, unlessMissing, type Disk } from './disk.ts';
import { isAlive } from './processes.ts';

/** Where we keep what must outlive the process: in git's own folder, or in one of ours when there is no git. */
export interface StateFolder {
  /** Absolute; need not be there yet. */
  readonly path: string;
  /** The workspace root: absolute. */
  readonly root: string;
  /** From the top of the work tree to the root, with a slash at its end; `''` when they are the same, or without git. */
  readonly prefix: string;
  /** Absent without git. */
  readonly git?: GitPlaces;
}

export interface GitPlaces {
  /** The absolute path of the index. */
  readonly index: string;
  /** The work tree's own part of git's folder, seen from the part that all work trees share: `.` for the main one. */
  readonly workTree: string;
}

const withoutGit = '.tree-unifier';
const dayMs = 86_400_000;

/** @throws EngineError `git` when git cannot say where its folder is. */
export async function locateState(root: string, git: Git | undefined): Promise<StateFolder> {
  if (git === undefined) return { path: path.join(root, withoutGit), root, prefix: '' };
  const asked = ['--show-prefix', '--git-path', 'tree-unifier', '--git-path', 'index', '--absolute-git-dir'];
  const answer = await ask(git, ['rev-parse', ...asked, '--path-format=absolute', '--git-common-dir']);
  const [prefix, folder, index, own, common, ...more] = answer.split('\n');
  if (prefix === undefined || !folder || !index || !own || !common || more.length > 0)
    throw new EngineError('git', 'Git cannot say where its folder is: does its path hold a line break?');
  const workTree = path.relative(common, own).replaceAll(path.sep, '/') || '.';
  return { path: path.resolve(root, folder), root, prefix, git: { index: path.resolve(root, index), workTree } };
}

/** Makes it when it is not there. Git is told to look away, should there be one some day. */
export async function openState(state: StateFolder, disk: Disk): Promise<void> {
  await makeRealFolder(state.path, disk);
  if (path.basename(state.path) !== withoutGit) return;
  const rules = path.join(state.path, '.gitignore');
  if ((await unlessMissing(lstat(rules))) !== undefined) return;
  await disk.create(rules, { bytes: Buffer.from('*\n'), mode: 0o644 }).catch(unlessThere);
}

/**
 * Makes a folder, unless it is there.
 * @throws EngineError `unwritable` for a link: an unpacked archive may hold one that leads anywhere.
 */
export async function makeRealFolder(folder: string, disk: Disk): Promise<void> {
  const found = await unlessMissing(lstat(folder));
  if (found?.isDirectory() === true) return;
  if (found !== undefined)
    throw new EngineError('unwritable', `${folder} is not a folder, where checkpoints are kept: move it away.`);
  await disk.makeFolder(folder).catch(unlessThere);
}

function unlessThere(error: unknown): void {
  if (systemCode(error) !== 'EEXIST') throw error;
}

/** A path in the state folder that nothing has; the sweep knows by its name whose it is. */
export function newStatePath(state: StateFolder, purpose: 'staging' | 'snapshot' | 'gone'): string {
  return path.join(state.path, `${purpose}-${process.pid}-${randomBytes(6).toString('hex')}`);
}

/** Removes what processes that were killed have left half made. */
export async function sweep(state: StateFolder, disk: Disk): Promise<void> {
  for (const name of (await unlessMissing(readdir(state.path))) ?? []) {
    const pid = /^(?:staging|snapshot|gone)-(\d+)-[\da-f]+$/u.exec(name)?.[1];
    if (pid === undefined) continue;
    const absolute = path.join(state.path, name);
    const found = await unlessMissing(lstat(absolute));
    // A number may have gone to another process meanwhile; nothing of ours takes a day.
    if (!isAlive(Number(pid)) || (found !== undefined && Date.now() - found.mtimeMs > dayMs))
      await disk.removeAll(absolute);
  }
}
