import { spawn, type SpawnOptions } from 'node:child_process';

/** Runs a program with its output shown, and returns its exit code; null when a signal ended it. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number | null> {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
