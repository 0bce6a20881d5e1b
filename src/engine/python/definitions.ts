import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { readImport } from './imports.ts';
import { children, parsePython } from './syntax.ts';

export interface Definition {
  /** `name`, or `Class.name`. */
  readonly name: string;
  /** Offset from 0 of the name. */
  readonly offset: number;
}

/** What a module binds when it runs, as far as its source tells. */
export interface ModuleNames {
  /** Top-level and class-level definitions: functions, classes, assigned names. */
  readonly definitions: readonly Definition[];
  /** Every name bound at module level, imports included, in any branch of `if`, `try`, `with` and loops. */
  readonly bound: ReadonlySet<string>;
  /** Modules star-imported here: leading dots and dotted name, as written. */
  readonly starImports: readonly { readonly level: number; readonly module: string }[];
  /** A module-level `__getattr__`, or names put in place by hand: any name may exist. */
  readonly dynamic: boolean;
}

export function readModuleNames(text: string): ModuleNames {
  const reader = new ModuleReader(text);
  reader.readBlock(parsePython(text).topNode, '');
  return reader.result();
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

class ModuleReader {
  readonly #text: string;
  readonly #definitions: Definition[] = [];
  readonly #bound = new Set<string>();
  readonly #stars: { level: number; module: string }[] = [];
  #dynamic: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#dynamic = /^(?:globals\(\)|vars\(\)|sys\.modules\[__name__\])/mu.test(text);
  }

  result(): ModuleNames {
    return {
      definitions: this.#definitions,
      bound: this.#bound,
      starImports: this.#stars,
      dynamic: this.#dynamic || this.#bound.has('__getattr__'),
    };
  }

  /** Reads the statements of one scope; `owner` is `''` for the module, `Class.` for a class body. */
  readBlock(block: SyntaxNode, owner: string): void {
    for (const node of children(block)) {
      if (BLOCKS.has(node.name)) {
        if (node.name !== 'Body' && node.name !== 'DecoratedStatement') this.#bindTargets(node, owner);
        this.readBlock(node, owner);
      } else if (node.name === 'FunctionDefinition') this.#define(node, owner);
      else if (node.name === 'ClassDefinition') this.#defineClass(node, owner);
      else if (node.name === 'AssignStatement' || node.name === 'UpdateStatement') this.#assign(node, owner);
      else if (node.name === 'TypeDefinition') this.#define(node, owner);
      else if (node.name === 'ImportStatement' && owner === '') this.#import(node);
    }
  }

  #define(node: SyntaxNode, owner: string): void {
    const name = node.getChild('VariableName');
    if (name !== null) this.#bind(name, owner, true);
  }

  #defineClass(node: SyntaxNode, owner: string): void {
    this.#define(node, owner);
    const name = node.getChild('VariableName');
    const body = node.getChild('Body');
    // Class-level definitions only: a nested class's own members are its business.
    if (name !== null && body !== null && owner === '') this.readBlock(body, `${this.#slice(name)}.`);
  }

  #assign(node: SyntaxNode, owner: string): void {
    const parts = children(node);
    const last = parts.findLastIndex((part) => part.name === 'AssignOp' || part.name === 'TypeDef');
    for (const part of parts.slice(0, Math.max(last, 0))) this.#bindPattern(part, owner, true);
  }

  /** `for x in`, `with a as x`, `except E as x`: names before the body. */
  #bindTargets(node: SyntaxNode, owner: string): void {
    let binding = node.name === 'ForStatement';
    for (const part of children(node)) {
      if (part.name === 'in' || part.name === 'Body') binding = false;
      else if (part.name === 'as') binding = true;
      else if (part.name === ',' && node.name !== 'ForStatement') binding = false;
      else if (binding) this.#bindPattern(part, owner, false);
    }
  }

  #bindPattern(node: SyntaxNode, owner: string, definition: boolean): void {
    if (node.name === 'VariableName') this.#bind(node, owner, definition);
    else if (/^(?:Tuple|Array|Parenthesized)Expression$/u.test(node.name)) {
      for (const child of children(node)) this.#bindPattern(child, owner, definition);
    }
  }

  #bind(name: SyntaxNodeRef, owner: string, definition: boolean): void {
    const text = this.#slice(name);
    if (owner === '') this.#bound.add(text);
    if (definition) this.#definitions.push({ name: owner + text, offset: name.from });
  }

  #import(node: SyntaxNode): void {
    const statement = readImport(node, this.#text);
    if (statement.kind === 'import') {
      for (const { module, alias } of statement.modules) this.#bound.add(alias ?? module.segments[0] ?? '');
      return;
    }
    for (const { name, alias } of statement.names) {
      if (name === '*') this.#stars.push({ level: statement.level, module: statement.module.segments.join('.') });
      else this.#bound.add(alias ?? name);
    }
  }

  #slice(node: SyntaxNodeRef): string {
    return this.#text.slice(node.from, node.to);
  }
}
