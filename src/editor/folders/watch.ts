import * as vscode from 'vscode';

/** Folders that builds and installs churn, which no tree and no listing holds. */
const CHURN = /(?:^|\/)(?:\.git|node_modules|__pycache__|\.venv)(?:\/|$)/u;

interface Listener {
  /** `path` was made, edited or deleted, on disk or in an editor. */
  changed(path: string): void;
  saved(path: string): void;
  /** What is listed at all may have changed. */
  listingChanged(): void;
}

/** Tells about every change below the folder: on disk, by git, and in editors, saved or not. */
export function watchFolder(folder: vscode.WorkspaceFolder, listener: Listener): vscode.Disposable {
  const onUri = (uri: vscode.Uri): void => {
    const path = pathBelow(folder, uri);
    if (path === undefined || path === '' || CHURN.test(path)) return;
    if (/(?:^|\/)\.gitignore$/u.test(path)) listener.listingChanged();
    else listener.changed(path);
  };
  const edited = new Set<string>();
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(onUri),
    watcher.onDidChange(onUri),
    watcher.onDidDelete(onUri),
    vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => {
      edited.add(uri.toString());
      onUri(uri);
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const path = pathBelow(folder, uri);
      if (path !== undefined && !CHURN.test(path)) listener.saved(path);
    }),
    // Closing without saving gives the text on disk back.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (edited.delete(uri.toString())) onUri(uri);
    }),
  );
}

/** The path relative to the folder, with `/`; `undefined` outside it. */
export function pathBelow(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string | undefined {
  if (uri.scheme !== folder.uri.scheme || !uri.path.startsWith(`${folder.uri.path}/`)) return undefined;
  return uri.path.slice(folder.uri.path.length + 1);
}
