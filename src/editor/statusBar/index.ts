import * as vscode from 'vscode';
import type { FolderModel, Folders } from '../folders/index.ts';
import { viewIds } from '../ids.ts';
import { count } from '../tree/row.ts';

/** Both counts of the folder at hand, at the left of the status bar; nothing where there is no pair. */
export function registerStatusBar(folders: Folders): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('treeUnifier.counts', vscode.StatusBarAlignment.Left);
  item.name = 'Backend Trees';
  item.command = `${viewIds.inventory}.focus`;
  const update = (): void => {
    const folder = activeFolder(folders);
    if (folder === undefined) {
      item.hide();
      return;
    }
    const words = counts(folder);
    item.text = `$(git-compare) ${words}`;
    item.tooltip = `Backend Trees in ${folder.folder.name}: ${words}`;
    item.accessibilityInformation = { label: `${item.tooltip.replace(' · ', ', ')}.`, role: 'button' };
    item.show();
  };
  return vscode.Disposable.from(
    item,
    folders.onDidChangeInventory(update),
    folders.onDidChangeReferences(update),
    folders.onDidRemove(update),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

function activeFolder(folders: Folders): FolderModel | undefined {
  const active = folders.of(vscode.window.activeTextEditor?.document.uri);
  return active?.measured === undefined ? folders.all.find(({ measured }) => measured !== undefined) : active;
}

/** `13 diverged · 220 legacy references`. */
function counts({ measured }: FolderModel): string {
  const diverged = measured?.inventory.pairs.reduce((sum, pair) => sum + pair.counts.diverged, 0) ?? 0;
  const references = [...(measured?.references.values() ?? [])].flat();
  const live = references.filter(({ standing }) => standing === 'live').length;
  return `${diverged} diverged · ${count(live, 'legacy reference')}`;
}
