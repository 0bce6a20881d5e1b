import * as vscode from 'vscode';
import { decode, LineMap, type Reference, type TextEdit } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** A file's text as the engine counts it, with the places in it as VS Code counts them. */
export class FileText {
  readonly text: string;
  readonly #lines: LineMap;
  readonly #mark: number;

  constructor(text: string) {
    this.text = text;
    this.#lines = new LineMap(text);
    this.#mark = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  }

  /** By line and column, since VS Code may hold the file with other line endings than the disk does. */
  position(offset: number): vscode.Position {
    const { line, column } = this.#lines.position(offset);
    return new vscode.Position(line - 1, column - 1 - (line === 1 ? this.#mark : 0));
  }

  range({ start, end }: Pick<TextEdit, 'start' | 'end'>): vscode.Range {
    return new vscode.Range(this.position(start), this.position(end));
  }
}

/** `undefined` for a binary file. */
export async function readText(model: FolderModel, path: string): Promise<FileText | undefined> {
  const bytes = await model.opened?.files.read(path);
  const decoded = bytes === undefined ? undefined : decode(bytes);
  return decoded?.kind === 'text' ? new FileText(decoded.text) : undefined;
}

/** Where a reference stands, without reading its file. */
export function rangeOf(
  model: FolderModel,
  { path, line, column, text }: Pick<Reference, 'path' | 'line' | 'column' | 'text'>,
): vscode.Range {
  const mark = line === 1 && model.opened?.files.hasMark(path) === true ? 1 : 0;
  const start = new vscode.Position(line - 1, column - 1 - mark);
  const lines = text.split(/\r\n|\r|\n/u);
  const last = lines.at(-1)?.length ?? 0;
  return new vscode.Range(
    start,
    lines.length === 1 ? start.translate(0, last) : new vscode.Position(start.line + lines.length - 1, last),
  );
}
