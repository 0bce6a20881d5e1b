import type { SyntaxNode } from '@lezer/common';
import type { Literal } from '../../../python/literals.ts';
import { readLiteral } from '../../../python/literals.ts';
import { children } from '../../../python/syntax.ts';
import type { Mention } from '../../../tree/names.ts';
import type { Judgement, Source } from '../../judgement.ts';
import { REVIEW, rewriteOf } from '../../judgement.ts';
import { calleeOf } from './strings.ts';

const JOINS = /(?:^|\.)(?:join|joinpath|Path|PurePath|PurePosixPath|PureWindowsPath|PosixPath|WindowsPath)$/u;

/**
 * The name as one component of a path: `root / "L" / "api"`, `os.path.join(root, "L", "x")`, `Path("L", "x")`. The
 * canonical root is written as as many components, in the same quotes.
 */
export function judgeComponent(
  source: Source,
  mention: Mention,
  node: SyntaxNode,
  literal: Literal,
): Judgement | undefined {
  const joined = slashOperand(source, node) ?? argument(source, node);
  if (joined === undefined) return undefined;
  const between = `${literal.quote}${joined.between}${literal.opener}`;
  const target = { kind: 'path' as const, segments: literalComponents(source, joined.following) };
  const root = rootComponents(source, joined.preceding);
  // In a `src` layout the folders before the package are components of their own, and are written anew with it.
  const [start, segments] =
    root === undefined
      ? [mention.start, source.names.canonicalPackage]
      : [root.from ?? mention.start, source.names.canonicalRoot];
  const rewrite = rewriteOf(source, mention, [{ start, end: mention.end, newText: segments.join(between) }]);
  const judged: Judgement = { mention, kind: 'pathString', rewrites: [rewrite], target };
  return root === undefined ? { ...judged, review: REVIEW.layout } : judged;
}

/**
 * Where the components of the legacy root before the package begin: `from` is absent when it has none; `undefined` when
 * they do not stand before it.
 */
function rootComponents(source: Source, preceding: readonly SyntaxNode[]): { readonly from?: number } | undefined {
  const root = source.names.pair.legacy.root.split('/');
  const parents = root.slice(0, -source.names.legacyPackage.length);
  if (parents.length === 0) return {};
  const nodes = preceding.slice(-parents.length);
  const literals = nodes.flatMap((node) => (node.name === 'String' ? [readLiteral(node, source.text)] : []));
  const same = literals.map(({ from, to }) => source.text.slice(from, to)).join('/') === parents.join('/');
  const from = literals[0]?.from;
  return same && from !== undefined ? { from } : undefined;
}

interface Joined {
  readonly between: string;
  /** The components before this one, as nodes, the nearest last. */
  readonly preceding: readonly SyntaxNode[];
  /** The components after this one, as nodes. */
  readonly following: readonly SyntaxNode[];
}

/** The right operand of `/`. As the left one the string would have nothing to be joined to: `Path` is asked for there. */
function slashOperand(source: Source, node: SyntaxNode): Joined | undefined {
  const sum = node.parent;
  if (sum?.name !== 'BinaryExpression' || sum.lastChild?.from !== node.from) return undefined;
  const operator = node.prevSibling;
  if (operator === null || source.text.slice(operator.from, operator.to) !== '/') return undefined;
  const following: SyntaxNode[] = [];
  for (let up = sum.parent; up?.name === 'BinaryExpression' && up.lastChild !== null; up = up.parent)
    following.push(up.lastChild);
  const preceding: SyntaxNode[] = [];
  for (let down = sum.firstChild; down !== null; down = down.name === 'BinaryExpression' ? down.firstChild : null) {
    const operand = down.name === 'BinaryExpression' ? down.lastChild : down;
    if (operand !== null) preceding.unshift(operand);
  }
  return { between: ' / ', preceding, following };
}

function argument(source: Source, node: SyntaxNode): Joined | undefined {
  const list = node.parent;
  const call = list?.parent;
  if (list?.name !== 'ArgList' || call?.name !== 'CallExpression' || !JOINS.test(calleeOf(source, call)))
    return undefined;
  const items = children(list).filter((item) => !/^[(),]$/u.test(item.name) && item.name !== 'Comment');
  const callee = calleeOf(source, call);
  // `Path("L")` alone takes the whole path as well, and `", ".join(…)` is no path.
  if (items.length < 2 && !callee.endsWith('joinpath')) return undefined;
  if (/^[rbuf]*["']/iu.test(callee)) return undefined;
  const at = items.findIndex((item) => item.from === node.from);
  return { between: ', ', preceding: items.slice(0, at), following: items.slice(at + 1) };
}

/** The string literals that follow without a gap: the rest of the path as far as the source tells. */
function literalComponents(source: Source, nodes: readonly SyntaxNode[]): string[] {
  const segments: string[] = [];
  for (const node of nodes) {
    if (node.name !== 'String') break;
    const { from, to } = readLiteral(node, source.text);
    segments.push(...source.text.slice(from, to).split(/\/|\\{1,2}/u));
  }
  return segments;
}
