import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { WorkspaceEditApplier } from '../../src/editor/apply/workspaceEditApplier.ts';
import { outcomesOf } from '../../src/engine/index.ts';
import { createGuardedWriting } from '../../src/node/apply/guardedWriting.ts';
import { applierContract, type ApplierWorkspace, type Files } from '../contract/applier.ts';

const source = { phase: 'canonicalize', checkpoint: 'a-checkpoint' } as const;

describe('applying through workspace edits', () => {
  const folders: string[] = [];
  after(async () => {
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  });

  const newFolder = async (): Promise<string> => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'tree-unifier-applier-')));
    folders.push(folder);
    return folder;
  };

  applierContract('of the editor', async (): Promise<ApplierWorkspace> => {
    const root = await newFolder();
    const applier = new WorkspaceEditApplier(vscode.Uri.file(root), createGuardedWriting(root));
    return {
      write: (files) => writeFiles(root, files),
      read: () => readFiles(root),
      apply: (changes) => applier.apply(outcomesOf(changes), source),
    };
  });
});

async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

/** Everything but what the applier keeps for itself; a folder that holds nothing ends in a slash. */
async function readFiles(root: string, below = ''): Promise<Files> {
  const found: Record<string, Uint8Array> = {};
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries) {
    if (entry.name === '.tree-unifier') continue;
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, await readFiles(root, `${path}/`));
    else found[path] = await readFile(join(root, path));
  }
  return entries.length === 0 && below !== '' ? { [below]: '' } : found;
}
