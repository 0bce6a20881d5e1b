import { EngineError } from '../../engine/index.ts';
import type { Checkpoint, Checkpoints, Git } from '../../engine/index.ts';
import { readJournal } from '../apply/journal.ts';
import { abandon, assertNoneInterrupted } from '../apply/resume.ts';
import { explained } from '../state/causes.ts';
import { realDisk, type Disk } from '../state/disk.ts';
import { withLock } from '../state/lock.ts';
import { locateState, type StateFolder } from '../state/stateFolder.ts';
import { createFolderStore } from './folderStore.ts';
import { createGitStore } from './gitStore.ts';
import type { Store } from './model.ts';
import { Restore } from './restore.ts';
import { namingUnreadable } from './unreadable.ts';
import { findPresent, toBytePath } from './workTree.ts';

export interface CheckpointOptions {
  /** Keeps them as commits; without it they are copies in a folder of ours in the root. */
  readonly git?: Git | undefined;
  /** The disk itself when absent. */
  readonly disk?: Disk;
}

/** Checkpoints of the files below `root`, an absolute path. */
export function createCheckpoints(root: string, { git, disk = realDisk }: CheckpointOptions = {}): Checkpoints {
  const open = async (): Promise<{ state: StateFolder; store: Store }> => {
    const state = await locateState(root, git);
    return { state, store: git === undefined ? createFolderStore(state, disk) : createGitStore(git, state, disk) };
  };
  return {
    create: (phase, creates = [], token) =>
      explained('Cannot take a checkpoint', async () => {
        const { state, store } = await open();
        assertNoneInterrupted(await readJournal(state));
        const made = creates.map(toBytePath);
        const listed = await store.listPaths(token);
        return await namingUnreadable(root, listed, async () => {
          const found = await findPresent(root, [...listed, ...made], token);
          const absent = made.filter((file) => !found.has(file));
          return (await store.save(phase, { found, absent }, token)).checkpoint;
        });
      }),
    list: async (token) => (await open()).store.list(token),
    restore: (name, token) =>
      explained('Not all could be put back, so restore again when this is mended', async () => {
        const { state, store } = await open();
        return withLock(state, disk, async () => {
          const all = await store.list(token);
          const checkpoint = choose(all, name);
          const since = all.slice(all.indexOf(checkpoint));
          const made = (await Promise.all(since.map((one) => store.absentAt(one.name)))).flat();
          const forget = await abandon(state, disk);
          const restored = await new Restore(root, store, { name: checkpoint.name, made }, disk).run(token);
          await forget();
          return restored;
        });
      }),
    remove: (name) =>
      explained('Cannot remove the checkpoint', async () => {
        const { store } = await open();
        await store.remove(choose(await store.list(), name).name);
      }),
  };
}

/** @throws EngineError `noCheckpoint` */
function choose(all: readonly Checkpoint[], name: string | undefined): Checkpoint {
  const found = all.findLast((one) => (name === undefined ? one.phase !== 'restore' : one.name === name));
  if (found !== undefined) return found;
  if (all.length === 0) throw new EngineError('noCheckpoint', 'There is no checkpoint to restore.');
  const asked = name === undefined ? 'No checkpoint was made by an apply' : `There is no checkpoint ${name}`;
  throw new EngineError('noCheckpoint', `${asked}. There are: ${all.map((one) => one.name).join(', ')}.`);
}
