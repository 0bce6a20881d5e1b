import type { BackendHost, Checkpoints, Ports, ProcessRunner, ResumableApplier } from '../engine/index.ts';

/** What the command line needs from the process it runs in; `src/cli.ts` gives the real one, tests give theirs. */
export interface World {
  readonly version: string;
  /** Resolves when written; a reader that has gone away (EPIPE) is no error. */
  writeOut(output: string | Uint8Array): Promise<void>;
  readonly writeError: (text: string) => void;
  /** Whether standard output is a terminal that shows colours. */
  readonly hasColors: boolean;
  /** Whether standard error is a terminal, where progress may be shown. */
  readonly showsProgress: boolean;
  /** The absolute path of an existing folder, or `undefined` when there is none. */
  resolveFolder(folder: string): Promise<string | undefined>;
  /** What changes the workspace; made only by the commands that do. */
  openWriters(root: string, options: { readonly useGit: boolean }): Promise<DiskWriters>;
  /** Starts backends of the workspace: whoever runs the command line trusts it. Absent where nothing may be started. */
  openBackends?(root: string): BackendHost;
  /** Asks programs of the machine about the workspace's files; absent as above. */
  openPrograms?(root: string): ProcessRunner;
  openPorts(root: string, options: { readonly useGit: boolean; readonly exclude: readonly string[] }): Promise<Ports>;
}

export interface DiskWriters {
  readonly checkpoints: Checkpoints;
  readonly applier: ResumableApplier;
}
