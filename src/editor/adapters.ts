import type {
  Applied,
  ApplySource,
  BackendHost,
  CancellationToken,
  Checkpoints,
  FileOutcome,
  FileSystem,
  Git,
  ResumableApplier,
  ProcessRunner,
} from '../engine/index.ts';

/** What src/node does for the editor. src/features.ts hands it in, so that the features know no adapter. */
export interface Adapters {
  createFileSystem(root: string, options: FileSystemOptions): FileSystem;
  /** `undefined` where there is no git, or the folder is in no repository. */
  findGit(root: string): Promise<Git | undefined>;
  /** What changes the files below a root; asked for in trusted workspaces alone. */
  createWriters(root: string, git: Git | undefined): DiskWriters;
  /**
   * What starts programs of a root; asked for in trusted workspaces alone.
   * @param python Absolute path; the first on the PATH when absent.
   */
  createBackendHost(root: string, python: string | undefined): BackendHost;
  /** What asks programs of the machine about files of a root; asked for in trusted workspaces alone. */
  createProcessRunner(root: string): ProcessRunner;
}

export interface FileSystemOptions {
  readonly git?: Git;
  readonly exclude?: readonly string[];
}

export interface DiskWriters {
  readonly checkpoints: Checkpoints;
  /** For an apply that was interrupted: an editor that just started has nothing open that the disk could surprise. */
  readonly interrupted: Pick<ResumableApplier, 'findInterrupted' | 'finish'>;
  readonly guard: WriteGuard;
}

/** The disk's part in an apply whose files the editor writes: it judges them, keeps what is needed to finish, tidies up. */
export interface WriteGuard {
  run(
    outcomes: readonly FileOutcome[],
    source: ApplySource,
    editor: FileWriter,
    token?: CancellationToken,
  ): Promise<Applied>;
  tidy(outcomes: readonly FileOutcome[]): Promise<void>;
}

export interface FileWriter {
  /** What an unsaved document would be saved as; `undefined` for a file that is as on the disk. */
  holds(path: string): Uint8Array | undefined;
  /** Makes these files what the plan says. */
  write(paths: readonly string[]): Promise<void>;
}
