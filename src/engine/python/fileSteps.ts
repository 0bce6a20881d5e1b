import type { SyntaxNode } from '@lezer/common';
import type { TextEdit } from '../text/edit.ts';
import { readLiteral } from './literals.ts';
import { ancestor, children, parsePython } from './syntax.ts';

/** An expression that goes up from the module's own file: `Path(__file__).parent.parent`, `join(dirname(__file__), "..")`. */
export interface FileSteps {
  readonly from: number;
  readonly to: number;
  /** Path segments taken off the file's path; 1 is the file's own folder. */
  readonly up: number;
  /** The same expression going up this many segments more (fewer, if negative); `undefined` where it cannot be written. */
  readonly deeper: (more: number) => TextEdit | undefined;
}

/** Every expression that goes up from `__file__`, each once, where it goes up. */
export function findFileSteps(text: string): FileSteps[] {
  if (!text.includes('__file__')) return [];
  const found: FileSteps[] = [];
  const reader = new StepsReader(text);
  const visit = (node: SyntaxNode): void => {
    const place = EXPRESSION.test(node.name) ? reader.place(node) : undefined;
    if (place === undefined) for (const child of children(node)) visit(child);
    else if (place.climbs) found.push({ from: node.from, to: node.to, up: place.up, deeper: place.deeper });
  };
  visit(parsePython(text).topNode);
  return found;
}

const EXPRESSION = /^(?:CallExpression|MemberExpression|BinaryExpression|VariableName|FormatString)$/u;

/** Where an expression points: so many segments up from the file, then down again. */
interface Place {
  readonly up: number;
  readonly down: number;
  /** How many `..` the path ends with, as it is written: what goes up by the text alone takes them off first. */
  readonly dots: number;
  /** This very expression goes up; a variable that did is not told of again. */
  readonly climbs: boolean;
  readonly deeper: (more: number) => TextEdit | undefined;
}

const KEEPS_PLACE = /(?:^|\.)(?:Path|PurePath|str|abspath|realpath|normpath|fspath|expanduser)$/u;
const METHODS = /^(?:resolve|absolute|expanduser|as_posix)$/u;
const SETTLES = /(?:^|\.)(?:abspath|realpath|normpath|resolve)$/u;
const DEPTH_OF_NAMES = 8;

class StepsReader {
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  place(node: SyntaxNode): Place | undefined {
    switch (node.name) {
      case 'VariableName':
        return this.#variable(node);
      case 'MemberExpression':
        return this.#member(node);
      case 'CallExpression':
        return this.#call(node);
      case 'BinaryExpression':
        return this.#joined(node.firstChild, children(node).slice(1));
      case 'FormatString':
        return this.#formatted(node);
      case 'ParenthesizedExpression':
        return node.firstChild?.nextSibling ? this.place(node.firstChild.nextSibling) : undefined;
      default:
        return undefined;
    }
  }

  #variable(node: SyntaxNode): Place | undefined {
    const name = this.#slice(node);
    if (name === '__file__') return { up: 0, down: 0, dots: 0, climbs: false, deeper: () => undefined };
    if (this.#depth >= DEPTH_OF_NAMES) return undefined;
    const value = this.#assigned(node, name);
    if (value === undefined) return undefined;
    this.#depth++;
    const place = this.place(value);
    this.#depth--;
    return place === undefined ? undefined : { ...place, climbs: false, deeper: () => undefined };
  }

  /** The last value given to the name before its use, in the same function or else in the module. */
  #assigned(use: SyntaxNode, name: string): SyntaxNode | undefined {
    for (let scope = ancestor(use, 'Body', 'Script'); scope !== undefined; scope = ancestor(scope, 'Body', 'Script')) {
      const values = children(scope)
        .filter((statement) => statement.name === 'AssignStatement' && statement.to <= use.from)
        .filter(({ firstChild }) => firstChild !== null && this.#slice(firstChild) === name)
        .map(({ lastChild }) => lastChild);
      const last = values.at(-1);
      if (last !== undefined && last !== null) return last;
    }
    return undefined;
  }

  /** `x.parent`, and `x.parents[n]`. */
  #member(node: SyntaxNode): Place | undefined {
    const object = node.firstChild;
    if (object === null) return undefined;
    const index = node.getChild('Number');
    if (index !== null) return this.#parents(object, index);
    if (this.#property(node) !== 'parent') return undefined;
    const place = this.place(object);
    return place === undefined ? undefined : this.#up(place, 1, { at: node.to, step: '.parent' });
  }

  #parents(object: SyntaxNode, index: SyntaxNode): Place | undefined {
    const inner = object.name === 'MemberExpression' && this.#property(object) === 'parents' ? object.firstChild : null;
    const place = inner === null ? undefined : this.place(inner);
    const levels = Number(this.#slice(index));
    if (place === undefined || !Number.isInteger(levels)) return undefined;
    const deeper = (more: number): TextEdit | undefined =>
      levels + more < 0 ? undefined : { start: index.from, end: index.to, newText: String(levels + more) };
    return { ...climb(place, levels + 1), deeper };
  }

