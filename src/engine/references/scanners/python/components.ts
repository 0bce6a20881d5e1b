import type { SyntaxNode, Tree } from '@lezer/common';
import type { Literal } from '../../../python/literals.ts';
import { readLiteral } from '../../../python/literals.ts';
import { children } from '../../../python/syntax.ts';
import { escapePattern } from '../../../text/pattern.ts';
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
  if (root === undefined) return { ...judged, review: REVIEW.layout };
  return throughFolder(source, mention, judged, joined);
}

/** `ROOT / "src" / "pkg"`: another folder of the same name, or a component of the canonical root. */
function throughFolder(source: Source, mention: Mention, judged: Judgement, joined: Joined): Judgement {
  const before = literalComponents(source, [...joined.preceding].reverse()).reverse();
  const own = before.slice(0, before.length - source.names.pair.legacy.root.split('/').length + 1);
  const whole = [
    ...before,
    source.text.slice(mention.start, mention.end),
    ...literalComponents(source, joined.following),
  ];
  if (own.length > 0 && `/${whole.join('/')}/`.includes(`/${source.names.canonicalRoot.join('/')}/`)) {
    return { ...judged, rewrites: [], ownName: 'A component of the canonical path.' };
  }
  const folders = own.filter((name) => name !== '' && !/^\.{1,2}$/u.test(name));
  return folders.length === 0 ? judged : { ...judged, through: `${folders.join('/')}/`, review: REVIEW.through };
}

/**
 * A legacy name of several segments, written as components: `"services" / "old" / "pkg"`. No mention shows it, since its
 * segments stand apart; it counts as one reference, from the first to the last of them.
 */
export function findSplitPaths(source: Source, tree: Tree): Judgement[] {
  const { names, text } = source;
  const root = names.pair.legacy.root.split('/');
  if (!names.hasPieces) return [];
  const found = new Map<number, Judgement>();
  for (const segments of names.isOneName ? [root] : [root, names.legacyPackage]) {
    for (const match of text.matchAll(componentsOf(segments))) {
      const [start, end] = [match.index + 1, match.index + match[0].length - 1];
      const isKnown = [...found.values()].some(({ mention }) => mention.start <= start && end <= mention.end);
      const judged = isKnown ? undefined : splitPath(source, tree, { start, end }, segments.length === root.length);
      if (judged !== undefined) found.set(start, judged);
    }
  }
  return [...found.values()];
}

/** The segments as literals in the same quotes, a comma or a slash between. */
function componentsOf(segments: readonly string[]): RegExp {
  const [first = '', ...others] = segments.map(escapePattern);
  const rest = others.map((segment) => `\\s*[,/]\\s*[rRuUfFbB]{0,2}\\k<quote>${segment}\\k<quote>`);
  return new RegExp(`(?<quote>["'])${first}\\k<quote>${rest.join('')}`, 'gu');
}

function splitPath(
  source: Source,
  tree: Tree,
  { start, end }: { readonly start: number; readonly end: number },
  rooted: boolean,
): Judgement | undefined {
  const last = tree.resolveInner(end - 1, 1);
  const joined = last.name === 'String' ? (slashOperand(source, last) ?? argument(source, last)) : undefined;
  if (joined?.preceding.some((node) => node.from < start && start < node.to) !== true) return undefined;
  // What stands between the first two components stands between all of the new ones.
  const between = /["']\s*[,/]\s*\w{0,2}["']/u.exec(source.text.slice(start, end))?.[0] ?? '';
  const mention: Mention = { start, end, tailEnd: end, form: 'path', separator: '/', tail: [], rooted };
  const segments = rooted ? source.names.canonicalRoot : source.names.canonicalPackage;
  const newText = segments.join(between);
  const judged: Judgement = {
    mention,
    kind: 'pathString',
    rewrites: [rewriteOf(source, mention, [{ start, end, newText }])],
    target: { kind: 'path', segments: literalComponents(source, joined.following) },
  };
  return rooted ? judged : { ...judged, review: REVIEW.layout };
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
