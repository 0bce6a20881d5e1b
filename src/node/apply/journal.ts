import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../engine/index.ts';
import type { ApplySource } from '../../engine/index.ts';
import { unlessMissing, type Disk } from '../state/disk.ts';
import { newStatePath, type StateFolder } from '../state/stateFolder.ts';
import type { Task } from './task.ts';

/** One file of an apply; the hashes are SHA-256 in hexadecimal, `null` where the file is not there. */
export interface JournalEntry {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Where its new content lies in the journal's second file: bytes. */
  readonly offset: number;
  readonly length: number;
  readonly executable?: boolean;
}

/**
 * What is known of an apply before it touches the first file; there while it is at work, and after it was killed.
 *
 * Two files in a folder that is made aside and takes its place by one rename: `journal.json`, which is this, and
 * `contents`, every new content one after the other.
 */
export interface Journal extends ApplySource {
  readonly version: 1;
  readonly time: string;
  /** As in {@link StateFolder}: one repository may hold several workspaces. */
  readonly prefix: string;
  /** Workspace paths of folders that were not there. */
  readonly newFolders: readonly string[];
  readonly entries: readonly JournalEntry[];
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What the journal will say of these tasks. */
export function entriesOf(tasks: readonly Task[]): JournalEntry[] {
  let end = 0;
  return tasks.map(({ path, before, after, executable }) => {
    const offset = end;
    end += after?.length ?? 0;
    return {
      path,
      before: before === undefined ? null : hashOf(before),
      after: after === undefined ? null : hashOf(after),
      offset,
      length: end - offset,
      ...(executable === undefined ? {} : { executable }),
    };
  });
}

/** From its last rename on, the apply is one that can be finished. */
export async function commitJournal(
  state: StateFolder,
  journal: Journal,
  contents: readonly Uint8Array[],
  disk: Disk,
): Promise<void> {
  const staging = newStatePath(state, 'staging');
  await disk.makeFolder(staging);
  try {
    await disk.create(path.join(staging, 'contents'), durable(Buffer.concat(contents)));
    await disk.create(path.join(staging, 'journal.json'), durable(Buffer.from(JSON.stringify(journal))));
    await disk.syncFolder(staging);
    await disk.rename(staging, placeOf(state));
  } catch (error) {
    await disk.removeAll(staging);
    throw error;
  }
  try {
    await disk.syncFolder(state.path);
  } catch (error) {
    await retireJournal(state, disk);
    throw error;
  }
}

function durable(bytes: Uint8Array): { bytes: Uint8Array; mode: number; durable: true } {
  return { bytes, mode: 0o600, durable: true };
}

/** From its first rename on, nothing was ever interrupted. */
export async function retireJournal(state: StateFolder, disk: Disk): Promise<void> {
  const aside = newStatePath(state, 'gone');
  await disk.rename(placeOf(state), aside);
  await disk.syncFolder(state.path);
  await disk.removeAll(aside);
}

/**
 * The journal of an apply that is under way or was interrupted.
 * @throws EngineError `interrupted` when what is there is not a journal.
 */
export async function readJournal(state: StateFolder): Promise<Journal | undefined> {
  const text = await unlessMissing(readFile(path.join(placeOf(state), 'journal.json'), 'utf8'));
  if (text === undefined) return undefined;
  try {
    const journal = JSON.parse(text) as Journal;
    if ((journal.version as number) === 1) return journal;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw damaged(state);
}

/** The new content of each file, `undefined` for one that goes. */
export async function readContents(state: StateFolder, { entries }: Journal): Promise<(Buffer | undefined)[]> {
  const all = await readFile(path.join(placeOf(state), 'contents'));
  return entries.map(({ after, offset, length }) => {
    if (after === null) return undefined;
    const bytes = all.subarray(offset, offset + length);
    if (hashOf(bytes) !== after) throw damaged(state);
    return bytes;
  });
}

function damaged(state: StateFolder): EngineError {
  return new EngineError(
    'interrupted',
    `What was kept of an interrupted apply is damaged: restore its checkpoint, or delete ${placeOf(state)}.`,
  );
}

function placeOf(state: StateFolder): string {
  return path.join(state.path, 'journal');
}
