import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { bridgeGaps } from './gaps.ts';

/** An error-tolerant parse: always a tree; offsets from 0 in UTF-16 units. */
export function parsePython(text: string): Tree {
  // The grammar knows no byte order mark; an empty line in its place keeps all offsets.
  const known = bridgeGaps(text);
  return parser.parse(known.charCodeAt(0) === 0xfeff ? `\n${known.slice(1)}` : known);
}

export function isPython(path: string): boolean {
  return /\.pyi?$/u.test(path);
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** The nearest ancestor of one of these types, the node itself excluded. */
export function ancestor(node: SyntaxNode, ...names: readonly string[]): SyntaxNode | undefined {
  let up = node.parent;
  while (up !== null && !names.includes(up.name)) up = up.parent;
  return up ?? undefined;
}
