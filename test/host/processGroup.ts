import { type ChildProcess, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const END_LIMIT_MS = 3_000;

/** A child started with `detached` leads a group of its own, in which what it starts can be ended with it. */
export const CAN_LEAD_GROUP = process.platform !== 'win32';

/** Asks a child to end, and ends it and all that it started. */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    await Promise.race([gone, delay(END_LIMIT_MS, undefined, { ref: false })]);
  }
  signalGroup(child, 'SIGKILL'); // what outlived it
}

/** Does nothing when the group is gone. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (!CAN_LEAD_GROUP) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
