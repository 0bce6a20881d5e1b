import type { Config, Paint, Session } from '../engine/index.ts';
import type { Format } from './arguments.ts';

/** One command of the command line: a file in this folder, and its line in `commands.ts`. */
export interface Command {
  readonly name: string;
  /** For the list of commands: starts with a verb, no full stop. */
  readonly summary: string;
  readonly options: readonly CommandOption[];
  run(context: CommandContext): Promise<Outcome>;
}

/** Takes a value, and may be given more than once. */
export interface CommandOption {
  readonly name: string;
  readonly value: string;
  readonly summary: string;
}

export interface CommandContext {
  readonly config: Config;
  /** Called once what was given is known to be right: mistakes on the command line come before those in the repository. */
  readonly open: () => Promise<Session>;
  readonly format: Format;
  readonly paint: Paint;
  /** What was given for the command's own options, by name. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly progress: (message: string) => void;
}

export interface Outcome {
  /** Whole standard output. */
  readonly output: string;
  /** 0: clean or done; 1: something was found, or is left to do. */
  readonly exitCode: 0 | 1;
}
