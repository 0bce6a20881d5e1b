import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { shownScheme } from '../ids.ts';

/** `a/b.py`, `a/b.py:12`: how reports and plans name a place. */
const PLACE = /`([^`\n]+?)(?::(\d+))?`/gu;

/** In the texts that are only shown, every place leads there. */
export function registerShownLinks(folders: Folders): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(
    { scheme: shownScheme, language: 'markdown' },
    { provideDocumentLinks: (document, token) => linksIn(folders, document, token) },
  );
}

async function linksIn(
  folders: Folders,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<vscode.DocumentLink[]> {
  const uris = await listedFiles(folders, token);
  return [...document.getText().matchAll(PLACE)].flatMap(({ index, 0: whole, 1: path = '', 2: line }) => {
    const uri = uris.get(path);
    if (uri === undefined) return [];
    const range = new vscode.Range(document.positionAt(index + 1), document.positionAt(index + whole.length - 1));
    return [new vscode.DocumentLink(range, line === undefined ? uri : uri.with({ fragment: `L${line}` }))];
  });
}

/** A path that two folders have leads to the first. */
async function listedFiles(
  folders: Folders,
  token: vscode.CancellationToken,
): Promise<ReadonlyMap<string, vscode.Uri>> {
  const uris = new Map<string, vscode.Uri>();
  for (const folder of folders.all) {
    for (const path of (await folder.opened?.files.list(token)) ?? [])
      if (!uris.has(path)) uris.set(path, folder.uri(path));
  }
  return uris;
}
