import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { contextKeys, legacyScheme } from '../ids.ts';
import type { LegacyText } from './legacyText.ts';

/** The legacy side of the comparison in the active tab. */
export function activeComparison(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff && input.original.scheme === legacyScheme
    ? input.original
    : undefined;
}

/** Tells the editor title which of the two toggles to show. */
export function tellComparison(legacyText: LegacyText): void {
  const uri = activeComparison();
  const shown = uri === undefined ? undefined : legacyText.isRaw(uri) ? 'raw' : 'rewritten';
  void vscode.commands.executeCommand('setContext', contextKeys.comparison, shown);
}

/** Tells the menus which files have a twin. `when` clauses see a path in the form of the machine with the window. */
export function tellComparable(folders: Folders): void {
  const paths: Record<string, true> = {};
  for (const folder of folders.all) {
    for (const { legacy, canonical, files } of folder.measured?.inventory.pairs ?? []) {
      for (const { path, status } of files) {
        if (status === 'legacyOnly' || status === 'canonicalOnly') continue;
        for (const root of [legacy.root, canonical.root]) {
          const uri = folder.uri(`${root}/${path}`);
          paths[uri.path] = true;
          paths[uri.fsPath] = true;
        }
      }
    }
  }
  void vscode.commands.executeCommand('setContext', contextKeys.comparable, paths);
}
