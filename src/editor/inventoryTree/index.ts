import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { viewIds } from '../ids.ts';
import { count } from '../tree/row.ts';
import { RowTree } from '../tree/rowTree.ts';
import { inventoryRows } from './rows.ts';

/** The view of both trees, file by file. */
export function registerInventoryTree(folders: Folders): { tree: RowTree; disposable: vscode.Disposable } {
  const tree = new RowTree();
  const view = vscode.window.createTreeView(viewIds.inventory, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });
  const update = (): void => {
    if (folders.isLoading) return;
    tree.update(inventoryRows(folders.all));
    const diverged = divergedFiles(folders);
    view.badge = diverged === 0 ? undefined : { value: diverged, tooltip: `${count(diverged, 'file')} diverged` };
  };
  const disposable = vscode.Disposable.from(
    view,
    folders.onDidChangeInventory(update),
    folders.onDidChangeReferences(update),
    folders.onDidSettle(update),
  );
  return { tree, disposable };
}

function divergedFiles(folders: Folders): number {
  const pairs = folders.all.flatMap(({ measured }) => measured?.inventory.pairs ?? []);
  return pairs.reduce((sum, { counts }) => sum + counts.diverged, 0);
}
