import * as vscode from 'vscode';
import type { Reference } from '../../engine/index.ts';
import type { Folders } from '../folders/index.ts';
import { commandIds, contextKeys, viewIds } from '../ids.ts';
import { count } from '../tree/row.ts';
import { RowTree } from '../tree/rowTree.ts';
import { referenceRows } from './rows.ts';

/** The view of every mention of the legacy name. The filter is remembered with the workspace. */
export function registerReferencesTree(
  folders: Folders,
  memory: vscode.Memento,
): { tree: RowTree; disposable: vscode.Disposable } {
  const tree = new RowTree();
  const view = vscode.window.createTreeView(viewIds.references, { treeDataProvider: tree, showCollapseAll: true });
  const update = (): void => {
    if (folders.isLoading) return;
    const isLiveOnly = memory.get<boolean>(contextKeys.liveOnly, false);
    tree.update(referenceRows(folders.all, isLiveOnly ? liveOf : (references) => references));
    const live = liveReferences(folders);
    view.badge = live === 0 ? undefined : { value: live, tooltip: count(live, 'live legacy reference') };
    view.description = isLiveOnly ? 'live only' : '';
    void vscode.commands.executeCommand('setContext', contextKeys.liveOnly, isLiveOnly);
  };
  const show = async (isLiveOnly: boolean): Promise<void> => {
    await memory.update(contextKeys.liveOnly, isLiveOnly);
    update();
  };
  const disposable = vscode.Disposable.from(
    view,
    folders.onDidChangeReferences(update),
    folders.onDidSettle(update),
    vscode.commands.registerCommand(commandIds.showLiveOnly, () => show(true)),
    vscode.commands.registerCommand(commandIds.showAllStandings, () => show(false)),
  );
  return { tree, disposable };
}

function liveReferences(folders: Folders): number {
  const files = folders.all.flatMap(({ measured }) => [...(measured?.references.values() ?? [])]);
  return files.reduce((sum, references) => sum + liveOf(references).length, 0);
}

const liveCache = new WeakMap<readonly Reference[], readonly Reference[]>();

/** The same answer for the same array, so that rows made from it count as unchanged. */
function liveOf(references: readonly Reference[]): readonly Reference[] {
  const known = liveCache.get(references);
  if (known !== undefined) return known;
  const live = references.filter(({ standing }) => standing === 'live');
  liveCache.set(references, live);
  return live;
}
