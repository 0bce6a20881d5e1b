import { spawnSync, type StdioOptions } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one run of a program took. */
export interface Taken {
  readonly seconds: number;
  /** Of the program itself, without what it started; 0 where it was not asked. */
  readonly peakBytes: number;
}

export interface Printed {
  readonly stdout: string;
}

export type Program = readonly [name: string, ...args: string[]];

/** ripgrep where the machine has it, else git's own search; with the name that the table gives it. */
export function finder(): { readonly name: string; readonly program: Program } {
  const { status, stdout } = spawnSync('rg', ['--version'], { encoding: 'utf8' });
  if (status !== 0) return { name: 'git grep (no ripgrep here)', program: ['git', 'grep', '-ow', 'pixsim7_backend'] };
  const version = /^ripgrep \S+/u.exec(stdout)?.[0] ?? 'ripgrep';
  return { name: version, program: ['rg', '-ow', '--hidden', '-g', '!.git', 'pixsim7_backend', '.'] };
}

export const treeDiff: Program = [
  ...(['git', 'diff', '--no-index', '--stat'] as const),
  ...['pixsim7_backend', 'pixsim7/backend/main'],
];

/** Without a standard input: ripgrep would search that. */
const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];

/** Runs a program once. Exit code 1 is an answer, not a failure. */
export function take([name, ...args]: Program, cwd: string): Taken & Printed {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(name, args, { cwd, maxBuffer: 1 << 30, encoding: 'utf8', stdio });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0 && status !== 1) throw new Error(`${name} ${args.join(' ')} failed: ${stderr}`, { cause: error });
  return { seconds, peakBytes: 0, stdout };
}

/** Runs a program of Node's once, and asks what it held at most. */
export function takeNode(args: readonly string[], cwd: string, peakFile: string): Taken & Printed {
  process.env['BENCH_PEAK'] = peakFile;
  const taken = take([process.execPath, '--require', join(import.meta.dirname, 'peak.cjs'), ...args], cwd);
  return { ...taken, peakBytes: Number(readFileSync(peakFile, 'utf8')) * 1024 };
}

/** The time of the least disturbed run, and the most memory that any took. */
export function best(runs: readonly Taken[]): Taken {
  return {
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
  };
}
