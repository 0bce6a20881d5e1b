/** Line and column from 1, in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin; `\n`, `\r\n` and a lone `\r` each end one. */
export class LineMap {
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    // A lone `\r` ends a line too; most texts hold none, and are searched natively.
    if (text.includes('\r'))
      for (const { index, 0: ending } of text.matchAll(/\r\n|\r|\n/gu)) starts.push(index + ending.length);
    else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** `offset` from 0 in UTF-16 units. */
  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The offset (from 0) where a line (from 1) begins; 0 for a line that is not there. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }
}

/** The line around an offset, without its line ending: where it starts and its text. */
export function lineAt(text: string, offset: number): { readonly start: number; readonly text: string } {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const to = text.indexOf('\n', offset);
  // A lone `\r` ends a line too; it is looked for inside this one alone, for most texts hold none.
  const line = text.slice(from, to < 0 ? text.length : to);
  const start = line.lastIndexOf('\r', offset - from - 1) + 1;
  const end = line.indexOf('\r', offset - from);
  return { start: from + start, text: line.slice(start, end < 0 ? line.length : end) };
}

/** In UTF-16 units, to either side of an offset: what is written further away on the same line says nothing about it. */
const FAR = 4000;

/**
 * The line around an offset as {@link lineAt} has it, cut where it is too long to be read anew for each of the many
 * things on it.
 */
export function nearbyLine(text: string, offset: number): { readonly start: number; readonly text: string } {
  const from = Math.max(0, offset - FAR);
  const { start, text: line } = lineAt(text.slice(from, offset + FAR), offset - from);
  return { start: from + start, text: line };
}

/** Lines with their endings, so that joined they are the text again. */
export function splitLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/gu) ?? [];
}
