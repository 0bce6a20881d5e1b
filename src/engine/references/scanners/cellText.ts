import type { Node } from 'jsonc-parser';
import type { Judgement } from '../judgement.ts';
import type { Rewrite } from '../model.ts';

/** What strings of a JSON text say, one after another, and where each character of it stands in that text. */
export class CellText {
  readonly text: string;
  /** By the UTF-16 units of `text`: the start and the end of what stands for each in the JSON text. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** @param cells the strings of each cell; a cell ends with a form feed on a line of its own, which Python passes over */
  constructor(json: string, cells: readonly (readonly Node[])[]) {
    let text = '';
    for (const nodes of cells) {
      for (const { offset, length } of nodes) {
        // One that lacks its end is a string all the same.
        const end = offset + length;
        text += this.#decode(json, offset + 1, length > 1 && json[end - 1] === '"' ? end - 1 : end);
      }
      const end = this.#ends.at(-1) ?? 0;
      for (const unit of CELL_END) {
        text += unit;
        this.#add(end, end);
      }
    }
    this.text = text;
  }

  /** Where a range of `text` stands in the JSON text. */
  rangeOf(start: number, end: number): { readonly start: number; readonly end: number } {
    const from = this.#starts[start] ?? this.#ends.at(-1) ?? 0;
    return { start: from, end: end > start ? (this.#ends[end - 1] ?? from) : from };
  }

  /** A judgement of `text` as one of the JSON text, its edits escaped. */
  inNotebook(judgement: Judgement): Judgement {
    const { mention } = judgement;
    const { start, end } = this.rangeOf(mention.start, mention.end);
    const tailEnd = this.rangeOf(mention.start, mention.tailEnd).end;
    const rewrites = judgement.rewrites.map((rewrite) => this.#escaped(rewrite));
    return { ...judgement, mention: { ...mention, start, end, tailEnd }, rewrites };
  }

  #escaped(rewrite: Rewrite): Rewrite {
    const edits = rewrite.edits.map(({ start, end, newText }) => ({
      ...this.rangeOf(start, end),
      newText: JSON.stringify(newText).slice(1, -1),
    }));
    return { ...rewrite, edits };
  }

  #decode(json: string, from: number, to: number): string {
    let text = '';
    for (let at = from; at < to;) {
      const length = json[at] !== '\\' ? 1 : json[at + 1] === 'u' ? 6 : 2;
      text += length === 1 ? (json[at] ?? '') : unescape(json.slice(at, at + length));
      this.#add(at, at + length);
      at += length;
    }
    return text;
  }

  #add(start: number, end: number): void {
    this.#starts.push(start);
    this.#ends.push(end);
  }
}

const CELL_END = '\n\f\n';

/** One UTF-16 unit; an escape that JSON does not know stands for itself. */
function unescape(escape: string): string {
  try {
    return JSON.parse(`"${escape}"`) as string;
  } catch {
    return '\uFFFD';
  }
}
