import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { systemCode } from '../state/disk.ts';

/** The processes of one backend: the one that was started, and whatever it started in turn. */
export class ProcessGroup {
  readonly #leader: number;
  /** `NAME=value` in the environment of each. */
  readonly #mark: string;

  constructor(leader: number, mark: string) {
    this.#leader = leader;
    this.#mark = mark;
  }

  /**
   * Those that still run, zombies left out. On Linux also those that left the group, by their environment; on other
   * systems the group counts as one process while anything of it runs.
   */
  members(): number[] {
    if (process.platform === 'win32') return [];
    if (process.platform !== 'linux') return signal(-this.#leader, 0) ? [-this.#leader] : [];
    return readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map(Number)
      .filter((pid) => this.#isMember(pid));
  }

  /** Whether the one that was started still runs; where the system cannot say, what is known of its end counts. */
  leaderRuns(hasEnded: boolean): boolean {
    return process.platform === 'linux' ? this.#isMember(this.#leader) : !hasEnded;
  }

  /** Asks them to end as a terminal does: what left the group is not asked, and is left behind. */
  ask(): void {
    if (process.platform === 'win32') this.end('SIGTERM');
    else signal(-this.#leader, 'SIGTERM');
  }

  /** Asks all of them to end, or makes them. */
  end(how: 'SIGTERM' | 'SIGKILL'): void {
    if (process.platform === 'win32') {
      // There is no asking there: a console program gets no message from us.
      spawn(taskkill(), ['/T', '/F', '/PID', String(this.#leader)], { stdio: 'ignore', windowsHide: true });
      return;
    }
    signal(-this.#leader, how);
    for (const pid of this.members()) signal(pid, how);
  }

  /** The same at once, for a process that is about to end itself. */
  endNow(): void {
    if (process.platform === 'win32')
      spawnSync(taskkill(), ['/T', '/F', '/PID', String(this.#leader)], { stdio: 'ignore' });
    else this.end('SIGKILL');
  }

  #isMember(pid: number): boolean {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      // After the name in brackets, which may hold anything: state, parent, group.
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z' || state === 'X') return false;
      if (Number(group) === this.#leader) return true;
      return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(this.#mark);
    } catch (error) {
      // Gone meanwhile, or another user's.
      if (/^(?:ENOENT|ESRCH|EACCES|EPERM)$/u.test(systemCode(error) ?? '')) return false;
      throw error;
    }
  }
}

/** Whether there was anybody to get it. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
    if (systemCode(error) === 'EPERM') return true;
    throw error;
  }
}

/** By its own path: the search for a program would also look into the workspace. */
function taskkill(): string {
  return path.win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
}
