import { CancelledError, EngineError } from '../../engine/index.ts';
import { systemCode } from './disk.ts';

const causes: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EBUSY: 'another program holds it open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it is not there any more',
  EEXIST: 'another program has made it meanwhile',
  EIO: 'the disk has an error',
};

/** Why a call of the system failed, as the end of a sentence; `undefined` for an error that is none of the system's. */
export function causeOf(error: unknown): string | undefined {
  const code = systemCode(error);
  if (!(error instanceof Error) || code === undefined) return undefined;
  return causes[code] ?? error.message;
}

/** Runs the task; a call of the system that fails in it becomes an EngineError `unwritable`. */
export async function explained<T>(what: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof EngineError || error instanceof CancelledError) throw error;
    const cause = causeOf(error);
    if (cause === undefined) throw error;
    throw new EngineError('unwritable', `${what}: ${cause}.`);
  }
}
