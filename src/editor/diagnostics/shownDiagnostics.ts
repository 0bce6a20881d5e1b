import * as vscode from 'vscode';

/**
 * Diagnostics by file. VS Code is told of those alone that have become others: it looks for code actions anew with each
 * that it is told of, and an open menu of the light bulb closes.
 */
export class ShownDiagnostics implements vscode.Disposable {
  readonly #collection: vscode.DiagnosticCollection;
  readonly #shown = new Map<string, string>();

  constructor(name: string) {
    this.#collection = vscode.languages.createDiagnosticCollection(name);
  }

  /** One file at a time: a single call for all is cut off after about 1,100 diagnostics. */
  set(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): void {
    const said = diagnostics.length === 0 ? undefined : JSON.stringify(diagnostics);
    if (this.#shown.get(uri.toString()) === said) return;
    if (said === undefined) {
      this.#shown.delete(uri.toString());
      this.#collection.delete(uri);
    } else {
      this.#shown.set(uri.toString(), said);
      this.#collection.set(uri, diagnostics);
    }
  }

  dispose(): void {
    this.#collection.dispose();
  }
}
