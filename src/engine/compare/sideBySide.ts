import { isPython } from '../python/syntax.ts';
import { splitLines } from '../text/lines.ts';
import type { Names } from '../tree/names.ts';
import { findHunks } from './hunks.ts';
import type { ComparisonLine } from './lines.ts';
import { comparisonLines, setAside } from './lines.ts';

/**
 * The left side of a diff in which only true divergence shows: the legacy text, written in the canonical namespace, and
 * on lines that say the same on both sides in the canonical file's own words (its spelling of the name, its wrapping of
 * an import, its line endings).
 *
 * @param rewritten the legacy text after the rewriter; when it has other lines than `legacy`, it is answered as it is.
 */
export function besideCanonical(
  path: string,
  legacy: string,
  rewritten: string,
  canonical: string,
  namespaces: readonly Names[],
): string {
  const rewrittenLines = splitLines(rewritten);
  if (rewrittenLines.length !== splitLines(legacy).length) return rewritten;
  const canonicalLines = splitLines(canonical);
  const python = isPython(path);
  const hunks = findHunks(linesOf(legacy, python, namespaces), linesOf(canonical, python, namespaces));
  const result: string[] = [];
  let at = 1;
  for (const { legacyStart, legacyLines, canonicalStart, canonicalLines: count } of hunks) {
    result.push(...canonicalLines.slice(at - 1, canonicalStart - 1));
    result.push(...rewrittenLines.slice(legacyStart - 1, legacyStart - 1 + legacyLines));
    at = canonicalStart + count;
  }
  return joinLines([...result, ...canonicalLines.slice(at - 1)], rewritten);
}

/** Without the empty line that follows the last line's ending: it would pass for a blank one of the other side. */
function linesOf(text: string, python: boolean, namespaces: readonly Names[]): ComparisonLine[] {
  const lines = comparisonLines(setAside(text, namespaces), python);
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}

const ENDING = /\r\n|\n|\r$/u;

/** The last line of either file may lack its ending: in the middle it gets one, and at the end it is as in `model`. */
function joinLines(lines: readonly string[], model: string): string {
  const ending = ENDING.exec(lines[0] ?? '')?.[0] ?? '\n';
  const last = lines.length - 1;
  return lines
    .map((line, at) => {
      if (at === last && !ENDING.test(model.slice(-1))) return line.replace(ENDING, '');
      return ENDING.test(line) ? line : line + ending;
    })
    .join('');
}
