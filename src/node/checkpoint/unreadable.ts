import { constants } from 'node:fs';
import { access, lstat } from 'node:fs/promises';
import { CancelledError, EngineError } from '../../engine/index.ts';
import { systemCode } from '../state/disk.ts';
import type { BytePath } from './model.ts';
import { absoluteOf, toText } from './workTree.ts';

/**
 * Runs what reads the work tree; where that fails for want of rights, whichever program met it, the error names the file.
 * @throws EngineError `unreadable`
 */
export async function namingUnreadable<T>(
  root: string,
  files: readonly BytePath[],
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    for (const file of files) {
      if (!(await isForbidden(absoluteOf(root, file)))) continue;
      const mend = 'Give yourself the right to, or have git ignore it.';
      throw new EngineError('unreadable', `Cannot take a checkpoint: ${toText(file)} may not be read. ${mend}`);
    }
    throw error;
  }
}

async function isForbidden(absolute: Buffer): Promise<boolean> {
  try {
    if (!(await lstat(absolute)).isFile()) return false;
    await access(absolute, constants.R_OK);
    return false;
  } catch (error) {
    return ['EACCES', 'EPERM'].includes(systemCode(error) ?? '');
  }
}
