import type { Blocker } from '../plan/model.ts';
import type { Ahead, FileStatus, Hunk, PairInventory } from '../compare/model.ts';

/** What a piece of text is, for whoever wants to colour it; a report itself has no colours. */
export type Role = 'heading' | 'good' | 'bad' | 'faint';

/** Gives text its colour on a terminal: must add no visible character. */
export type Paint = (role: Role, text: string) => string;

export const plain: Paint = (_, text) => text;

/** `1 file`, `2 files`, `1,043 references`. */
export function count(n: number, noun: string): string {
  return `${number(n)} ${noun}${n === 1 ? '' : 's'}`;
}

export function number(n: number): string {
  return n.toLocaleString('en-US');
}

/** `a`, `a and b`, `a, b and c`. */
export function sentenceList(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `scripts/manage.sh:17: It still refers to …`. */
export function blockerText({ path, line, reason }: Blocker): string {
  return `${path}${line === undefined ? '' : `:${line}`}: ${reason}`;
}

/** Cut to at most `most` UTF-16 units, with an ellipsis that says so. */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

const columns = 110;

/** The items after a title, with commas, on as many lines as keep to the width; none for no items. */
export function wrap(title: string, items: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  for (const [i, item] of items.entries()) {
    const piece = i === items.length - 1 ? item : `${item},`;
    const last = lines.at(-1);
    if (last === undefined) lines.push(indent + title + piece);
    else if (last.length + 1 + piece.length <= columns) lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(`${indent}  ${piece}`);
  }
  return lines;
}

/** Statuses in which the two sides are not the same, in the order in which they are shown. */
export const shownStatuses = ['diverged', 'legacyOnly', 'canonicalOnly'] as const satisfies readonly FileStatus[];

export const statusTitles: Readonly<Record<FileStatus, string>> = {
  identical: 'Identical',
  equivalent: 'Equivalent',
  diverged: 'Diverged',
  legacyOnly: 'Only in legacy',
  canonicalOnly: 'Only in canonical',
};

/** How many lines of a side the hunks hold. */
export function linesOf(hunks: readonly Hunk[], side: 'legacyLines' | 'canonicalLines'): number {
  return hunks.reduce((sum, hunk) => sum + hunk[side], 0);
}

export function countAhead(pair: PairInventory, ...statuses: readonly FileStatus[]): Readonly<Record<Ahead, number>> {
  const counts = { legacy: 0, canonical: 0, both: 0, unknown: 0 };
  for (const { status, ahead } of pair.files) {
    if (statuses.includes(status)) counts[ahead ?? 'unknown']++;
  }
  return counts;
}
