import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../engine/index.ts';
import type { CancellationToken, Git } from '../../engine/index.ts';
import { ask, askBytes } from '../state/ask.ts';
import { unlessMissing, type Disk } from '../state/disk.ts';
import type { StateFolder } from '../state/stateFolder.ts';
import type { Details } from './gitTree.ts';
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
  /** When git wrote it, in nanoseconds since 1970; absent when there is none. */
  readonly modified?: bigint;
}

export async function readGitIndex(
  git: Git,
  state: StateFolder,
  token: CancellationToken | undefined,
): Promise<GitIndex> {
  // First the time: of one that git replaces meanwhile, it is too early rather than too late.
  const modified = (await unlessMissing(lstat(indexOf(state), { bigint: true })))?.mtimeNs;
  const [bytes, listed] = await Promise.all([
    unlessMissing(readFile(indexOf(state))),
    askBytes(git, ['ls-files', '-z', '--stage', '--full-name', ':/'], { token }),
  ]);
  const files = new Map<string, Uint8Array>();
  if (bytes !== undefined) files.set('index', bytes);
  // The extension of this name says that the index is split.
  const shared = bytes?.includes('link') === true ? await ask(git, ['rev-parse', '--shared-index-path']) : '';
  if (shared !== '') files.set(path.basename(shared), await readFile(path.resolve(state.root, shared)));
  const staged = listed.toString('latin1').split('\0').flatMap(stagedEntryOf);
  return { files, staged, ...(modified === undefined ? {} : { modified }) };
}

/** `100644 e69de29… 0<tab>a/b.py` */
function stagedEntryOf(line: string): StagedEntry[] {
  const [, mode, id, stage, path] = /^(\d+) ([\da-f]+) (\d)\t([^]+)$/u.exec(line) ?? [];
  return mode === undefined || id === undefined || stage === undefined || path === undefined
    ? []
    : [{ mode, id, stage, path }];
}

/**
 * Puts back the index that the checkpoint holds, as old as it was; without one there was none.
 *
 * Git takes a file for unchanged that is as big as its index says and was changed before the index was written. A file that
 * was staged and changed again in one breath is found by the index being no younger than the file: one that is put back
 * must not be younger either.
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
  const { indexModified } = JSON.parse((await blob('details.json')).toString('utf8')) as Details;
  const modified = indexModified === undefined ? undefined : BigInt(indexModified);
  await replace(index, names.includes('index') ? await blob('index') : undefined, disk, modified);
}

/** `modified` in nanoseconds since 1970. */
async function replace(file: string, bytes: Buffer | undefined, disk: Disk, modified?: bigint): Promise<void> {
  const present = await unlessMissing(readFile(file));
  if (bytes === undefined) {
    if (present !== undefined) await disk.unlink(file);
    return;
  }
  const stats = present === undefined ? undefined : await lstat(file, { bigint: true });
  const isYounger = modified !== undefined && stats !== undefined && stats.mtimeNs > modified;
  if (present?.equals(bytes) === true && !isYounger) return;
  const beside = `${file}.tree-unifier`;
  await disk.removeAll(beside);
  await disk.create(beside, {
    bytes,
    mode: stats === undefined ? 0o644 : Number(stats.mode) & 0o7777,
    exact: stats !== undefined,
    modified: modified === undefined ? undefined : secondsUpTo(modified),
  });
  await disk.rename(beside, file);
}

/** In seconds, as far as a number can tell them, and up to two microseconds less: never later than it was. */
function secondsUpTo(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n - 1n) / 1e6;
}

function indexOf({ git, root }: StateFolder): string {
  return git?.index ?? path.join(root, '.git/index');
}
