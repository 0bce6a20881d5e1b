import { hostname, uptime } from 'node:os';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { systemCode } from './disk.ts';

/** A process, told apart from one that later gets its number. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /** When it wrote this, and when it was started: milliseconds since 1970. */
  readonly time: number;
  readonly started: number;
}

export function thisProcess(): ProcessMark {
  return { pid: process.pid, host: hostname(), time: Date.now(), started: Math.round(performance.timeOrigin) };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and not ours.
    return systemCode(error) !== 'ESRCH';
  }
}

/** Whether that process has surely ended. Of one on another machine (a shared folder, a container) nothing is known. */
export function isGone(mark: ProcessMark): boolean {
  const self = thisProcess();
  if (mark.host !== self.host) return false;
  if (mark.pid === self.pid) return mark.started !== self.started;
  const bootedAt = Date.now() - uptime() * 1000;
  return mark.time < bootedAt || !isAlive(mark.pid);
}
