import type { SyntaxNode } from '@lezer/common';
import { LineMap } from '../text/lines.ts';
import { children, parsePython } from './syntax.ts';

/**
 * What a module defines at its top level and in its classes (functions, classes, assigned names, in any branch): `name`
 * or `Class.name`, with the line (from 1) where it is first defined.
 */
export function definitionLines(text: string): Map<string, number> {
  const reader = new DefinitionReader(text);
  reader.readBlock(parsePython(text).topNode, '');
  return reader.lines;
}

const BLOCKS = new Set([
  'IfStatement',
  'TryStatement',
  'WithStatement',
  'ForStatement',
  'WhileStatement',
  'Body',
  'StatementGroup',
  'MatchStatement',
  'MatchBody',
  'MatchClause',
  'DecoratedStatement',
]);

class DefinitionReader {
  readonly lines = new Map<string, number>();
  readonly #text: string;
  readonly #lineMap: LineMap;

  constructor(text: string) {
    this.#text = text;
    this.#lineMap = new LineMap(text);
  }

  /** Reads the statements of one scope; `owner` is `''` for the module, `Class.` for a class body. */
  readBlock(block: SyntaxNode, owner: string): void {
    for (const node of children(block)) {
      if (BLOCKS.has(node.name)) this.readBlock(node, owner);
      else if (node.name === 'FunctionDefinition' || node.name === 'TypeDefinition') this.#define(node, owner);
      else if (node.name === 'ClassDefinition') this.#defineClass(node, owner);
      else if (node.name === 'AssignStatement' || node.name === 'UpdateStatement') this.#assign(node, owner);
    }
  }

  #define(node: SyntaxNode, owner: string): void {
    const name = node.getChild('VariableName');
    if (name !== null) this.#bind(name, owner);
  }

  #defineClass(node: SyntaxNode, owner: string): void {
    this.#define(node, owner);
    const name = node.getChild('VariableName');
    const body = node.getChild('Body');
    // Class-level definitions only: a nested class's own members are its business.
    if (name !== null && body !== null && owner === '')
      this.readBlock(body, `${this.#text.slice(name.from, name.to)}.`);
  }

  #assign(node: SyntaxNode, owner: string): void {
    const parts = children(node);
    const last = parts.findLastIndex((part) => part.name === 'AssignOp' || part.name === 'TypeDef');
    for (const part of parts.slice(0, Math.max(last, 0))) this.#bind(part, owner);
  }

  #bind(target: SyntaxNode, owner: string): void {
    if (/^(?:Tuple|Array|Parenthesized)Expression$/u.test(target.name)) {
      for (const child of children(target)) this.#bind(child, owner);
    } else if (target.name === 'VariableName') {
      const name = owner + this.#text.slice(target.from, target.to);
      if (!this.lines.has(name)) this.lines.set(name, this.#lineMap.position(target.from).line);
    }
  }
}
