import { stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import manifest from '../package.json' with { type: 'json' };
import { run } from './cli/run.ts';
import type { World } from './cli/world.ts';
import { createDiskApplier } from './node/apply/diskApplier.ts';
import { createBackendHost } from './node/backend/host.ts';
import { createCheckpoints } from './node/checkpoint/checkpoints.ts';
import { createFileSystem } from './node/fileSystem.ts';
import { findGit } from './node/git.ts';
import { createProcessRunner } from './node/processRunner.ts';

const world: World = {
  version: manifest.version,
  writeOut: (text) =>
    new Promise((resolve) => {
      process.stdout.write(text, () => {
        resolve();
      });
    }),
  writeError: (text) => {
    process.stderr.write(text);
  },
  hasColors: process.stdout.isTTY && process.stdout.hasColors(),
  showsProgress: process.stderr.isTTY,
  resolveFolder: async (folder) => {
    const absolute = path.resolve(folder);
    const found = await stat(absolute).catch(() => undefined);
    return found?.isDirectory() === true ? absolute : undefined;
  },
  openWriters: async (root, { useGit }) => {
    const git = useGit ? await findGit(root) : undefined;
    return { checkpoints: createCheckpoints(root, { git }), applier: createDiskApplier(root, { git }) };
  },
  openBackends: (root) => createBackendHost(root, { endsOnSignals: true }),
  openPrograms: (root) => createProcessRunner(root),
  openPorts: async (root, { useGit, exclude }) => {
    const git = useGit ? await findGit(root) : undefined;
    return { files: createFileSystem(root, { git, exclude, mayBlock: true }), ...(git === undefined ? {} : { git }) };
  },
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read us has seen enough, as in `tree-unifier references | head`.
  if (error.code !== 'EPIPE') throw error;
});

// Not process.exit(): what is still being written to a pipe would be cut off.
// The bundle is CommonJS, which has no await at the top.
void run(process.argv.slice(2), world).then((code) => {
  process.exitCode = code;
});
