import type { SyntaxNode } from '@lezer/common';
import { readLiteral } from './literals.ts';
import { children } from './syntax.ts';

/** A module's `__all__` as far as its source tells. */
export interface Exports {
  readonly names: ReadonlySet<string>;
  /** Every one of the names is in it, whatever branches run. */
  readonly exact: boolean;
  /** No other name is in it. */
  readonly closed: boolean;
}

/** Follows what a module does to its `__all__`, statement by statement. */
export class ExportsReader {
  readonly #text: string;
  #names: Set<string> | undefined;
  #exact = true;
  #closed = true;

  constructor(text: string) {
    this.#text = text;
  }

  result(): Exports | undefined {
    return this.#names === undefined ? undefined : { names: this.#names, exact: this.#exact, closed: this.#closed };
  }

  /** It was bound in a way that is not followed: an import, a loop, a tuple. */
  blur(): void {
    this.#names ??= new Set();
    this.#exact = false;
    this.#closed = false;
  }

  /** `__all__ = value` or `__all__ += value`, or several with commas; `sure` when the statement always runs. */
  assign(values: readonly SyntaxNode[], adds: boolean, sure: boolean): void {
    const [value] = values;
    const names = values.length > 1 ? this.#strings(values) : value === undefined ? undefined : this.#read(value);
    if (names === undefined) this.blur();
    else if (!sure) this.#exact = false;
    else if (!adds) this.#exact = this.#closed = true;
    this.#names = new Set([...(adds || !sure ? (this.#names ?? []) : []), ...(names ?? [])]);
  }

  /** `__all__.extend(value)`, `.append(value)`, `.remove(value)` */
  call(method: string, value: SyntaxNode | undefined, sure: boolean): void {
    if (method === 'extend') {
      this.assign(value === undefined ? [] : [value], true, sure);
      return;
    }
    const name = value === undefined ? undefined : this.#string(value);
    if (!sure) this.#exact = false;
    if (name !== undefined && method === 'append') (this.#names ??= new Set()).add(name);
    else if (name === undefined || method !== 'remove') this.blur();
    else if (sure) this.#names?.delete(name);
  }

  /** The strings of a list, a tuple, or several added up; `undefined` when anything else is among them. */
  #read(node: SyntaxNode): string[] | undefined {
    const parts = children(node).filter(({ name }) => !/^(?:[[\](),]|Comment|ArithOp)$/u.test(name));
    if (node.name === 'BinaryExpression') {
      if (this.#text.slice(node.from, node.to).includes('*')) return undefined;
      const sides = parts.map((part) => this.#read(part));
      return sides.includes(undefined) ? undefined : sides.flatMap((side) => side ?? []);
    }
    if (!/^(?:Array|Tuple|Parenthesized)Expression$/u.test(node.name)) return undefined;
    if (node.name === 'ParenthesizedExpression') return parts[0] === undefined ? undefined : this.#read(parts[0]);
    return this.#strings(parts);
  }

  #strings(nodes: readonly SyntaxNode[]): string[] | undefined {
    const names = nodes.filter(({ name }) => name !== ',').map((node) => this.#string(node));
    return names.includes(undefined) ? undefined : names.flatMap((name) => name ?? []);
  }

  #string(node: SyntaxNode): string | undefined {
    if (node.name !== 'String') return undefined;
    const { opener, from, to } = readLiteral(node, this.#text);
    const content = this.#text.slice(from, to);
    return /[bB]/u.test(opener) || content.includes('\\') ? undefined : content;
  }
}
