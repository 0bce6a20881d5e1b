import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { viewIds } from '../ids.ts';
import { RowTree } from '../tree/rowTree.ts';
import { updatePhaseKeys } from './contextKeys.ts';
import { phaseRows } from './rows.ts';
import type { Ticks } from './ticks.ts';

/** The view of the four phases: their state as measured, what stands in the way, and what is left. */
export function registerPhasesTree(folders: Folders, ticks: Ticks): { tree: RowTree; disposable: vscode.Disposable } {
  const tree = new RowTree();
  const view = vscode.window.createTreeView(viewIds.phases, { treeDataProvider: tree, showCollapseAll: true });
  const updateTicks = (): void => {
    ticks.update(folders);
  };
  const update = (): void => {
    if (folders.isLoading) return;
    tree.update(phaseRows(folders.all));
    updatePhaseKeys(folders);
    updateTicks();
  };
  const disposable = vscode.Disposable.from(
    view,
    folders.onDidChangeInventory(update),
    folders.onDidChangeReferences(update),
    folders.onDidSettle(update),
    vscode.window.tabGroups.onDidChangeTabs(updateTicks),
    vscode.window.tabGroups.onDidChangeTabGroups(updateTicks),
  );
  return { tree, disposable };
}
