import type { BackendHost, Config, Paint, Ports, ProcessRunner, Session } from '../engine/index.ts';
import type { Format } from './arguments.ts';
import type { DiskWriters } from './world.ts';

/** One command of the command line: a file in this folder, and its line in `commands.ts`. */
export interface Command {
  readonly name: string;
  /** For the list of commands: starts with a verb, no full stop. */
  readonly summary: string;
  /** What its options alone do not tell: whole sentences, for the command's own help. */
  readonly notes?: string;
  readonly options: readonly CommandOption[];
  /** What may follow the command besides options; nothing when absent. */
  readonly operands?: Operands;
  /** What `--format` may be; text, JSON and Markdown when absent. */
  readonly formats?: readonly Format[];
  run(context: CommandContext): Promise<Outcome>;
}

/** Takes a value, and may be given more than once. */
export interface CommandOption {
  readonly name: string;
  /** What stands for the value in the help; absent for a switch, which takes none. */
  readonly value?: string;
  readonly summary: string;
}

export interface Operands {
  /** What stands for them in the help: `[NAME]`. */
  readonly name: string;
  readonly most: number;
}

export interface CommandContext {
  readonly config: Config;
  /** Called once what was given is known to be right: mistakes on the command line come before those in the repository. */
  readonly open: () => Promise<Session>;

  /** What the session reads; the same each time. */
  readonly ports: () => Promise<Ports>;
  readonly openWriters: () => Promise<DiskWriters>;
  readonly openBackends: () => BackendHost | undefined;
  readonly openPrograms: () => ProcessRunner | undefined;
  readonly format: Format;
  readonly paint: Paint;
  /** What was given for the command's own options, by name; a switch that is given has the value `''`. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly operands: readonly string[];
  readonly progress: (message: string) => void;
}

export interface Outcome {
  /** Whole standard output. */
  readonly output: string | Uint8Array;
  /** 0: clean or done; 1: something was found, or is left to do. */
  readonly exitCode: 0 | 1;
}
