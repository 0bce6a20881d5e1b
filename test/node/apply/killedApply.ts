import process from 'node:process';
import { createDiskApplier } from '../../../src/node/apply/diskApplier.ts';
import { createCheckpoints } from '../../../src/node/checkpoint/checkpoints.ts';
import { createGit } from '../../../src/node/git.ts';
import { deadlyDisk } from './faultyDisk.ts';
import { killedOutcomes } from './killedOutcomes.ts';

/** A program of the tests: ROOT MOMENT GIT [finish | restore]. Kills itself at that moment, which may be `end`. */
const [, , root = '', moment, withGit, task = 'apply'] = process.argv;

const disk = deadlyDisk(Number(moment), () => {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing more may happen.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
const git = withGit === 'true' ? createGit(root) : undefined;
const applier = createDiskApplier(root, { git, disk });

const tasks: Readonly<Record<string, () => Promise<unknown>>> = {
  apply: async () => {
    const checkpoint = (await createCheckpoints(root, { git }).list()).at(-1)?.name ?? '';
    await applier.apply(killedOutcomes, { phase: 'align', checkpoint });
  },
  finish: () => applier.finish(),
  restore: () => createCheckpoints(root, { git, disk }).restore(),
};

void tasks[task]?.();
