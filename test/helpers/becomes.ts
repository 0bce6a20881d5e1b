import assert from 'node:assert/strict';

/** Waits until the value is the expected one; fails with the difference after the limit, in milliseconds. */
export async function becomes<T>(value: () => T | Promise<T>, expected: T, limit = 30_000): Promise<void> {
  const deadline = Date.now() + limit;
  for (;;) {
    const current = await value();
    try {
      assert.deepEqual(current, expected);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
