import * as vscode from 'vscode';
import { EngineError } from '../../engine/index.ts';
import type { Changed, FolderModel, Folders } from '../folders/index.ts';
import { legacyScheme } from '../ids.ts';
import { readText } from '../text/fileText.ts';
import { twinsOf } from './twins.ts';

/** `file:///w/old/a.py` → `tree-unifier-legacy:///w/old/a.py`. */
export function legacyUri(file: vscode.Uri): vscode.Uri {
  return file.with({ scheme: legacyScheme });
}

/**
 * The left side of a comparison: a legacy file as it reads in the canonical namespace, or raw where the user asked for
 * that. Read-only, and made again when the file changes.
 */
export class LegacyText implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #folders: Folders;
  readonly #raw = new Set<string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #watching: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#watching = folders.onDidChangeFiles(({ folder, changed }) => {
      for (const { uri } of vscode.workspace.textDocuments) {
        if (uri.scheme !== legacyScheme) continue;
        const path = folder.path(fileOf(folder.folder, uri));
        if (path !== undefined && isAbout(folder, path, changed)) this.#changed.fire(uri);
      }
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const folder = this.#folders.all.find((model) => model.path(fileOf(model.folder, uri)) !== undefined);
    const path = folder?.path(fileOf(folder.folder, uri));
    if (folder?.opened === undefined || path === undefined) return '';
    try {
      const text = this.isRaw(uri)
        ? (await readText(folder, path))?.text
        : await folder.opened.session.asCanonical(path);
      return (text ?? '').replace(/^\uFEFF/u, '');
    } catch (error) {
      // The file was deleted while its comparison is open.
      if (error instanceof EngineError) return '';
      throw error;
    }
  }

  isRaw(uri: vscode.Uri): boolean {
    return this.#raw.has(uri.toString());
  }

  showRaw(uri: vscode.Uri, isRaw: boolean): void {
    if (isRaw) this.#raw.add(uri.toString());
    else this.#raw.delete(uri.toString());
    this.#changed.fire(uri);
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
  }
}

/** The rewritten text leans on the canonical copy too: where both say the same in other words, it takes those. */
function isAbout(folder: FolderModel, legacy: string, changed: Changed): boolean {
  if (changed === 'all') return true;
  const twins = twinsOf(folder.opened?.session.pairs ?? [], legacy);
  return changed.includes(legacy) || (twins !== undefined && changed.includes(twins.canonical));
}

function fileOf({ uri }: vscode.WorkspaceFolder, legacy: vscode.Uri): vscode.Uri {
  return legacy.with({ scheme: uri.scheme });
}
