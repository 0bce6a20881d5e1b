import { diffArrays } from 'diff';
import type { TextEdit } from './edit.ts';
import { splitLines } from './lines.ts';

/** Two texts that have little in common may take very long; after this they differ as a whole. In milliseconds. */
const PATIENCE = 3000;

/** The edits, whole lines each, that make the one text the other; sorted, and none when they are the same. */
export function lineEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const changes = diffArrays(splitLines(before), splitLines(after), { timeout: PATIENCE });
  if (changes === undefined) return [{ start: 0, end: before.length, newText: after }];
  const edits: TextEdit[] = [];
  let at = 0;
  for (const { added, removed, value } of changes) {
    const text = value.join('');
    const last = edits.at(-1);
    // What is removed and what is added in its place come one after the other.
    const isSamePlace = last?.end === at;
    if (removed) {
      if (isSamePlace) edits[edits.length - 1] = { ...last, end: at + text.length };
      else edits.push({ start: at, end: at + text.length, newText: '' });
    } else if (added) {
      if (isSamePlace) edits[edits.length - 1] = { ...last, newText: last.newText + text };
      else edits.push({ start: at, end: at, newText: text });
    }
    if (!added) at += text.length;
  }
  return edits;
}
