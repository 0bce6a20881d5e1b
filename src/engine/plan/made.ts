import { groupBy } from '../groupBy.ts';
import { sameBytes } from '../text/decode.ts';
import type { TextEdit } from '../text/edit.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import type { Change } from './model.ts';

/** Those of the changes that the files have now: a person may have applied only some, and nobody tells which. */
export async function madeChanges(files: WorkspaceFiles, changes: readonly Change[]): Promise<Change[]> {
  const made: Change[] = [];
  for (const [path, inFile] of groupBy(changes, (change) => change.path)) {
    const now = files.has(path) ? await files.bytes(path) : undefined;
    const edits = now === undefined ? new Set<TextEdit>() : madeEdits(inFile, now);
    made.push(...inFile.filter((change) => isMade(change, now, edits)));
  }
  return made;
}

function isMade(change: Change, now: Uint8Array | undefined, edits: ReadonlySet<TextEdit>): boolean {
  if (change.type === 'delete') return now === undefined;
  if (change.content !== undefined) return now !== undefined && sameBytes(change.content, now);
  return change.type === 'edit' && change.edits.every((edit) => edits.has(edit));
}

function madeEdits(changes: readonly Change[], now: Uint8Array): Set<TextEdit> {
  const inText = changes.filter((change) => change.type === 'edit');
  const [first] = inText;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const edits = inText.flatMap((change) => change.edits).sort((a, b) => a.start - b.start);
  return first === undefined ? new Set() : appliedEdits(decoder.decode(first.before), decoder.decode(now), edits);
}

/** None where the text was changed in other ways, too: then nobody can tell. */
function appliedEdits(before: string, now: string, edits: readonly TextEdit[]): Set<TextEdit> {
  const applied = new Set<TextEdit>();
  let at = edits[0]?.start ?? 0;
  for (const [index, edit] of edits.entries()) {
    const rest = before.slice(edit.end, edits[index + 1]?.start);
    const old = before.slice(edit.start, edit.end);
    const found = [edit.newText, old].find((text) => now.startsWith(text + rest, at));
    if (found === undefined) return new Set();
    if (found === edit.newText) applied.add(edit);
    at += found.length + rest.length;
  }
  return applied;
}
