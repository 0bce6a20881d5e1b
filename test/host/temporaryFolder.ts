import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilEnd } from './lifetime.ts';

export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** A new empty folder, its path free of symbolic links (VS Code compares paths as text), removed at the latest on Ctrl+C. */
export async function temporaryFolder(purpose: string): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `tree-unifier-${purpose}-`)));
  // Retried because an ending process may still write there: VS Code's logs, git's index lock.
  return { path, remove: untilEnd(() => rm(path, { recursive: true, force: true, maxRetries: 5 })) };
}
