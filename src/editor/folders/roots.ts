import * as vscode from 'vscode';
import type { FileSystem, TreePair } from '../../engine/index.ts';

/** Whether the canonical trees are there; a legacy tree is gone in the end. */
export async function hasRoots(files: Pick<FileSystem, 'stat'>, pairs: readonly TreePair[]): Promise<boolean> {
  const looks = pairs.map(({ canonical }) => files.stat(canonical.root));
  return (await Promise.all(looks)).every(({ kind }) => kind !== 'missing');
}

/** For a folder without its trees: tells when one of the roots comes to be, as by checking out another branch. */
export function watchRoots(
  folder: vscode.WorkspaceFolder,
  pairs: readonly TreePair[],
  appeared: () => void,
): vscode.Disposable {
  const roots = pairs.flatMap(({ legacy, canonical }) => [legacy.root, canonical.root]);
  return vscode.Disposable.from(
    ...[...new Set(roots.flatMap(withParents))].flatMap((path) => {
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(folder, path),
        false,
        true,
        true,
      );
      return [watcher, watcher.onDidCreate(appeared)];
    }),
  );
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`: a folder moved into place is told of by its own name alone. */
function withParents(path: string): string[] {
  return path.split('/').map((_, index, segments) => segments.slice(0, index + 1).join('/'));
}
