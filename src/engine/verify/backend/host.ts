import type { CancellationToken } from '../../ports.ts';

/** Starts Python programs of the workspace and asks them over loopback; `src/node` implements it. */
export interface BackendHost {
  /** Absolute path of the Python that it starts; absent when there is none. */
  readonly python?: string | undefined;
  /** Whether the Python that would be used has this module installed. */
  hasModule(name: string): Promise<boolean>;
  /** A port of 127.0.0.1 that nobody listens on now. */
  freePort(): Promise<number>;
  /**
   * Starts Python with an argument vector, never a shell, in a process group of its own.
   * @throws EngineError `backend` when there is no Python, or it cannot be started.
   */
  start(program: BackendProgram): Promise<RunningBackend>;
  /** One GET to 127.0.0.1; `undefined` when nobody answers in time. No redirect is followed. */
  get(port: number, path: string, limitMs: number): Promise<HttpAnswer | undefined>;
  wait(ms: number): Promise<void>;
  /** Writes these files (path → text) to a temporary folder of their own. */
  scratch(files: readonly { readonly path: string; readonly text: string }[]): Promise<ScratchFolder>;
}

export interface ScratchFolder {
  /** Absolute. */
  readonly path: string;
  dispose(): Promise<void>;
}

export interface BackendProgram {
  /** What follows `python3`. */
  readonly args: readonly string[];
  /** Workspace path of the working directory. */
  readonly cwd: string;
  /** Folders of PYTHONPATH: workspace paths, or absolute ones of {@link BackendHost.scratch}. */
  readonly pythonPath: readonly string[];
  /** Beside the few variables that every program needs. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunningBackend {
  /** How it ended by itself, in words for people; `undefined` while it runs. */
  ended(): string | undefined;
  /** The last of what it printed, both streams together. */
  output(): string;
  /** Ends it and whatever it started. */
  stop(): Promise<Stopped>;
}

export interface Stopped {
  /** Processes that outlived it, and had to be killed. */
  readonly leftBehind: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** In milliseconds. */
export interface BackendLimits {
  /** From the start until health answers. */
  readonly start: number;
  /** For one that answers, but with an error: it may still be on its way. */
  readonly unwell: number;
  readonly request: number;
}

export const defaultLimits: BackendLimits = { start: 30_000, unwell: 5_000, request: 5_000 };

export interface ProbeTools {
  readonly host: BackendHost;
  readonly limits: BackendLimits;
  readonly token?: CancellationToken | undefined;
}
