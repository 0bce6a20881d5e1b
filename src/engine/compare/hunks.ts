import { diffArrays } from 'diff';
import type { ComparisonLine } from './lines.ts';
import type { Hunk } from './model.ts';

/** A diff of two files that have little in common may take very long; after this it is one hunk. In milliseconds. */
const PATIENCE = 3000;

/** The runs of lines that differ between the two sides. */
export function findHunks(legacy: readonly ComparisonLine[], canonical: readonly ComparisonLine[]): Hunk[] {
  const changes = diffArrays(
    legacy.map((line) => line.text),
    canonical.map((line) => line.text),
    { timeout: PATIENCE },
  );
  if (changes === undefined) return [hunk(legacy, 0, legacy.length, canonical, 0, canonical.length)];
  const hunks: Hunk[] = [];
  let left = 0;
  let right = 0;
  for (let at = 0; at < changes.length;) {
    const [leftFrom, rightFrom] = [left, right];
    for (let change = changes[at]; change?.added === true || change?.removed === true; change = changes[++at]) {
      if (change.removed) left += change.count;
      else right += change.count;
    }
    if (left > leftFrom || right > rightFrom) hunks.push(hunk(legacy, leftFrom, left, canonical, rightFrom, right));
    const same = changes[at];
    if (same === undefined) break;
    left += same.count;
    right += same.count;
    at++;
  }
  return hunks;
}

function hunk(
  legacy: readonly ComparisonLine[],
  legacyFrom: number,
  legacyTo: number,
  canonical: readonly ComparisonLine[],
  canonicalFrom: number,
  canonicalTo: number,
): Hunk {
  const [legacyStart, legacyLines] = span(legacy, legacyFrom, legacyTo);
  const [canonicalStart, canonicalLines] = span(canonical, canonicalFrom, canonicalTo);
  return { legacyStart, legacyLines, canonicalStart, canonicalLines };
}

/** Start (from 1) and number of lines on disk; an empty run stands before the line that follows it. */
function span(lines: readonly ComparisonLine[], from: number, to: number): [number, number] {
  const last = lines.at(-1);
  const start = lines[from]?.line ?? (last === undefined ? 1 : last.line + last.count);
  return [start, lines.slice(from, to).reduce((sum, line) => sum + line.count, 0)];
}
