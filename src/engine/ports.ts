import type { FileOutcome } from './plan/outcome.ts';
import type { Refusal } from './plan/refusal.ts';
import type { PhaseId } from './references/model.ts';

/**
 * What the engine needs from the world. `src/node` implements these over the disk and git; tests implement them in
 * memory; the editor lays unsaved documents over the disk's {@link FileSystem}.
 */
export interface Ports {
  readonly files: FileSystem;
  /** Absent without git: no base is found then, and the engine says so. */
  readonly git?: Git;
  /** The day, as `2025-11-21`; this machine's when absent. */
  readonly today?: () => string;
}

/** Paths are relative to the workspace root, with `/`; the root itself is `''`. */
export interface FileSystem {
  /**
   * Every file below the root that `.gitignore` does not exclude (tracked files are listed even when it does), sorted
   * by UTF-16 code units. Directories, `.git`, and links that leave the root are not listed.
   */
  list(token?: CancellationToken): Promise<readonly string[]>;
  /** @throws EngineError `unreadable` when the file is missing, not a file, or may not be read. */
  read(path: string): Promise<Uint8Array>;
  /**
   * The bytes of a file that may hold one of these ASCII words, by `mayHold`; `undefined` for one that does not, as most do
   * not. Absent where that is no cheaper than to read.
   * @throws EngineError `unreadable` as `read` does.
   */
  readIfHolds?(path: string, words: readonly string[]): Promise<Uint8Array | undefined>;
  stat(path: string): Promise<FileStat>;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'missing';
  /** In bytes; 0 unless a file. */
  readonly size: number;
  /** The executable bit of a file; absent where the system has none. */
  readonly executable?: boolean;
  /** It is no file, and it or a folder above it is a symbolic link: nothing below it is listed. */
  readonly isLink?: true;
}

export interface Git {
  /**
   * Runs git in the workspace root with this argument vector: no shell, and no setting of the repository that would
   * start a program (`core.fsmonitor`, hooks) is honoured. Never rejects for a non-zero exit.
   */
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /**
   * Makes an empty repository of its own in the temporary folder: what is merged there leaves no object in the user's,
   * and neither the user's settings nor those of their repository reach it.
   */
  scratch(): Promise<ScratchGit>;
}

/** A bare repository for once: git runs in its folder. */
export interface ScratchGit extends Pick<Git, 'run'> {
  /** Deletes it. */
  dispose(): Promise<void>;
}

export interface GitOptions {
  readonly input?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly token?: CancellationToken | undefined;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** Runs programs of the machine to their end, and asks them something; none of the workspace's own. */
export interface ProcessRunner {
  /** The workspace root as programs know it: absolute. */
  readonly root: string;
  /**
   * Runs a program of the PATH with an argument vector, never a shell, in a folder outside of the workspace and with the few
   * variables that every program needs. One that takes longer than its limit is ended, with all it printed lost.
   * Answers `undefined` when there is no such program, or it cannot be started.
   */
  run(program: string, args: readonly string[], options: ProcessOptions): Promise<ProcessResult | undefined>;
}

export interface ProcessOptions {
  readonly input?: Uint8Array;
  readonly limitMs: number;
  readonly token?: CancellationToken | undefined;
}

export interface ProcessResult {
  /** Absent for one that was ended: by its limit, or by a signal. */
  readonly code?: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** The shape of `vscode.CancellationToken`, as far as the engine needs it. */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
}

/** Snapshots of the whole work tree: every file that is tracked, or untracked and not ignored. */
export interface Checkpoints {
  /**
   * Takes one. Changes no file, neither HEAD nor the index.
   * @param phase The phase whose plan is about to be applied; it becomes part of the name.
   * @param creates Files that are about to be made: to restore is to delete them, should they be ignored too.
   * @throws EngineError `interrupted` while an apply that was interrupted waits to be finished or taken back.
   */
  create(phase: CheckpointPhase, creates?: readonly string[], token?: CancellationToken): Promise<Checkpoint>;
  /** Those of this workspace, oldest first. */
  list(token?: CancellationToken): Promise<readonly Checkpoint[]>;
  /**
   * Puts every file back as it was, deletes those that were not there, and puts back the index; HEAD stays where it is,
   * and ignored files are left alone. Takes a checkpoint of the present first. When it was interrupted, run it again.
   * @param name The latest that an apply made when absent.
   * @throws EngineError `noCheckpoint` when there is none of that name.
   */
  restore(name?: string, token?: CancellationToken): Promise<Restored>;
  /**
   * Forgets one, because what it was taken for was never done.
   * @throws EngineError `noCheckpoint` when there is none of that name.
   */
  remove(name: string): Promise<void>;
}

/** What a checkpoint was taken for: the plan of a phase, or a restore that it can undo. */
export type CheckpointPhase = PhaseId | 'restore';

export interface Checkpoint {
  /** `2026-11-23-231502-canonicalize`: the time in UTC, then the phase. */
  readonly name: string;
  readonly phase: CheckpointPhase;
  /** ISO 8601, in UTC. */
  readonly time: string;
  /** Where HEAD was, for people to know; absent without git. */
  readonly head?: CheckpointHead;
}

export interface CheckpointHead {
  /** Absent before the first commit. */
  readonly commit?: string;
  /** Absent when HEAD was detached. */
  readonly branch?: string;
}

/** Workspace paths, sorted. */
export interface Restored {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
  /** What there was before: restoring it undoes this restore. */
  readonly checkpoint: Checkpoint;
}

/** Applies a plan to the workspace: every file that is as the plan knows it, and no other. */
export interface Applier {
  /**
   * All or nothing, but for the files that it refuses. Until the first file is touched it can be cancelled.
   * @throws EngineError `unwritable` when a file cannot be written, and nothing was changed; `interrupted` while an
   * earlier apply waits to be finished; `locked` while another is at work.
   * @throws RangeError for a path that leads out of the workspace, which is a defect of whoever made the plan.
   */
  apply(outcomes: readonly FileOutcome[], source: ApplySource, token?: CancellationToken): Promise<Applied>;
}

/** What is applied, so that one who finds it interrupted knows what it was. */
export interface ApplySource {
  readonly phase: PhaseId;
  /** The name of the checkpoint taken before. */
  readonly checkpoint: string;
}

export interface Applied {
  /** Workspace paths that are now as the plan has them, sorted; those that were so already are among them. */
  readonly applied: readonly string[];
  readonly refused: readonly Refusal[];
}

/** An applier that can be killed at any moment, and finish later. */
export interface ResumableApplier extends Applier {
  /** The apply that was killed on its way, if one was. */
  findInterrupted(): Promise<InterruptedApply | undefined>;
  /**
   * Completes it: files that are as they were before are changed, those that are as planned stay, any other is refused.
   * @throws EngineError `interrupted` when there is nothing to finish, or what was kept of it is damaged.
   */
  finish(): Promise<Applied>;
}

export interface InterruptedApply extends ApplySource {
  /** When it began: ISO 8601, in UTC. */
  readonly time: string;
  /** Workspace paths of every file that it is about, sorted. */
  readonly paths: readonly string[];
}
