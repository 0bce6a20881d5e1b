import type * as vscode from 'vscode';
import { startEditor, type EditorApi } from './editor/index.ts';
import { createDiskApplier } from './node/apply/diskApplier.ts';
import { createGuardedWriting } from './node/apply/guardedWriting.ts';
import { createBackendHost } from './node/backend/host.ts';
import { createCheckpoints } from './node/checkpoint/checkpoints.ts';
import { createFileSystem } from './node/fileSystem.ts';
import { findGit } from './node/git.ts';
import { createProcessRunner } from './node/processRunner.ts';

/** Wires the adapters to the features, which do their work afterwards. */
export function start(context: vscode.ExtensionContext): EditorApi {
  return startEditor(context, {
    createFileSystem,
    findGit,
    createWriters: (root, git) => ({
      checkpoints: createCheckpoints(root, { git }),
      interrupted: createDiskApplier(root, { git }),
      guard: createGuardedWriting(root, { git }),
    }),
    createProcessRunner,
    createBackendHost: (root, python) => createBackendHost(root, { python, endsOnSignals: true }),
  });
}
