import { countCommon } from '../text/commonLines.ts';
import { Names } from '../tree/names.ts';
import type { TreePair } from '../tree/pair.ts';

/** How alike two versions of a file are once the trees' names are set aside. */
export class Likeness {
  readonly #names: readonly Names[];
  readonly #decoder = new TextDecoder('utf-8');

  /** @param pairs The pair as it is, and as it was. */
  constructor(pairs: readonly TreePair[]) {
    this.#names = pairs.map((pair) => new Names(pair));
  }

  /** Nothing in it that could tell a copy from a coincidence: empty `__init__.py` files are alike everywhere. */
  isBlank(bytes: Uint8Array): boolean {
    return bytes.length < 200 && this.#decoder.decode(bytes).trim() === '';
  }

  /** The same but for names, line endings, byte order mark, indentation and how imports are wrapped. */
  areSame(a: Uint8Array, b: Uint8Array): boolean {
    const squeezed = (bytes: Uint8Array): string => this.#plain(bytes).replace(/[\s(),\\]+/gu, '');
    return squeezed(a) === squeezed(b);
  }

  /** The share of lines that both have, from 0 to 1: common lines by the lines of the longer one. */
  share(a: Uint8Array, b: Uint8Array): number {
    const left = this.#lines(a);
    const right = this.#lines(b);
    return countCommon(left, right) / Math.max(1, left.length, right.length);
  }

  #lines(bytes: Uint8Array): string[] {
    return this.#plain(bytes)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }

  #plain(bytes: Uint8Array): string {
    return this.#names.reduce((text, names) => names.setAside(text), this.#decoder.decode(bytes));
  }
}
