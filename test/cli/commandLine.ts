import { statSync } from 'node:fs';
import path from 'node:path';
import { run } from '../../src/cli/run.ts';
import type { World } from '../../src/cli/world.ts';
import { createDiskApplier } from '../../src/node/apply/diskApplier.ts';
import { createCheckpoints } from '../../src/node/checkpoint/checkpoints.ts';
import { createFileSystem } from '../../src/node/fileSystem.ts';
import { findGit } from '../../src/node/git.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** Runs the command line in a folder, as a process there would, over the real disk and git. */
export async function runIn(
  folder: { readonly path: string },
  args: readonly string[],
  changes: Partial<World> = {},
): Promise<Ran> {
  let [out, errors] = ['', ''];
  const world: World = {
    version: '1.2.3',
    writeOut: (text) => {
      out += Buffer.from(text).toString();
      return Promise.resolve();
    },
    writeError: (text) => {
      errors += text;
    },
    hasColors: false,
    showsProgress: false,
    resolveFolder: (given) => {
      const absolute = path.resolve(folder.path, given);
      return Promise.resolve(statSync(absolute, { throwIfNoEntry: false })?.isDirectory() ? absolute : undefined);
    },
    openWriters: async (root, { useGit }) => {
      const git = useGit ? await findGit(root) : undefined;
      return { checkpoints: createCheckpoints(root, { git }), applier: createDiskApplier(root, { git }) };
    },
    openPorts: async (root, { useGit, exclude }) => {
      const git = useGit ? await findGit(root) : undefined;
      return { files: createFileSystem(root, { git, exclude }), ...(git === undefined ? {} : { git }) };
    },
    ...changes,
  };
  const code = await run(args, world);
  return { code, out, errors };
}
