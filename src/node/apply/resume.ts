import path from 'node:path';
import { EngineError } from '../../engine/index.ts';
import type { Applied, InterruptedApply, Refusal } from '../../engine/index.ts';
import { explained } from '../state/causes.ts';
import type { Disk } from '../state/disk.ts';
import type { StateFolder } from '../state/stateFolder.ts';
import { assertInside, judge, type Judged } from './check.ts';
import { removeEmptyPackages, removeWhenEmpty } from './emptyFolders.ts';
import { Folders } from './folders.ts';
import { hashOf, readContents, readJournal, retireJournal, type Journal, type JournalEntry } from './journal.ts';
import type { Wanted } from './task.ts';
import { besideOf, Writing } from './write.ts';

/** Completes the apply that was interrupted; the caller holds the lock. */
export async function finish(state: StateFolder, disk: Disk): Promise<Applied> {
  const journal = await readJournal(state);
  if (journal === undefined) throw new EngineError('interrupted', 'There is no interrupted apply to finish.');
  const contents = await readContents(state, journal);
  const root = rootOf(state, journal);
  await removeBesides(root, journal, disk);
  const judged = await judge(
    root,
    journal.entries.map((entry, i) => wantedOf(entry, contents[i])),
  );
  await new Writing(root, disk).run(judged.tasks, judged.newFolders);
  await complete(state, journal, disk);
  return appliedOf(judged, []);
}

/** Every file is as planned: what is left to do are the folders that this emptied. */
export async function complete(state: StateFolder, journal: Journal, disk: Disk): Promise<void> {
  const deleted = journal.entries.filter(({ after }) => after === null).map(({ path }) => path);
  await explained('Everything is applied, but cannot be cleaned up after', async () => {
    await removeEmptyPackages(deleted, rootOf(state, journal), disk);
    await retireJournal(state, disk);
  });
}

/**
 * Forgets an interrupted apply, for a checkpoint that is put back in its stead: what it left beside the files goes.
 * @returns To be called when the files are put back: until then the apply can still be finished.
 */
export async function abandon(state: StateFolder, disk: Disk): Promise<() => Promise<void>> {
  const journal = await readJournal(state);
  // One of a workspace beside this one is not put back with it.
  if (journal?.prefix.startsWith(state.prefix) !== true) return () => Promise.resolve();
  const root = rootOf(state, journal);
  await removeBesides(root, journal, disk);
  return async () => {
    const made = await harmless(root, journal.newFolders);
    for (const folder of made.reverse()) await removeWhenEmpty(path.join(root, folder), disk);
    await retireJournal(state, disk);
  };
}

export function interruptedOf(journal: Journal | undefined): InterruptedApply | undefined {
  if (journal === undefined) return undefined;
  const { phase, checkpoint, time, entries } = journal;
  return { phase, checkpoint, time, paths: entries.map(({ path }) => path).sort() };
}

/** @throws EngineError `interrupted` */
export function assertNoneInterrupted(journal: Journal | undefined): void {
  if (journal === undefined) return;
  const { phase, prefix, time, checkpoint } = journal;
  const where = prefix === '' ? '' : ` in ${prefix}`;
  throw new EngineError(
    'interrupted',
    `The apply of ${phase}${where} at ${time} was interrupted: finish it, or restore the checkpoint ${checkpoint}.`,
  );
}

export function appliedOf({ tasks, done, refused }: Judged, further: readonly Refusal[]): Applied {
  return {
    applied: [...tasks.map(({ path }) => path), ...done].sort(),
    refused: [...refused, ...further].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function wantedOf({ path, before, executable }: JournalEntry, after: Uint8Array | undefined): Wanted {
  const isBefore = before === null ? undefined : (bytes: Uint8Array) => hashOf(bytes) === before;
  return { path, isBefore, after, executable };
}

/** The workspace that the journal is about need not be the one that asks: both may lie in one repository. */
function rootOf(state: StateFolder, { prefix }: Journal): string {
  const up = state.prefix.split('/').filter((part) => part !== '');
  if (prefix !== '') assertInside(prefix.replace(/\/$/u, ''));
  return path.join(state.root, ...up.map(() => '..'), prefix);
}

async function removeBesides(root: string, { entries }: Journal, disk: Disk): Promise<void> {
  const files = entries.map(({ path }) => path);
  for (const file of await harmless(root, files)) await disk.removeAll(besideOf(root, file));
}

/** Those that no link leads out of the root: an unpacked archive may hold a journal that nobody wrote here. */
async function harmless(root: string, files: readonly string[]): Promise<string[]> {
  const folders = new Folders(root);
  const left: string[] = [];
  for (const file of files) {
    assertInside(file);
    if ((await folders.problemAbove(file)) === undefined) left.push(file);
  }
  return left;
}
