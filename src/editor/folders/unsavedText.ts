import * as vscode from 'vscode';
import type { CancellationToken, FileStat, FileSystem } from '../../engine/index.ts';

const BYTE_ORDER_MARK = new Uint8Array([0xef, 0xbb, 0xbf]);

/**
 * Lays unsaved editors over the disk. A changed document is served as the bytes that saving it would write, byte order
 * mark included, so the engine sees one file whether it comes from an editor or from the disk.
 */
export class UnsavedText implements FileSystem {
  readonly #disk: FileSystem;
  readonly #root: vscode.Uri;
  readonly #marked = new Set<string>();

  constructor(disk: FileSystem, root: vscode.Uri) {
    this.#disk = disk;
    this.#root = root;
  }

  list(token?: CancellationToken): Promise<readonly string[]> {
    return this.#disk.list(token);
  }

  async read(path: string): Promise<Uint8Array> {
    const document = this.#unsaved(path);
    const bytes = document === undefined ? await this.#disk.read(path) : await encodeDocument(document);
    if (startsWithMark(bytes)) this.#marked.add(path);
    else this.#marked.delete(path);
    return bytes;
  }

  async stat(path: string): Promise<FileStat> {
    const document = this.#unsaved(path);
    const onDisk = await this.#disk.stat(path);
    return document === undefined || onDisk.kind !== 'file'
      ? onDisk
      : { kind: 'file', size: (await encodeDocument(document)).length };
  }

  /**
   * Whether the file began with a byte order mark when it was last read. The engine counts the mark as the first unit of
   * the text; VS Code leaves it out.
   */
  hasMark(path: string): boolean {
    return this.#marked.has(path);
  }

  #unsaved(path: string): vscode.TextDocument | undefined {
    const wanted = `${this.#root.path}/${path}`;
    return vscode.workspace.textDocuments.find(
      ({ isDirty, isClosed, uri }) => isDirty && !isClosed && uri.scheme === this.#root.scheme && uri.path === wanted,
    );
  }
}

/** What saving would write. UTF-8 is encoded here: VS Code's own encoder is a round trip to another process. */
export async function encodeDocument(document: vscode.TextDocument): Promise<Uint8Array> {
  const text = document.getText();
  if (document.encoding === 'utf8') return new TextEncoder().encode(text);
  if (document.encoding === 'utf8bom') return Buffer.concat([BYTE_ORDER_MARK, new TextEncoder().encode(text)]);
  return vscode.workspace.encode(text, { encoding: document.encoding });
}

function startsWithMark(bytes: Uint8Array): boolean {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
}
