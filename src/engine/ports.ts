/**
 * What the engine needs from the world. `src/node` implements these over the disk and git; tests implement them in
 * memory; the editor lays unsaved documents over the disk's {@link FileSystem}.
 */
export interface Ports {
  readonly files: FileSystem;
  /** Absent without git: no base is found then, and the engine says so. */
  readonly git?: Git;
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
  stat(path: string): Promise<FileStat>;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'missing';
  /** In bytes; 0 unless a file. */
  readonly size: number;
}

export interface Git {
  /**
   * Runs git in the workspace root with this argument vector: no shell, and no setting of the repository that would
   * start a program (`core.fsmonitor`, hooks) is honoured. Never rejects for a non-zero exit.
   */
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
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

/** The shape of `vscode.CancellationToken`, as far as the engine needs it. */
export interface CancellationToken {
  readonly isCancellationRequested: boolean;
}
