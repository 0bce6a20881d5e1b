import * as vscode from 'vscode';
import { problemEditor, problemScheme } from '../ids.ts';

/** What a click on the code of a problem opens. Not a command: the hover's link would not run it. */
export function explanationOf(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: problemScheme, path: `/${code}` });
}

/**
 * Opens such an address as the page that explains problems, where it explains this one. The page is in the package, so
 * that it is there without a network.
 */
export function registerExplain(extensionUri: vscode.Uri): vscode.Disposable {
  const page = vscode.Uri.joinPath(extensionUri, 'docs', 'problems.md');
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: async ({ uri }, panel) => {
      await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment: uri.path.slice(1) }));
      panel.dispose();
    },
  };
  return vscode.window.registerCustomEditorProvider(problemEditor, provider);
}