  #call(node: SyntaxNode): Place | undefined {
    const callee = node.firstChild;
    const args = node.getChild('ArgList');
    if (callee === null || args === null) return undefined;
    const name = this.#slice(callee);
    const [first, ...others] = children(args).filter(({ name: type }) => !/^[(),]$/u.test(type));
    if (callee.name === 'MemberExpression' && callee.firstChild !== null) {
      const method = this.#property(callee);
      if (METHODS.test(method)) return this.#settled(callee.firstChild, method);
      if (method === 'joinpath') return this.#joined(callee.firstChild, first === undefined ? [] : [first, ...others]);
    }
    if (first === undefined) return undefined;
    if (KEEPS_PLACE.test(name)) return others.length === 0 ? this.#settled(first, name) : this.#joined(first, others);
    if (/(?:^|\.)join$/u.test(name)) return this.#joined(first, others);
    if (!/(?:^|\.)dirname$/u.test(name)) return undefined;
    const place = this.place(first);
    return place === undefined ? undefined : this.#up(place, 1, undefined, { node, name });
  }

  /** Some of the calls that keep the place make `a/b/..` into `a`. */
  #settled(node: SyntaxNode, call: string): Place | undefined {
    const place = this.place(node);
    return place !== undefined && SETTLES.test(call) ? { ...place, dots: 0 } : place;
  }

  /** Folders joined to a place: `..` goes up, any other goes down; what is no literal is taken for one folder down. */
  #joined(base: SyntaxNode | null, parts: readonly SyntaxNode[]): Place | undefined {
    const start = base === null ? undefined : this.place(base);
    const operator = parts.find(({ name }) => name === 'ArithOp');
    const isText = operator !== undefined && this.#slice(operator) === '+';
    const isPath = isText ? this.#goesOn(parts) : operator === undefined || this.#slice(operator) === '/';
    if (start === undefined || !isPath) return undefined;
    let place = start;
    for (const part of parts.filter(({ name }) => name !== 'ArithOp')) {
      if (/^(?:os\.(?:path\.)?)?pardir$/u.test(this.#slice(part))) {
        place = this.#step(place, { at: part.to, step: `, ${this.#slice(part)}` });
        continue;
      }
      if (part.name !== 'String') {
        place = { ...place, down: place.down + 1, dots: 0 };
        continue;
      }
      place = this.#follow(place, readLiteral(part, this.#text), isText);
    }
    return place;
  }

  /** The segments of a text from offset to offset; `isText`: it goes on where another text ended. */
  #follow(start: Place, { from, to }: { readonly from: number; readonly to: number }, isText: boolean): Place {
    let place = start;
    for (const segment of this.#text.slice(from, to).split(/[\\/]+/u)) {
      if (segment === '..') place = this.#step(place, { at: from, step: isText ? '/..' : '../' });
      else if (segment !== '' && segment !== '.') place = { ...place, down: place.down + 1, dots: 0 };
    }
    return place;
  }

  /** `f"{dirname(__file__)}/../x"`, whose steps up stand before any other part; without one its parts tell all. */
  #formatted(node: SyntaxNode): Place | undefined {
    const { from, to } = readLiteral(node, this.#text);
    const [first, next] = node.getChildren('FormatReplacement');
    const value = first?.from === from ? first.firstChild?.nextSibling : undefined;
    const start = value ? this.place(value) : undefined;
    const rest = { from: first?.to ?? to, to: next?.from ?? to };
    const goesUp = /^[\\/](?:.*[\\/])?\.\.(?:[\\/]|$)/u.test(this.#text.slice(rest.from, rest.to));
    return start !== undefined && goesUp ? this.#follow(start, rest, true) : undefined;
  }

  /** `+ "/../x"`: a text that begins with a separator goes on below the folder before it. */
  #goesOn(parts: readonly SyntaxNode[]): boolean {
    const text = parts.find(({ name }) => name === 'String');
    return text !== undefined && /^[\\/]/u.test(this.#text.slice(readLiteral(text, this.#text).from));
  }

  /** One `..` more. */
  #step(place: Place, insert: { readonly at: number; readonly step: string }): Place {
    return { ...this.#up({ ...place, dots: 0 }, 1, insert), dots: place.dots + 1 };
  }

  /** `insert`: a text that goes up once more when put there; `wrap`: a call that does when put around. */
  #up(
    place: Place,
    levels: number,
    insert?: { readonly at: number; readonly step: string },
    wrap?: { readonly node: SyntaxNode; readonly name: string },
  ): Place {
    const deeper = (more: number): TextEdit | undefined => {
      if (more <= 0) return undefined;
      if (insert !== undefined) return { start: insert.at, end: insert.at, newText: insert.step.repeat(more) };
      if (wrap === undefined) return undefined;
      const { node, name } = wrap;
      const call = this.#slice(node);
      return { start: node.from, end: node.to, newText: `${`${name}(`.repeat(more)}${call}${')'.repeat(more)}` };
    };
    return { ...climb(place, levels), deeper };
  }

  #property(node: SyntaxNode): string {
    const name = node.getChild('PropertyName');
    return name === null ? '' : this.#slice(name);
  }

  #slice(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to);
  }
}

/** Up takes back what went down first; by the text, what a `..` went up before that. */
function climb(place: Place, levels: number): Place {
  const undone = Math.min(place.dots, levels);
  const left = levels - undone;
  const back = Math.min(place.down, left);
  const up = place.up - undone + left - back;
  return { ...place, down: place.down - back, dots: place.dots - undone, up, climbs: place.climbs || left > back };
}
