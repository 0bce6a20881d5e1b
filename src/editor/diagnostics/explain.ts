import * as vscode from 'vscode';
import { commandIds } from '../ids.ts';

/** What a click on the code of a problem opens: the page that explains it, where it explains it. */
export function explanationOf(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: 'command', path: commandIds.explain, query: JSON.stringify([code]) });
}

/** The page is in the package, so that it is there without a network. */
export function registerExplain(extensionUri: vscode.Uri): vscode.Disposable {
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'problems.md');
  return vscode.commands.registerCommand(commandIds.explain, (code: string) =>
    vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment: code })),
  );
}
