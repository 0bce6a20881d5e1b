import { setAside } from '../../compare/lines.ts';
import type { Names } from '../../tree/names.ts';
import type { Versions } from './model.ts';
import { textOf } from './text.ts';

/** From here on git takes two files for one that was renamed. */
const ALIKE = 0.5;

/**
 * Which old path each file of a side may have been renamed from: new path → path in the base. A suggestion alone, for
 * how lines are spelled and ended; git decides what was renamed.
 * @param alike the least share of common lines, from 0 to 1
 */
export function suggestRenames(
  base: Versions,
  side: Versions,
  namespaces: readonly Names[],
  alike = ALIKE,
): Map<string, string> {
  const gone = [...base.keys()].filter((path) => !side.has(path));
  const came = [...side.keys()].filter((path) => !base.has(path));
  if (gone.length === 0 || came.length === 0) return new Map();
  const holders = new Map<string, string[]>();
  const sizes = new Map<string, number>();
  for (const path of gone) {
    const lines = linesOf(base, path, namespaces);
    sizes.set(path, lines.size);
    for (const line of lines) holders.set(line, [...(holders.get(line) ?? []), path]);
  }
  const renames = new Map<string, string>();
  for (const path of came) {
    const origin = mostAlike(linesOf(side, path, namespaces), { holders, sizes, alike });
    if (origin !== undefined) renames.set(path, origin);
  }
  return renames;
}

function mostAlike(
  lines: ReadonlySet<string>,
  {
    holders,
    sizes,
    alike,
  }: {
    readonly holders: ReadonlyMap<string, readonly string[]>;
    readonly sizes: ReadonlyMap<string, number>;
    readonly alike: number;
  },
): string | undefined {
  const common = new Map<string, number>();
  for (const line of lines) {
    for (const path of holders.get(line) ?? []) common.set(path, (common.get(path) ?? 0) + 1);
  }
  const shares = [...common].map(
    ([path, count]) => [path, count / Math.max(lines.size, sizes.get(path) ?? 0)] as const,
  );
  const [best] = shares.filter(([, share]) => share >= alike).sort(([, a], [, b]) => b - a);
  return best?.[0];
}

function linesOf(versions: Versions, path: string, namespaces: readonly Names[]): Set<string> {
  const text = textOf(versions.get(path)) ?? '';
  const lines = setAside(text, namespaces).split('\n');
  return new Set(lines.map((line) => line.trim()).filter((line) => line !== ''));
}
