import { chmod, lstat } from 'node:fs/promises';
import { EngineError, throwIfCancelled } from '../../engine/index.ts';
import type { Applied, ApplySource, CancellationToken, FileOutcome, Git } from '../../engine/index.ts';
import { explained } from '../state/causes.ts';
import { realDisk, unlessMissing, type Disk } from '../state/disk.ts';
import { withLock } from '../state/lock.ts';
import { locateState } from '../state/stateFolder.ts';
import { judge, type Judged } from './check.ts';
import { collisions } from './collisions.ts';
import { removeEmptyPackages } from './emptyFolders.ts';
import { commitJournal, entriesOf, readJournal, retireJournal } from './journal.ts';
import { appliedOf, assertNoneInterrupted, complete } from './resume.ts';
import { modeAfter, sameBytes, type Task, type Wanted } from './task.ts';

/** What the disk does of an apply whose files an editor writes. */
export interface GuardedWriting {
  /**
   * Judges the files as the disk's own applier does, lets the editor write those that are as planned, and sees to their
   * modes and to the folders left empty. Killed on its way, it can be finished or taken back like any other apply.
   * @param holds what an unsaved document would be saved as; `undefined` for a file as it is on the disk
   * @throws EngineError `unwritable` when nothing was changed; `interrupted` when only a part of it was.
   */
  run(
    outcomes: readonly FileOutcome[],
    source: ApplySource,
    editor: { holds(path: string): Uint8Array | undefined; write(paths: readonly string[]): Promise<void> },
    token?: CancellationToken,
  ): Promise<Applied>;
  /** The same modes and folders, where a person has applied as much of the plan as they liked. */
  tidy(outcomes: readonly FileOutcome[]): Promise<void>;
}

/** For the files below `root`, an absolute path. */
export function createGuardedWriting(root: string, { git, disk = realDisk }: GuardOptions = {}): GuardedWriting {
  return {
    run: async (outcomes, source, editor, token) => {
      const state = await locateState(root, git);
      return withLock(state, disk, async () => {
        assertNoneInterrupted(await readJournal(state));
        const refused = await collisions(outcomes, state.path);
        const wanted = outcomes.filter(({ path }) => refused.every((refusal) => refusal.path !== path)).map(wantedOf);
        const judged = await judge(
          root,
          wanted.map((one) => withUnsaved(one, editor.holds(one.path))),
        );
        throwIfCancelled(token);
        if (judged.tasks.length > 0) {
          const { tasks, newFolders } = judged;
          const journal = {
            ...{ version: 1 as const, time: new Date().toISOString(), prefix: state.prefix },
            ...{ phase: source.phase, checkpoint: source.checkpoint, newFolders, entries: entriesOf(tasks) },
          };
          const contents = tasks.map(({ after }) => after ?? new Uint8Array());
          await explained('Nothing was changed: cannot write what is to be applied', () =>
            commitJournal(state, journal, contents, disk),
          );
          const isUntouched = await write(root, judged, (paths) => editor.write(paths));
          if (isUntouched !== undefined) {
            await retireJournal(state, disk);
            throw isUntouched;
          }
          for (const task of tasks) await giveMode(task);
          await complete(state, journal, disk);
        }
        return appliedOf(judged, refused);
      });
    },
    tidy: async (outcomes) => {
      const { tasks, done } = await judge(root, outcomes.map(asPlanned));
      for (const task of tasks) await giveMode(task);
      const gone = outcomes.filter(({ path, after }) => after === undefined && done.includes(path));
      await removeEmptyPackages(
        gone.map(({ path }) => path),
        root,
        disk,
      );
    },
  };
}

interface GuardOptions {
  readonly git?: Git | undefined;
  /** The disk itself when absent. */
  readonly disk?: Disk;
}

/** @returns the error to throw when not one file was touched */
async function write(
  root: string,
  { tasks }: Judged,
  writeFiles: (paths: readonly string[]) => Promise<void>,
): Promise<EngineError | undefined> {
  let cause: unknown;
  const toWrite = tasks.filter(changesContent);
  if (toWrite.length === 0) return undefined;
  try {
    await writeFiles(toWrite.map((task) => task.path));
  } catch (error) {
    cause = error;
  }
  const untouched = await untouchedOf(root, toWrite);
  if (cause === undefined && untouched.length === 0) return undefined;
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  const [first] = untouched;
  if (untouched.length === toWrite.length)
    return new EngineError('unwritable', `Nothing was changed: the editor did not write ${first ?? ''}${why}.`);
  throw new EngineError(
    'interrupted',
    `The editor wrote only ${toWrite.length - untouched.length} of ${toWrite.length} files${why}: finish the apply, or restore its checkpoint.`,
  );
}

async function untouchedOf(root: string, tasks: readonly Task[]): Promise<string[]> {
  const asBefore = tasks.map(({ path, before, after }) => ({
    ...{ path, after },
    isBefore: before === undefined ? undefined : (bytes: Uint8Array) => sameBytes(bytes, before),
  }));
  return (await judge(root, asBefore)).tasks.map((task) => task.path);
}

function changesContent({ before, after }: Task): boolean {
  return before === undefined || after === undefined || !sameBytes(before, after);
}

/** An editor makes a new file where it replaces one, and knows nothing of executable bits. */
async function giveMode({ absolute, found, executable, after }: Task): Promise<void> {
  const now = after === undefined ? undefined : await unlessMissing(lstat(absolute));
  if (now?.isFile() !== true) return;
  const mode = modeAfter((found ?? now).mode, executable);
  if (mode !== (now.mode & 0o7777)) await chmod(absolute, mode);
}

/** Only a file whose content is as planned is wanted any more of. */
function asPlanned({ path, after, executable }: FileOutcome): Wanted {
  return { path, after, executable, isBefore: (bytes) => after !== undefined && sameBytes(bytes, after) };
}

function wantedOf({ path, before, after, executable }: FileOutcome): Wanted {
  const isBefore = before === undefined ? undefined : (bytes: Uint8Array) => sameBytes(bytes, before);
  return { path, isBefore, after, executable };
}

/** What a person sees in an editor is what the plan was made from, whatever the disk has. */
function withUnsaved(wanted: Wanted, unsaved: Uint8Array | undefined): Wanted {
  const { isBefore, after } = wanted;
  if (unsaved === undefined || isBefore === undefined) return wanted;
  const isPlanned = isBefore(unsaved) || (after !== undefined && sameBytes(unsaved, after));
  return { ...wanted, isBefore: () => isPlanned };
}
