import type { Names } from '../tree/names.ts';
import { children, parsePython } from '../python/syntax.ts';

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

/** An import at the start of a line that goes on after it, up to the closing parenthesis or the last continued line. */
const WRAPPED = /^[ \t]*(?:from|import)\b[^\n#"';]*(?:\([^()]*\)|\\\n(?:[^\n]*\\\n)*[^\n]*)/gmu;

/** Import statements with parentheses or continued lines, joined, by the line they begin on (from 1). */
function joinedImports(text: string): Map<number, Joined> {
  const found = new Map<number, Joined>();
  let line = 1;
  let counted = 0;
  for (const { 0: wrapped, index } of text.matchAll(WRAPPED)) {
    const indentation = /^[ \t]*/u.exec(wrapped)?.[0] ?? '';
    const statement = wrapped.slice(indentation.length);
    // Parsed by itself, which is far cheaper than the whole file; what is no import is left alone.
    if (statement.includes('#') || !isImport(statement)) continue;
    line += countNewlines(text, counted, index);
    counted = index;
    const after = text.slice(index + wrapped.length, endOfLine(text, index + wrapped.length));
    found.set(line, {
      text: indentation + flatten(statement) + after,
      count: countNewlines(text, index, index + wrapped.length) + 1,
    });
  }
  return found;
}

function isImport(statement: string): boolean {
  const [first, ...others] = children(parsePython(statement).topNode);
  return first?.name === 'ImportStatement' && first.to === statement.length && others.length === 0;
}

function flatten(statement: string): string {
  return statement
    .replace(/\\\n/g, ' ')
    .replace(/[()\s]+/g, ' ')
    .replace(/ ?, ?/g, ', ')
    .replace(/,? $/, '');
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
