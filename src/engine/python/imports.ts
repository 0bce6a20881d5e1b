import type { SyntaxNode, Tree } from '@lezer/common';
import { children } from './syntax.ts';

/** A dotted name in the source: `a.b.c`; segments may be spread over continued lines. */
export interface DottedName {
  readonly segments: readonly string[];
  /** Offsets of each segment, parallel to `segments`. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[];
}

export interface ImportedName {
  /** `*` for a star import. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly alias?: string;
}

/** `import a.b as c, d` */
export interface PlainImport {
  readonly kind: 'import';
  readonly node: SyntaxNode;
  readonly modules: readonly { readonly module: DottedName; readonly alias?: string }[];
}

/** `from ..a.b import c as d`; `level` counts the leading dots. */
export interface FromImport {
  readonly kind: 'from';
  readonly node: SyntaxNode;
  readonly level: number;
  readonly module: DottedName;
  readonly names: readonly ImportedName[];
}

export type Import = PlainImport | FromImport;

/** Every import statement of a file, at any depth, in order. */
export function findImports(tree: Tree, text: string): Import[] {
  const found: Import[] = [];
  tree.iterate({
    enter: (node) => {
      if (node.name !== 'ImportStatement') return true;
      found.push(readImport(node.node, text));
      return false;
    },
  });
  return found;
}

export function readImport(node: SyntaxNode, text: string): Import {
  const parts = children(node).filter((part) => part.name !== 'Comment' && part.name !== '(' && part.name !== ')');
  return parts[0]?.name === 'from' ? readFrom(node, parts, text) : readPlain(node, parts, text);
}

function readPlain(node: SyntaxNode, parts: readonly SyntaxNode[], text: string): PlainImport {
  const modules = splitAt(parts.slice(1), ',').map((clause) => {
    const as = clause.findIndex((part) => part.name === 'as');
    const module = dottedName(as < 0 ? clause : clause.slice(0, as), text);
    const alias = as < 0 ? undefined : clause[as + 1];
    return alias === undefined ? { module } : { module, alias: text.slice(alias.from, alias.to) };
  });
  return { kind: 'import', node, modules };
}

function readFrom(node: SyntaxNode, parts: readonly SyntaxNode[], text: string): FromImport {
  const split = parts.findIndex((part) => part.name === 'import');
  const source = parts.slice(1, split < 0 ? parts.length : split);
  const firstName = source.findIndex((part) => part.name === 'VariableName');
  const dots = firstName < 0 ? source : source.slice(0, firstName);
  const names = split < 0 ? [] : splitAt(parts.slice(split + 1), ',').flatMap((clause) => importedName(clause, text));
  const level = dots.reduce((sum, dot) => sum + text.slice(dot.from, dot.to).replace(/[^.]/g, '').length, 0);
  return { kind: 'from', node, level, module: dottedName(firstName < 0 ? [] : source.slice(firstName), text), names };
}

function importedName(clause: readonly SyntaxNode[], text: string): ImportedName[] {
  const [name, as, alias] = clause;
  if (name === undefined) return [];
  const imported = { name: text.slice(name.from, name.to), from: name.from, to: name.to };
  return [
    as?.name === 'as' && alias !== undefined ? { ...imported, alias: text.slice(alias.from, alias.to) } : imported,
  ];
}

function dottedName(parts: readonly SyntaxNode[], text: string): DottedName {
  const names = parts.filter((part) => part.name === 'VariableName');
  return {
    segments: names.map((part) => text.slice(part.from, part.to)),
    ranges: names.map(({ from, to }) => ({ from, to })),
  };
}

function splitAt(parts: readonly SyntaxNode[], name: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const part of parts) {
    if (part.name === name) groups.push([]);
    else groups.at(-1)?.push(part);
  }
  return groups.filter((group) => group.length > 0);
}
