import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/markdown';
import type { Mention } from '../../tree/names.ts';
import { nearbyLine } from '../../text/lines.ts';
import { onlyPiecesWith } from '../../text/pieces.ts';
import { judgeCommand } from '../commandLine.ts';
import type { Judgement, Scanner, Source, TargetQuery } from '../judgement.ts';
import { REVIEW, judgeByForm } from '../judgement.ts';
import type { Rewrite } from '../model.ts';
import { judgeValue } from './config.ts';
import { blockStarts } from './markdownBlocks.ts';
import { judgePython } from './python/index.ts';

const DIAGRAM = /[│├└┌─]|^\s*(?:\|--|\+--|`--)/u;

/** Code spans, fences by their language, links, tree diagrams; what is left is prose. */
export const markdownScanner: Scanner = {
  name: 'markdown',
  judge: (source) => {
    const tree = places.parse(neededText(source));
    const fences = new Map<number, Mention[]>();
    const judgements: Judgement[] = [];
    for (const mention of source.mentions) {
      const place = placeOf(tree.resolveInner(mention.start, 1), mention, source.text);
      if (place.kind === 'python') fences.set(place.from, [...(fences.get(place.from) ?? []), mention]);
      else judgements.push(judgeAt(source, mention, place));
    }
    for (const [from, mentions] of fences) judgements.push(...judgeFence(source, from, mentions));
    return judgements;
  },
};

type Place =
  { readonly kind: 'python'; readonly from: number } | { readonly kind: 'code' | 'config' | 'diff' | 'link' | 'prose' };

/** Most blocks have no mention: they need no parse. */
function neededText({ text, mentions }: Source): string {
  const starts = blockStarts(text);
  const offsets = mentions.map(({ start }) => start);
  return starts === undefined ? text : onlyPiecesWith(offsets, text, starts);
}

/** What emphasises or breaks a line tells nothing of a place. */
const places = parser.configure({ remove: ['Emphasis', 'HardBreak'] });

function placeOf(start: SyntaxNode, mention: Mention, text: string): Place {
  for (let node: SyntaxNode | null = start; node !== null; node = node.parent) {
    if (node.name === 'InlineCode' || node.name === 'CodeBlock') return { kind: 'code' };
    if (node.name === 'URL' || node.name === 'LinkReference') return { kind: 'link' };
    if (node.name === 'FencedCode') return fencePlace(node, mention, text);
  }
  return { kind: 'prose' };
}

function fencePlace(fence: SyntaxNode, mention: Mention, text: string): Place {
  const info = fence.getChild('CodeInfo');
  const blocks = fence.getChildren('CodeText');
  const [first] = blocks;
  const language = info === null ? '' : text.slice(info.from, info.to);
  if (/^(?:diff|patch)\b/iu.test(language)) return { kind: 'diff' };
  if (/^(?:ya?ml|toml|ini|cfg|conf|jsonc?|json5|dotenv|env|properties)\b/iu.test(language)) return { kind: 'config' };
  const python = /^(?:python3?|py|pycon)\b/iu.test(language);
  // Inside a list or a quotation the fence's text comes in pieces; its lines are then read one by one.
  const isOwnText = first !== undefined && blocks.length === 1 && first.from <= mention.start;
  return python && isOwnText ? { kind: 'python', from: first.from } : { kind: 'code' };
}

function judgeAt(source: Source, mention: Mention, place: Place): Judgement {
  const line = nearbyLine(source.text, mention.start).text;
  if (DIAGRAM.test(line) || (place.kind === 'code' && isTreeRoot(source.text, mention))) {
    return judgeByForm(source, mention, 'markdown', { as: 'path', review: REVIEW.diagram });
  }
  if (place.kind === 'link' || isAttribute(source.text, mention)) return judgeLink(source, mention);
  if (place.kind === 'diff') return { ...judgeByForm(source, mention, 'markdown'), review: REVIEW.diff };
  if (place.kind === 'config') return asMarkdown(judgeValue(source, mention));
  return judgeCommand(source, mention, place.kind === 'prose' ? 'prose' : 'markdown');
}

/** `<a href="../pkg/main.py">` */
function isAttribute(text: string, mention: Mention): boolean {
  return /<\w[^<>]*\s(?:href|src)\s*=\s*["'][^"'\s]*$/u.test(
    text.slice(Math.max(0, mention.start - 300), mention.start),
  );
}

function asMarkdown(judgement: Judgement): Judgement {
  return { ...judgement, kind: judgement.kind === 'prose' ? 'prose' : 'markdown' };
}

function judgeLink(source: Source, mention: Mention): Judgement {
  const before = source.text.slice(Math.max(0, mention.start - 300), mention.start);
  const linkFrom = /(?:^|[(<\s:"'])([^()<>\s"']*)$/u.exec(before)?.[1] ?? '';
  // An address elsewhere, or one from the root of a site, is not followed from this file.
  const isRelative = !/^(?:[a-z][a-z\d+.-]*:|\/|#)/iu.test(linkFrom);
  return { ...judgeByForm(source, mention, 'markdown', { as: 'path' }), ...(isRelative ? { linkFrom } : {}) };
}

/** The first line of a diagram: `pkg/` alone, branches on the next line. */
function isTreeRoot(text: string, mention: Mention): boolean {
  const line = nearbyLine(text, mention.start);
  const next = text.slice(line.start + line.text.length).replace(/^\r?\n/u, '');
  return (
    line.text.trim().replace(/\s+#.*$/u, '') === text.slice(mention.start, mention.tailEnd) &&
    DIAGRAM.test(/^[^\n]*/u.exec(next)?.[0] ?? '')
  );
}

/** A Python fence is Python: judged by the Python scanner as a text of its own. */
function judgeFence(source: Source, from: number, mentions: readonly Mention[]): Judgement[] {
  const end = /^[ \t]*(?:```|~~~)/mu.exec(source.text.slice(from));
  const text = source.text.slice(from, end === null ? undefined : from + end.index);
  const inner = mentions.map((mention) => shiftMention(mention, -from));
  return judgePython({ ...source, text, mentions: inner }).map((judgement) => ({
    ...judgement,
    kind: 'markdown' as const,
    mention: shiftMention(judgement.mention, from),
    rewrites: judgement.rewrites.map((rewrite) => shiftRewrite(rewrite, from)),
    ...(judgement.target === undefined ? {} : { target: judgement.target satisfies TargetQuery }),
  }));
}

function shiftMention(mention: Mention, by: number): Mention {
  return { ...mention, start: mention.start + by, end: mention.end + by, tailEnd: mention.tailEnd + by };
}

function shiftRewrite(rewrite: Rewrite, by: number): Rewrite {
  return { ...rewrite, edits: rewrite.edits.map((edit) => ({ ...edit, start: edit.start + by, end: edit.end + by })) };
}
