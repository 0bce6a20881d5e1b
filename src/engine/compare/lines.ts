import type { Names } from '../tree/names.ts';
import { findImports } from '../python/imports.ts';
import { parsePython } from '../python/syntax.ts';

/** One line as comparison sees it; a wrapped import is one line that stands on several. */
export interface ComparisonLine {
  readonly text: string;
  /** From 1, in the file as it is on disk. */
  readonly line: number;
  readonly count: number;
}

/** Sets aside the namespaces of all pairs (a tree may import another pair's package), line endings and byte order mark; what is left differs for a reason. */
export function setAside(text: string, namespaces: readonly Names[]): string {
  const unmarked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const lines = unmarked.includes('\r') ? unmarked.replace(/\r\n?/g, '\n') : unmarked;
  return namespaces.reduce((rest, names, at) => names.setAside(rest, `NAMESPACE${at}`), lines);
}

/**
 * Splits a text that {@link setAside} prepared. In Python, an import statement that a formatter wrapped (a longer name
 * makes it do so) is put back on one line: `from a import (\n  b,\n  c,\n)` becomes `from a import b, c`. One that holds
 * comments stays as it is.
 */
export function comparisonLines(text: string, python: boolean): ComparisonLine[] {
  const lines = text.split('\n');
  const joined = python && /\bimport\b[^\n]*[(\\]/u.test(text) ? joinedImports(text) : new Map<number, Joined>();
  const result: ComparisonLine[] = [];
  for (let index = 0; index < lines.length;) {
    const whole = joined.get(index + 1);
    const count = whole?.count ?? 1;
    result.push({ text: whole?.text ?? lines[index] ?? '', line: index + 1, count });
    index += count;
  }
  return result;
}

interface Joined {
  readonly text: string;
  readonly count: number;
}

/** Import statements that have parentheses or continued lines, joined, by the line they begin on (from 1). */
function joinedImports(text: string): Map<number, Joined> {
  const found = new Map<number, Joined>();
  let line = 1;
  let counted = 0;
  for (const { node } of findImports(parsePython(text), text)) {
    const lineStart = text.lastIndexOf('\n', node.from - 1) + 1;
    const lineEnd = text.indexOf('\n', node.to);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const statement = text.slice(node.from, node.to);
    if (!/[(\\]/u.test(statement) || statement.includes('#')) continue;
    line += countNewlines(text, counted, lineStart);
    counted = lineStart;
    const flat = statement
      .replace(/\\\n/g, ' ')
      .replace(/[()\s]+/g, ' ')
      .replace(/ ?, ?/g, ', ')
      .replace(/,? $/, '');
    found.set(line, {
      text: text.slice(lineStart, node.from) + flat + text.slice(node.to, end),
      count: countNewlines(text, lineStart, end) + 1,
    });
  }
  return found;
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
