import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { groupBy } from '../../engine/index.ts';
import type { FileOutcome, Refusal } from '../../engine/index.ts';
import { unlessMissing } from '../state/disk.ts';

/** Files of a plan that this disk takes for one, as their paths differ by case alone: none of them is touched. */
export async function collisions(outcomes: readonly FileOutcome[], folder: string): Promise<Refusal[]> {
  const groups = [...groupBy(outcomes, ({ path }) => path.toLowerCase()).values()].filter(({ length }) => length > 1);
  if (groups.length === 0 || !(await ignoresCase(folder))) return [];
  return groups.flatMap((group) =>
    group.map(({ path }) => {
      const other = group.find((one) => one.path !== path)?.path ?? '';
      return { path, reason: `This disk does not tell it from ${other}, which the plan also names.` };
    }),
  );
}

/** @param folder Absolute, there, with a letter in its name. */
async function ignoresCase(folder: string): Promise<boolean> {
  const shouted = path.join(path.dirname(folder), path.basename(folder).toUpperCase());
  return (await unlessMissing(lstat(shouted))) !== undefined;
}
