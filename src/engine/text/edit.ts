/** Replace `text.slice(start, end)` by `newText`; offsets from 0 in UTF-16 units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * Applies edits given in any order. Edits that say the same thing twice count once.
 * @throws RangeError when two different edits overlap.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  let last: TextEdit | undefined;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (last !== undefined && sameEdit(last, edit)) continue;
    if (edit.start < at) throw new RangeError(`Edits overlap at offset ${edit.start}.`);
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
    last = edit;
  }
  return result + text.slice(at);
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.newText === b.newText;
}
