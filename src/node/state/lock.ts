import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { EngineError } from '../../engine/index.ts';
import { explained } from './causes.ts';
import { systemCode, unlessMissing, type Disk } from './disk.ts';
import { isGone, thisProcess, type ProcessMark } from './processes.ts';
import { newStatePath, openState, sweep, type StateFolder } from './stateFolder.ts';

const tries = 5;

/** What a rename gives when a folder with something in it has the name already. */
const isThere = process.platform === 'win32' ? ['EPERM', 'EACCES', 'EEXIST'] : ['ENOTEMPTY', 'EEXIST'];

/**
 * Runs the task while no other process applies or restores here.
 *
 * The lock is a folder with its holder's mark in it. It is made aside and takes its place by one rename, which fails
 * while a folder that is not empty is there: at no moment is there a lock without a holder.
 * @throws EngineError `locked` when another process is at it.
 */
export async function withLock<T>(state: StateFolder, disk: Disk, task: () => Promise<T>): Promise<T> {
  await explained(`Cannot write in ${state.path}`, async () => {
    await openState(state, disk);
    await take(state, disk);
  });
  const [done] = await Promise.allSettled([sweep(state, disk).then(task)]);
  const [released] = await Promise.allSettled([explained('Cannot remove the lock', () => release(state, disk))]);
  // What the task says comes first.
  if (done.status === 'rejected') throw done.reason;
  if (released.status === 'rejected') throw released.reason;
  return done.value;
}

async function take(state: StateFolder, disk: Disk): Promise<void> {
  const ours = newStatePath(state, 'staging');
  await disk.makeFolder(ours);
  await disk.create(path.join(ours, 'holder.json'), { bytes: Buffer.from(JSON.stringify(thisProcess())), mode: 0o644 });
  for (let i = 0; i < tries; i++) {
    if (await takesPlace(ours, lockOf(state), disk)) return;
    const holder = await readHolder(state);
    if (holder !== undefined && !isGone(holder)) {
      await disk.removeAll(ours);
      throw locked(state, holder);
    }
    await moveAside(state, holder, disk);
  }
  await disk.removeAll(ours);
  throw new EngineError('locked', 'Other processes apply or restore here all the time: try again later.');
}

async function takesPlace(ours: string, lock: string, disk: Disk): Promise<boolean> {
  try {
    await disk.rename(ours, lock);
    return true;
  } catch (error) {
    if (isThere.includes(systemCode(error) ?? '')) return false;
    throw error;
  }
}

/** Two may find the same lock stale, and the slower one moves away the quicker one's: then it goes back. */
async function moveAside(state: StateFolder, stale: ProcessMark | undefined, disk: Disk): Promise<void> {
  const aside = newStatePath(state, 'gone');
  try {
    await disk.rename(lockOf(state), aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readMark(aside);
  if (moved === undefined || JSON.stringify(moved) === JSON.stringify(stale)) await disk.removeAll(aside);
  else await disk.rename(aside, lockOf(state));
}

async function release(state: StateFolder, disk: Disk): Promise<void> {
  const aside = newStatePath(state, 'gone');
  await disk.rename(lockOf(state), aside);
  await disk.removeAll(aside);
}

function lockOf(state: StateFolder): string {
  return path.join(state.path, 'lock');
}

function readHolder(state: StateFolder): Promise<ProcessMark | undefined> {
  return readMark(lockOf(state));
}

/** `undefined` when there is none, or not one that we wrote. */
async function readMark(lock: string): Promise<ProcessMark | undefined> {
  const text = await unlessMissing(readFile(path.join(lock, 'holder.json'), 'utf8'));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as ProcessMark;
  } catch (error) {
    // Cut short by a power cut: whoever wrote it is gone.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function locked(state: StateFolder, { pid, host, time }: ProcessMark): EngineError {
  const since = new Date(time).toISOString();
  return new EngineError(
    'locked',
    `Process ${pid} on ${host} has been applying or restoring here since ${since}: wait until it has ended. ` +
      `If it is gone, delete ${lockOf(state)}.`,
  );
}
