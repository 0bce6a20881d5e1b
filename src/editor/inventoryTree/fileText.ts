import * as vscode from 'vscode';
import type {
  ComparedFile,
  FileStatus,
  Hunk,
  MergedFile,
  MergeResult,
  PairInventory,
  SymbolUse,
} from '../../engine/index.ts';
import { code, count } from '../tree/row.ts';

const aheadWords = { legacy: 'legacy ahead', canonical: 'canonical ahead', both: 'both changed', unknown: '' } as const;

/** What either row or tooltip says of a file: the comparison, and what the merge makes of it. */
export interface ShownFile {
  readonly file: ComparedFile;
  /** `undefined` without a base, and where the trees agree. */
  readonly merged: MergedFile | undefined;
  /** The canonical copy has conflict markers. */
  readonly isMarked: boolean;
}

const mergeWords: Readonly<Record<MergeResult, string>> = {
  takesLegacy: 'merge: takes legacy',
  takesCanonical: 'merge: takes canonical',
  merged: 'merge: both, without a conflict',
  conflict: 'merge: conflict',
  deleted: 'merge: deletes it',
};

/** `legacy ahead · 3 hunks · merge: takes legacy`. */
export function describe(shown: ShownFile): string {
  return partsOf(shown)
    .filter((part) => part !== '')
    .join(' · ');
}

function partsOf({ file, merged, isMarked }: ShownFile): string[] {
  if (isMarked) return ['conflict markers to resolve', hunkText(file)];
  const merge = merged === undefined || file.status === 'equivalent' ? '' : mergeWords[merged.result];
  return [aheadText(file), hunkText(file), merge];
}

/** The same and what the icon tells, as a sentence: `a.py diverged: legacy is ahead, 3 hunks differ, the merge takes legacy.` */
export function speak({ file, merged, isMarked }: ShownFile): string {
  const parts = [
    isMarked ? 'it has conflict markers to resolve' : spokenAhead(file),
    spokenHunks(file),
    isMarked || merged === undefined || file.status === 'equivalent' ? '' : spokenMerge[merged.result],
  ].filter((part) => part !== '');
  const start = `${file.path} ${spokenStatus[file.status]}`;
  return parts.length === 0 ? `${start}.` : `${start}: ${parts.join(', ')}.`;
}

const spokenStatus: Readonly<Record<FileStatus, string>> = {
  identical: 'is identical in both trees',
  equivalent: 'is equivalent in both trees',
  diverged: 'diverged',
  legacyOnly: 'is only in legacy',
  canonicalOnly: 'is only in canonical',
};

const spokenMerge: Readonly<Record<MergeResult, string>> = {
  takesLegacy: 'the merge takes legacy',
  takesCanonical: 'the merge takes canonical',
  merged: 'the merge takes both without a conflict',
  conflict: 'the merge is in conflict',
  deleted: 'the merge deletes it',
};

function spokenAhead(file: ComparedFile): string {
  const { status, ahead = 'unknown' } = file;
  if (status === 'legacyOnly' || status === 'canonicalOnly') return aheadText(file) && `it was ${aheadText(file)}`;
  if (status !== 'diverged') return '';
  if (ahead === 'both') return 'both sides changed it';
  return ahead === 'unknown' ? 'nobody knows which side is ahead' : `${ahead} is ahead`;
}

function spokenHunks({ status, hunks = [] }: ComparedFile): string {
  if (status !== 'diverged') return '';
  if (hunks.length === 0) return 'it is not text';
  return hunks.length === 1 ? '1 hunk differs' : `${hunks.length} hunks differ`;
}

function aheadText({ status, ahead = 'unknown' }: ComparedFile): string {
  if (status === 'equivalent' || ahead === 'unknown') return '';
  if (status === 'legacyOnly') return ahead === 'legacy' ? 'added in legacy' : 'deleted in canonical';
  if (status === 'canonicalOnly') return ahead === 'canonical' ? 'added in canonical' : 'deleted in legacy';
  return aheadWords[ahead];
}

function hunkText({ status, hunks }: ComparedFile): string {
  if (status !== 'diverged') return '';
  return hunks === undefined || hunks.length === 0 ? 'not text' : count(hunks.length, 'hunk');
}

export function iconOf({ file: { status, ahead = 'unknown' }, merged, isMarked }: ShownFile): vscode.ThemeIcon {
  if (isMarked) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (status !== 'equivalent' && merged?.result === 'conflict')
    return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  if (status === 'equivalent') return new vscode.ThemeIcon('check');
  if (status !== 'diverged') return new vscode.ThemeIcon('file');
  switch (ahead) {
    case 'legacy':
      return new vscode.ThemeIcon('arrow-circle-left', new vscode.ThemeColor('treeUnifier.legacyAhead'));
    case 'canonical':
      return new vscode.ThemeIcon('arrow-circle-right', new vscode.ThemeColor('treeUnifier.canonicalAhead'));
    case 'both':
      return new vscode.ThemeIcon('arrow-swap', new vscode.ThemeColor('treeUnifier.bothAhead'));
    case 'unknown':
      return new vscode.ThemeIcon('diff');
  }
}

const MOST_LISTED = 12;

/** Who is ahead, what either side alone defines, and where the lines differ, as Markdown. */
export function tooltip({ base, noBase }: PairInventory, shown: ShownFile): string {
  const { file, merged } = shown;
  const parts = [`**${code(file.path)}**`];
  const description = describe(shown);
  if (description !== '') parts.push(description);
  if (merged?.conflict !== undefined) parts.push(merged.conflict);
  if (file.ahead === 'unknown' && base === null && noBase !== undefined) parts.push(noBase);
  parts.push(...symbolList('Defined only in legacy', file.symbols?.legacyOnly));
  parts.push(...symbolList('Defined only in canonical', file.symbols?.canonicalOnly));
  const hunks = file.hunks ?? [];
  if (hunks.length > 0) parts.push(list('Lines that differ', hunks, hunkLine));
  return parts.join('\n\n');
}

function symbolList(title: string, symbols: readonly SymbolUse[] = []): string[] {
  return symbols.length === 0 ? [] : [list(title, symbols, symbolLine)];
}

function symbolLine({ name, line, importedBy }: SymbolUse): string {
  const users = importedBy.length === 0 ? '' : `, imported by ${count(importedBy.length, 'file')}`;
  return `${code(name)} (line ${line}${users})`;
}

function hunkLine(hunk: Hunk): string {
  return `legacy ${span(hunk.legacyStart, hunk.legacyLines)} ↔ canonical ${span(hunk.canonicalStart, hunk.canonicalLines)}`;
}

/** `78–101`, `78`, `none (before 78)`. */
function span(start: number, lines: number): string {
  if (lines === 0) return `none (before ${start})`;
  return lines === 1 ? `${start}` : `${start}–${start + lines - 1}`;
}

function list<T>(title: string, items: readonly T[], line: (item: T) => string): string {
  const shown = items.slice(0, MOST_LISTED).map((item) => `- ${line(item)}`);
  const more = items.length > MOST_LISTED ? [`- and ${items.length - MOST_LISTED} more`] : [];
  return [`${title}:`, '', ...shown, ...more].join('\n');
}
