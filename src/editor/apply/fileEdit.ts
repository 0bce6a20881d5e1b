import * as vscode from 'vscode';
import { decode, lineEdits, type FileOutcome, type TextEdit } from '../../engine/index.ts';
import { FileText } from '../text/fileText.ts';

/** Above this VS Code does not hand a file's text on. In bytes. */
const MOST_BYTES = 20_000_000;

/**
 * How an editor makes the one content the other: by edits of its text, or as a whole where its text would not come out
 * byte for byte (other encodings, mixed line endings, which VS Code makes one).
 */
export function textEdits(uri: vscode.Uri, before: Uint8Array, after: Uint8Array): vscode.TextEdit[] | undefined {
  const [old, now] = [plainText(before), plainText(after)];
  if (old === undefined || now === undefined || !isReadAsUtf8(uri)) return undefined;
  const ending = endingOf(old) ?? endingOf(now) ?? '\n';
  if ([old, now].some((text) => hasMark(text) !== hasMark(old) || (endingOf(text) ?? ending) !== ending))
    return undefined;
  const file = new FileText(old);
  return lineEdits(old, now)
    .map((edit) => narrowed(old, edit))
    .map((edit) => vscode.TextEdit.replace(file.range(edit), edit.newText));
}

/** In an order in which VS Code has few runs of one sort: it makes, and undoes, each run of a workspace edit by itself. */
export function deletedFirst(files: readonly FileOutcome[]): FileOutcome[] {
  return [...files].sort((a, b) => Number(a.after !== undefined) - Number(b.after !== undefined));
}

/** Replaces a whole file: deleting it first is what lets an undo bring its content back. */
export function replaceFile(
  edit: vscode.WorkspaceEdit,
  uri: vscode.Uri,
  contents: Uint8Array,
  metadata?: vscode.WorkspaceEditEntryMetadata,
): void {
  edit.deleteFile(uri, {}, metadata);
  edit.createFile(uri, { contents }, metadata);
}

/** Text that VS Code would read and write back as it is. */
function plainText(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_BYTES || bytes.includes(0)) return undefined;
  const decoded = decode(bytes);
  if (decoded.kind !== 'text' || decoded.encoding !== 'utf-8') return undefined;
  return endings(decoded.text).size > 1 ? undefined : decoded.text;
}

function endings(text: string): Set<string> {
  // A lone `\r` ends a line for VS Code too, and is written back as `\n`.
  const found = new Set(text.match(/\r\n|\n|\r/gu) ?? []);
  if (found.has('\r')) found.add('\n');
  return found;
}

function endingOf(text: string): string | undefined {
  return [...endings(text)][0];
}

function hasMark(text: string): boolean {
  return text.startsWith('\uFEFF');
}

function isReadAsUtf8(uri: vscode.Uri): boolean {
  const files = vscode.workspace.getConfiguration('files', uri);
  return ['utf8', 'utf8bom'].includes(files.get('encoding', 'utf8')) && !files.get('autoGuessEncoding', false);
}

/** Without the characters at both ends that stay: a cursor in the line keeps its place. */
function narrowed(text: string, { start, end, newText }: TextEdit): TextEdit {
  const old = text.slice(start, end);
  const most = Math.min(old.length, newText.length);
  let head = 0;
  while (head < most && old[head] === newText[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === newText.at(-1 - tail)) tail += 1;
  // Neither half of a pair, nor of a line ending, is cut off from the other.
  if (head > 0 && /[\uD800-\uDBFF\r]/u.test(old[head - 1] ?? '')) head -= 1;
  if (tail > 0 && /[\uDC00-\uDFFF\n]/u.test(old.at(-tail) ?? '')) tail -= 1;
  return { start: start + head, end: end - tail, newText: newText.slice(head, newText.length - tail) };
}
