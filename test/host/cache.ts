import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(ROOT, '.vscode-host');

/**
 * The folder `.vscode-host/<name>-<version>`, made on first use. It is filled under another name and renamed when whole,
 * so that an interrupted or a concurrent run never leaves half an installation behind.
 */
export async function cached(name: string, version: string, fill: (dir: string) => Promise<void>): Promise<string> {
  const finished = join(CACHE, `${name}-${version}`);
  if (existsSync(finished)) return finished;
  await removeOthers(name);
  const partial = join(CACHE, `partial-${name}-${process.pid}`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await fill(partial);
  await rename(partial, finished).catch(async (error: unknown) => {
    if (!existsSync(finished)) throw error;
    await rm(partial, { recursive: true, force: true });
  });
  return finished;
}

/** Old versions, and what interrupted runs left. */
async function removeOthers(name: string): Promise<void> {
  const entries = existsSync(CACHE) ? await readdir(CACHE) : [];
  const stale = entries.filter((entry) => entry.startsWith(`${name}-`) || isAbandoned(entry));
  await Promise.all(stale.map((entry) => rm(join(CACHE, entry), { recursive: true, force: true })));
}

function isAbandoned(entry: string): boolean {
  const pid = /^partial-.*-(\d+)$/.exec(entry)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch {
    return true; // no such process
  }
}
