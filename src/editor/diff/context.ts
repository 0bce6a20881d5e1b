import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { contextKeys, legacyScheme } from '../ids.ts';
import type { LegacyText } from './legacyText.ts';

/** The comparison in the active tab: `original` is its legacy side. */
export function activeComparison(): vscode.TabInputTextDiff | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff && input.original.scheme === legacyScheme ? input : undefined;
}

/** Tells the editor title which of the two toggles to show. */
export function tellComparison(legacyText: LegacyText): void {
  const uri = activeComparison()?.original;
  const shown = uri === undefined ? undefined : legacyText.isRaw(uri) ? 'raw' : 'rewritten';
  void vscode.commands.executeCommand('setContext', contextKeys.comparison, shown);
}

/**
 * Tells the menus which files have a twin, about which the trees do not agree, and which are in conflict. `when` clauses
 * see a path in the form of the machine with the window.
 */
export function tellFiles(folders: Folders): void {
  const keys = { comparable: new Set<string>(), drifted: new Set<string>(), conflicts: new Set<string>() };
  for (const folder of folders.all) {
    const { inventory, merged, marked } = folder.measured ?? {};
    for (const { legacy, canonical, files } of inventory?.pairs ?? []) {
      for (const { path, status } of files) {
        const place = `${canonical.root}/${path}`;
        const uris = [legacy.root, canonical.root].map((root) => folder.uri(`${root}/${path}`));
        const paths = uris.flatMap((uri) => [uri.path, uri.fsPath]);
        const add = (key: keyof typeof keys): void => {
          for (const one of paths) keys[key].add(one);
        };
        if (status !== 'legacyOnly' && status !== 'canonicalOnly') add('comparable');
        if (status !== 'identical' && status !== 'equivalent') add('drifted');
        if (merged?.get(place)?.result === 'conflict' || marked?.has(place) === true) add('conflicts');
      }
    }
  }
  for (const [key, paths] of Object.entries(keys) as [keyof typeof keys, Set<string>][]) {
    const value = Object.fromEntries([...paths].map((path) => [path, true]));
    void vscode.commands.executeCommand('setContext', contextKeys[key], value);
  }
}
