import * as vscode from 'vscode';
import { CancelledError, groupBy } from '../../engine/index.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { importDiagnosticOf } from './diagnostic.ts';
import { ShownDiagnostics } from './shownDiagnostics.ts';

/**
 * Diagnostics for imports of the canonical packages that would fail. They come after the references: resolving every
 * import takes a moment the first time, and no more than the change needs after that.
 */
export function registerImportDiagnostics(folders: Folders): vscode.Disposable {
  const collection = new ShownDiagnostics('Backend Tree Unifier: imports');
  const shown = new WeakMap<FolderModel, ReadonlySet<string>>();

  const set = (folder: FolderModel, byPath: ReadonlyMap<string, vscode.Diagnostic[]>): void => {
    for (const path of shown.get(folder) ?? []) if (!byPath.has(path)) collection.set(folder.uri(path), []);
    for (const [path, diagnostics] of byPath) collection.set(folder.uri(path), diagnostics);
    shown.set(folder, new Set(byPath.keys()));
  };
  const update = async (folder: FolderModel): Promise<void> => {
    const { opened } = folder;
    if (opened === undefined) {
      set(folder, new Map());
      return;
    }
    try {
      const findings = await opened.session.brokenImports();
      // Another opening has its own findings, and shows them.
      if (folder.opened !== opened) return;
      const groups = groupBy(findings, ({ path }) => path);
      const diagnostics = [...groups].map(
        ([path, all]) => [path, all.flatMap((one) => importDiagnosticOf(opened.config, one) ?? [])] as const,
      );
      set(folder, new Map(diagnostics));
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    }
  };
  return vscode.Disposable.from(
    collection,
    folders.onDidChangeFiles(({ folder }) => void update(folder)),
    folders.onDidRemove((folder) => {
      set(folder, new Map());
    }),
  );
}
