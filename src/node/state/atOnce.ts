import { createLimit } from '../readFile.ts';

/** Keeps the disk busy, and gathers what is made durable. */
const tasksAtOnce = 16;

/**
 * Runs the task for each item, some at a time. When one fails no further one is begun, and its error is thrown when all
 * that were under way have ended: nothing goes on behind the back of who cleans up.
 */
export async function allSettled<T, R>(items: Iterable<T>, task: (item: T) => Promise<R>): Promise<R[]> {
  const limit = createLimit(tasksAtOnce);
  let failed = false;
  const guarded = async (item: T): Promise<R[]> => {
    if (failed) return [];
    try {
      return [await task(item)];
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const results = await Promise.allSettled([...items].map((item) => limit(() => guarded(item))));
  return results.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
