import type { CancellationToken, Checkpoint, CheckpointPhase } from '../../engine/index.ts';

/**
 * A path relative to the root, with `/`, one character for each byte (Latin 1): names on a disk need not be UTF-8, and
 * must come back as they were.
 */
export type BytePath = string;

/** A file or symbolic link as it lies on the disk, its content aside. */
export interface Found {
  readonly kind: 'file' | 'link';
  /** Permission bits; 0 for a link. */
  readonly mode: number;
}

/** The same with its content: two entries of one store with one `id` hold the same bytes, a link's being its text. */
export interface Entry extends Found {
  readonly id: string;
}

export type Entries = ReadonlyMap<BytePath, Entry>;

/** Where checkpoints are kept. */
export interface Store {
  /** What is tracked, or untracked and not ignored: some of it may not be on the disk, or be no file. */
  listPaths(token?: CancellationToken): Promise<readonly BytePath[]>;
  /** Oldest first. */
  list(token?: CancellationToken): Promise<readonly Checkpoint[]>;
  /** Keeps these files as they are on the disk, under a name that nothing has. */
  save(phase: CheckpointPhase, present: Present, token?: CancellationToken): Promise<Saved>;
  load(name: string, token?: CancellationToken): Promise<Entries>;
  /** What was not there, and was about to be made. */
  absentAt(name: string): Promise<readonly BytePath[]>;
  /** The contents of these entries of the checkpoint, one after the other, in no order. */
  read(name: string, entries: Entries, onContent: (file: BytePath, bytes: Uint8Array) => Promise<void>): Promise<void>;
  remove(name: string): Promise<void>;
  /** Puts back what is beside the files: git's index. */
  restoreIndex(name: string): Promise<void>;
}

/** The files of a work tree at one moment. */
export interface Present {
  readonly found: ReadonlyMap<BytePath, Found>;
  /** Files that are not there, and that are about to be written: to undo it is to delete them, ignored or not. */
  readonly absent: readonly BytePath[];
}

export interface Saved {
  readonly checkpoint: Checkpoint;
  readonly entries: Entries;
}
