import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { CancelledError, throwIfCancelled } from '../engine/index.ts';
import type { ProcessOptions, ProcessResult, ProcessRunner } from '../engine/index.ts';
import { neededVariables } from './environment.ts';
import { findOutside, pathOutside } from './program.ts';

/** In bytes: what prints more than any answer has is ended. */
const MOST_OUTPUT = 64 << 20;
/** Between being asked to end and being made to, in milliseconds. */
const GRACE = 500;
/** Between two looks at the token, in milliseconds. */
const LOOK_EVERY = 20;

/** Programs of this machine for the workspace `root`; where they are is asked of `find`. */
export function createProcessRunner(
  root: string,
  find = (name: string): string | undefined => findOutside(root, name),
): ProcessRunner {
  return {
    root,
    run: async (program, args, options) => {
      throwIfCancelled(options.token);
      const file = find(program);
      return file === undefined
        ? undefined
        : await runToEnd(file, args, { ...neededVariables(process.env), ...pathOutside(root) }, options);
    },
  };
}

function runToEnd(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { input, limitMs, token }: ProcessOptions,
): Promise<ProcessResult | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], { cwd: tmpdir(), env: { ...env }, stdio: 'pipe', windowsHide: true });
    const stop = new Stop(child);
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_OUTPUT) stop.now();
        else chunks.push(chunk);
      });
      return chunks;
    });
    const limit = setTimeout(() => {
      stop.now();
    }, limitMs);
    const watch = setInterval(() => {
      if (token?.isCancellationRequested === true) stop.now();
    }, LOOK_EVERY);
    const done = (): void => {
      clearTimeout(limit);
      clearInterval(watch);
      stop.isOver();
    };
    child.stdin.on('error', () => {
      // It ended before it had read all: its exit code says why.
    });
    child.stdin.end(input);
    child.once('error', () => {
      done();
      // Of another machine, or not allowed: there is no such program for us.
      resolve(undefined);
    });
    child.once('close', (code) => {
      done();
      if (token?.isCancellationRequested === true) reject(new CancelledError());
      else if (stop.isAsked || code === null)
        resolve({ stdout: new Uint8Array(), stderr: Buffer.concat(stderr ?? []).toString('utf8') });
      else resolve({ code, stdout: Buffer.concat(stdout ?? []), stderr: Buffer.concat(stderr ?? []).toString('utf8') });
    });
  });
}

/** Ends a process: first by asking, so that it can end what it started. */
class Stop {
  readonly #child: ChildProcess;
  #timer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  get isAsked(): boolean {
    return this.#timer !== undefined;
  }

  now(): void {
    if (this.isAsked) return;
    this.#child.kill('SIGTERM');
    this.#timer = setTimeout(() => {
      this.#child.kill('SIGKILL');
      // What it started may hold them open for ever.
      for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.destroy();
    }, GRACE);
  }

  isOver(): void {
    clearTimeout(this.#timer);
  }
}
