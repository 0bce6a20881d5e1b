import { compareCopies } from '../compare/files.ts';
import type { Hunk } from '../compare/model.ts';
import type { Config } from '../config.ts';
import { EngineError } from '../errors.ts';
import { rewriteSurely } from '../references/rewrite.ts';
import { decode } from '../text/decode.ts';
import type { TextEdit } from '../text/edit.ts';
import { splitLines } from '../text/lines.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { Names } from '../tree/names.ts';
import { pathInTree } from '../tree/pair.ts';

/** A line of a comparison, from 1: of the canonical file, or of the legacy file as the comparison shows it. */
export interface HunkPlace {
  /** Workspace path of the file in either tree. */
  readonly path: string;
  readonly side: 'legacy' | 'canonical';
  readonly line: number;
}

/** What takes one side of a hunk: an edit of the file on the other side. */
export interface HunkChange {
  /** Workspace path of the file that changes. */
  readonly path: string;
  /** Its text now, that the offsets of the edit count in. */
  readonly before: string;
  readonly edit: TextEdit;
}

interface World {
  readonly files: WorkspaceFiles;
  readonly namespaces: readonly Names[];
  readonly config: Config;
}

/**
 * Takes one side of the hunk at a place: `legacy` writes its lines into the canonical file, `canonical` into the legacy
 * one, each in the namespace of the file it is written to. `undefined` where there is no hunk.
 * @throws EngineError `unreadable` when a copy is missing, or is not UTF-8 text.
 */
export async function takeHunk(
  world: World,
  place: HunkPlace,
  take: 'legacy' | 'canonical',
): Promise<HunkChange | undefined> {
  for (const names of world.namespaces) {
    const { legacy, canonical } = names.pair;
    const path = pathInTree(canonical, place.path) ?? pathInTree(legacy, place.path);
    if (path === undefined) continue;
    const places = { legacy: `${legacy.root}/${path}`, canonical: `${canonical.root}/${path}` };
    const texts = {
      legacy: await textOf(world.files, places.legacy),
      canonical: await textOf(world.files, places.canonical),
    };
    const hunk = hunkAt(hunksOf(path, texts, world.namespaces), place);
    if (hunk === undefined) return undefined;
    const back = new Names({ legacy: canonical, canonical: legacy });
    const written = await rewriteSurely(path, texts[take], take === 'legacy' ? names : back, world.config);
    const [from, to] =
      take === 'legacy' ? ([legacySpan, canonicalSpan] as const) : ([canonicalSpan, legacySpan] as const);
    const target = take === 'legacy' ? 'canonical' : 'legacy';
    const lines = linesIn(written, texts[take], from(hunk));
    return { path: places[target], before: texts[target], edit: replaceLines(texts[target], to(hunk), lines) };
  }
  return undefined;
}

interface Span {
  /** From 1. */
  readonly start: number;
  readonly count: number;
}

const legacySpan = ({ legacyStart, legacyLines }: Hunk): Span => ({ start: legacyStart, count: legacyLines });
const canonicalSpan = ({ canonicalStart, canonicalLines }: Hunk): Span => ({
  start: canonicalStart,
  count: canonicalLines,
});

async function textOf(files: WorkspaceFiles, path: string): Promise<string> {
  const bytes = files.has(path) ? await files.bytes(path) : undefined;
  const decoded = bytes && decode(bytes);
  if (decoded?.kind === 'text' && decoded.encoding === 'utf-8') return decoded.text;
  throw new EngineError('unreadable', `${path} is not there, or is not UTF-8 text: it has no hunks to take.`);
}

function hunksOf(
  path: string,
  { legacy, canonical }: { readonly legacy: string; readonly canonical: string },
  namespaces: readonly Names[],
): readonly Hunk[] {
  const encoder = new TextEncoder();
  const copies = { path, legacy: encoder.encode(legacy), canonical: encoder.encode(canonical) };
  return compareCopies(copies, namespaces).hunks ?? [];
}

/** A hunk without lines on one side is at the line before it as well as at the line after. */
function hunkAt(hunks: readonly Hunk[], { side, line }: HunkPlace): Hunk | undefined {
  let shift = 0;
  for (const hunk of hunks) {
    // Outside its hunks the comparison's left side is made of canonical's lines.
    const { start, count } =
      side === 'canonical' ? canonicalSpan(hunk) : { start: hunk.canonicalStart + shift, count: hunk.legacyLines };
    const isIn = count === 0 ? line === start || line === start - 1 : line >= start && line < start + count;
    if (isIn) return hunk;
    shift += hunk.legacyLines - hunk.canonicalLines;
  }
  return undefined;
}

/** These lines of the rewritten text; of the text itself should the rewriter have made other lines of it. */
function linesIn(rewritten: string, text: string, { start, count }: Span): string[] {
  const [lines, own] = [splitLines(rewritten), splitLines(text)];
  return (lines.length === own.length ? lines : own).slice(start - 1, start - 1 + count);
}

function replaceLines(text: string, { start, count }: Span, lines: readonly string[]): TextEdit {
  const own = splitLines(text);
  const from = own.slice(0, start - 1).join('');
  const old = own.slice(start - 1, start - 1 + count).join('');
  const ending = /\r\n|\n|\r/u.exec(text)?.[0] ?? '\n';
  const isLast = from.length + old.length === text.length;
  const body = lines.map((line) => line.replace(/\r\n|\n|\r/u, ending)).join('');
  const isCut = body !== '' && !isLast && !body.endsWith(ending);
  const lead = body !== '' && from !== '' && !from.endsWith(ending) ? ending : '';
  return { start: from.length, end: from.length + old.length, newText: `${lead}${body}${isCut ? ending : ''}` };
}
