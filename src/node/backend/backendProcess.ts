import { spawn, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineError } from '../../engine/index.ts';
import type { Stopped } from '../../engine/index.ts';
import { ProcessGroup } from './group.ts';

export interface BackendCommand {
  readonly python: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What its environment has and no other's. */
  readonly mark: string;
}

/** In UTF-16 units: the last of the output that is kept. */
const KEPT = 64 << 10;
const defaultStopLimit = 3000;
/** Between two looks at what still runs, in milliseconds. */
const LOOK_EVERY = 20;

/** One Python program, with whatever it starts. */
export class BackendProcess {
  readonly #child: ChildProcess;
  readonly #group: ProcessGroup | undefined;
  readonly #stopLimit: number;
  readonly #whenStarted: Promise<void>;
  #output = '';
  #ended: string | undefined;
  #isClosed = false;
  #stopping: Promise<Stopped> | undefined;

  constructor({ python, args, cwd, env, mark }: BackendCommand, stopLimit = defaultStopLimit) {
    this.#stopLimit = stopLimit;
    const detached = process.platform !== 'win32';
    this.#child = spawn(python, [...args], {
      cwd,
      env,
      detached,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#group = this.#child.pid === undefined ? undefined : new ProcessGroup(this.#child.pid, mark);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-KEPT);
      });
    this.#whenStarted = new Promise((resolve, reject) => {
      this.#child.once('spawn', resolve);
      this.#child.once('error', (cause) => {
        this.#ended ??= cause.message;
        reject(new EngineError('backend', `Cannot start ${python}: ${cause.message}.`));
      });
    });
    this.#child.once('close', () => {
      this.#isClosed = true;
    });
    // Not `close`: what it started may hold its pipes open.
    this.#child.once('exit', (code, signal) => {
      this.#ended ??= signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
    });
  }

  /** @throws EngineError `backend` when it could not be started. */
  async started(): Promise<void> {
    await this.#whenStarted;
  }

  ended(): string | undefined {
    return this.#ended;
  }

  output(): string {
    return this.#output;
  }

  /** Ends all of it: first by asking, then without. */
  stop(): Promise<Stopped> {
    return (this.#stopping ??= this.#stop());
  }

  endNow(): void {
    this.#group?.endNow();
  }

  async #stop(): Promise<Stopped> {
    const group = this.#group;
    if (group === undefined) return { leftBehind: 0 };
    group.ask();
    await this.#until(() => this.#isGone(), this.#stopLimit);
    // Asked of the system: on a busy machine its end may be told much later than it came.
    const leftBehind = group.leaderRuns(this.#ended !== undefined) ? 0 : group.members().length;
    if (leftBehind > 0) {
      group.end('SIGTERM');
      await this.#until(() => this.#isGone(), this.#stopLimit);
    }
    // Again and again: one of them may have started another meanwhile.
    while (!this.#isGone()) {
      group.end('SIGKILL');
      await wait(LOOK_EVERY);
    }
    // What is still in the pipes; on systems where a process can get away, it may hold them open for ever.
    await this.#until(() => this.#isClosed, this.#stopLimit);
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    return { leftBehind };
  }

  #isGone(): boolean {
    return this.#ended !== undefined && this.#group?.members().length === 0;
  }

  async #until(isDone: () => boolean, limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (!isDone() && Date.now() < end) await wait(LOOK_EVERY);
  }
}
