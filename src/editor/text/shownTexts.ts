import * as vscode from 'vscode';
import { shownScheme } from '../ids.ts';

/** Read-only texts that are in no file. They are few: each is kept, as VS Code may ask for one again. */
export class ShownTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #disposable: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#disposable = vscode.workspace.registerTextDocumentContentProvider(shownScheme, this);
  }

  /** @param path names the tab, and its end says which language it is. */
  add(path: string, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme: shownScheme, path, query: String(this.#count) });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}
