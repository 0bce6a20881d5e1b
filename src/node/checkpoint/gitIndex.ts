import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../engine/index.ts';
import type { CancellationToken, Git } from '../../engine/index.ts';
import { ask, askBytes } from '../state/ask.ts';
import { unlessMissing, type Disk } from '../state/disk.ts';
import type { StateFolder } from '../state/stateFolder.ts';
import type { BytePath } from './model.ts';

export interface StagedEntry {
  /** As git writes it: `100644`. */
  readonly mode: string;
  readonly id: string;
  /** 0; 1 to 3 for the three versions of a file in conflict. */
  readonly stage: string;
  /** From the top of the work tree. */
  readonly path: BytePath;
}

export interface GitIndex {
  /** Its bytes, as `index`; and those of the file that a split index shares, under that file's name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly staged: readonly StagedEntry[];
}

export async function readGitIndex(
  git: Git,
  state: StateFolder,
  token: CancellationToken | undefined,
): Promise<GitIndex> {
  const [bytes, listed] = await Promise.all([
    unlessMissing(readFile(indexOf(state))),
    askBytes(git, ['ls-files', '-z', '--stage', '--full-name', ':/'], { token }),
  ]);
  const files = new Map<string, Uint8Array>();
  if (bytes !== undefined) files.set('index', bytes);
  // The extension of this name says that the index is split.
  const shared = bytes?.includes('link') === true ? await ask(git, ['rev-parse', '--shared-index-path']) : '';
  if (shared !== '') files.set(path.basename(shared), await readFile(path.resolve(state.root, shared)));
  return { files, staged: listed.toString('latin1').split('\0').flatMap(stagedEntryOf) };
}

/** `100644 e69de29… 0<tab>a/b.py` */
function stagedEntryOf(line: string): StagedEntry[] {
  const [, mode, id, stage, path] = /^(\d+) ([\da-f]+) (\d)\t([^]+)$/u.exec(line) ?? [];
  return mode === undefined || id === undefined || stage === undefined || path === undefined
    ? []
    : [{ mode, id, stage, path }];
}

/**
 * Puts back the index that the checkpoint holds; without one there was none.
 * @throws EngineError `locked` while git writes the index.
 */
export async function restoreGitIndex(git: Git, state: StateFolder, ref: string, disk: Disk): Promise<void> {
  const index = indexOf(state);
  const listed = await askBytes(git, ['ls-tree', '-z', '--full-tree', '--name-only', ref]);
  if ((await unlessMissing(lstat(`${index}.lock`))) !== undefined)
    throw new EngineError('locked', `Git is at work: wait, or delete ${index}.lock if no git process is left.`);
  const names = listed.toString('utf8').split('\0');
  const blob = (name: string): Promise<Buffer> => askBytes(git, ['cat-file', 'blob', `${ref}:${name}`]);
  const shared = names.find((name) => /^sharedindex\.[\da-f]+$/u.test(name));
  if (shared !== undefined) await replace(path.join(path.dirname(index), shared), await blob(shared), disk);
  await replace(index, names.includes('index') ? await blob('index') : undefined, disk);
}

async function replace(file: string, bytes: Buffer | undefined, disk: Disk): Promise<void> {
  const present = await unlessMissing(readFile(file));
  if (bytes === undefined) {
    if (present !== undefined) await disk.unlink(file);
    return;
  }
  if (present?.equals(bytes) === true) return;
  const beside = `${file}.tree-unifier`;
  const mode = present === undefined ? undefined : (await lstat(file)).mode & 0o7777;
  await disk.removeAll(beside);
  await disk.create(beside, { bytes, mode: mode ?? 0o644, exact: mode !== undefined });
  await disk.rename(beside, file);
}

function indexOf({ git, root }: StateFolder): string {
  return git?.index ?? path.join(root, '.git/index');
}
