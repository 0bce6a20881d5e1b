import * as vscode from 'vscode';
import { encodeDocument } from '../folders/unsavedText.ts';

/** The document that VS Code has of a file, shown in an editor or not. */
export function documentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.scheme === uri.scheme && document.uri.path === uri.path,
  );
}

/** The bytes that saving would write, of each of these files that is not saved. */
export async function unsavedBytes(uris: readonly vscode.Uri[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const unsaved = new Map<string, Uint8Array>();
  for (const uri of uris) {
    const document = documentOf(uri);
    if (document?.isDirty === true) unsaved.set(uri.path, await encodeDocument(document));
  }
  return unsaved;
}

/** What VS Code's document of the file would be saved as; `undefined` where it has none. */
export async function shownBytes(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  const document = documentOf(uri);
  return document && (await encodeDocument(document));
}

/** @throws Error naming the first file that could not be saved. */
export async function saveDocuments(uris: readonly vscode.Uri[]): Promise<void> {
  for (const uri of uris) {
    const document = documentOf(uri);
    if (document?.isDirty === true && !(await document.save()))
      throw new Error(`${vscode.workspace.asRelativePath(uri)} could not be saved`);
  }
}

/** Remembers which files have a tab; VS Code gives one to every file that is unsaved for a moment. */
export function openTabs(): { closeOthers(uris: readonly vscode.Uri[]): Promise<void> } {
  const before = new Set(tabsOfFiles().map(({ uri }) => uri.path));
  return {
    closeOthers: async (uris) => {
      const touched = new Set(uris.map(({ path }) => path));
      const news = tabsOfFiles().filter(
        ({ uri, tab }) => touched.has(uri.path) && !before.has(uri.path) && !tab.isDirty,
      );
      if (news.length > 0)
        await vscode.window.tabGroups.close(
          news.map(({ tab }) => tab),
          true,
        );
    },
  };
}

function tabsOfFiles(): { tab: vscode.Tab; uri: vscode.Uri }[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap((tab) => (tab.input instanceof vscode.TabInputText ? [{ tab, uri: tab.input.uri }] : []));
}
