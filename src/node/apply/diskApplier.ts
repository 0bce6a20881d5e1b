import { EngineError, throwIfCancelled } from '../../engine/index.ts';
import type {
  Applied,
  ApplySource,
  CancellationToken,
  FileOutcome,
  Git,
  ResumableApplier,
} from '../../engine/index.ts';
import { explained } from '../state/causes.ts';
import { realDisk, type Disk } from '../state/disk.ts';
import { withLock } from '../state/lock.ts';
import { locateState, type StateFolder } from '../state/stateFolder.ts';
import { judge, type Judged } from './check.ts';
import { collisions } from './collisions.ts';
import { commitJournal, entriesOf, readJournal, retireJournal, type Journal } from './journal.ts';
import { appliedOf, assertNoneInterrupted, complete, finish, interruptedOf } from './resume.ts';
import { sameBytes, type Wanted } from './task.ts';
import { Writing } from './write.ts';

export interface DiskApplierOptions {
  /** What is needed to finish is kept in its folder; without it in one of ours in the root. */
  readonly git?: Git | undefined;
  /** The disk itself when absent. */
  readonly disk?: Disk;
}

/** Applies plans to the files below `root`, an absolute path. */
export function createDiskApplier(root: string, { git, disk = realDisk }: DiskApplierOptions = {}): ResumableApplier {
  const at = (): Promise<StateFolder> => locateState(root, git);
  return {
    apply: async (outcomes, source, token) => {
      const state = await at();
      return withLock(state, disk, () => apply(state, outcomes, source, disk, token));
    },
    findInterrupted: async () => interruptedOf(await readJournal(await at())),
    finish: async () => {
      const state = await at();
      return withLock(state, disk, () => finish(state, disk));
    },
  };
}

async function apply(
  state: StateFolder,
  outcomes: readonly FileOutcome[],
  source: ApplySource,
  disk: Disk,
  token: CancellationToken | undefined,
): Promise<Applied> {
  assertNoneInterrupted(await readJournal(state));
  const refused = await collisions(outcomes, state.path);
  const others = outcomes.filter(({ path }) => !refused.some((refusal) => refusal.path === path));
  const judged = await judge(state.root, others.map(wantedOf));
  throwIfCancelled(token);
  if (judged.tasks.length > 0) {
    const journal = journalOf(state, source, judged);
    const contents = judged.tasks.map(({ after }) => after ?? new Uint8Array());
    await explained('Nothing was changed: cannot write what is to be applied', () =>
      commitJournal(state, journal, contents, disk),
    );
    await write(state, judged, disk);
    await complete(state, journal, disk);
  }
  return appliedOf(judged, refused);
}

/** A write that failed and was undone leaves no journal; one that could not be undone leaves it. */
async function write(state: StateFolder, { tasks, newFolders }: Judged, disk: Disk): Promise<void> {
  try {
    await new Writing(state.root, disk).run(tasks, newFolders);
  } catch (error) {
    if (error instanceof EngineError && error.code === 'unwritable')
      await explained('All is put back, but cannot be cleaned up after', () => retireJournal(state, disk));
    throw error;
  }
}

function journalOf({ prefix }: StateFolder, source: ApplySource, { tasks, newFolders }: Judged): Journal {
  const time = new Date().toISOString();
  const { phase, checkpoint } = source;
  return { version: 1, phase, checkpoint, time, prefix, newFolders, entries: entriesOf(tasks) };
}

function wantedOf({ path, before, after, executable }: FileOutcome): Wanted {
  const isBefore = before === undefined ? undefined : (bytes: Uint8Array) => sameBytes(bytes, before);
  return { path, isBefore, after, executable };
}
