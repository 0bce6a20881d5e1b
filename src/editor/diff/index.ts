import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { commandIds, legacyScheme } from '../ids.ts';
import type { Place } from '../tree/rowTree.ts';
import { compare, openTwin } from './compare.ts';
import { activeComparison, tellComparison, tellFiles } from './context.ts';
import { LegacyText } from './legacyText.ts';

/** Comparing the two copies of a file: the commands, the legacy side's text, and the toggle in the editor title. */
export function registerDiff(folders: Folders): vscode.Disposable {
  const legacyText = new LegacyText(folders);
  const toggle = (isRaw: boolean): void => {
    const uri = activeComparison()?.original;
    if (uri === undefined) return;
    legacyText.showRaw(uri, isRaw);
    tellComparison(legacyText);
  };
  const onTabs = (): void => {
    tellComparison(legacyText);
  };
  const onInventory = (): void => {
    tellFiles(folders);
  };
  return vscode.Disposable.from(
    legacyText,
    vscode.workspace.registerTextDocumentContentProvider(legacyScheme, legacyText),
    vscode.window.tabGroups.onDidChangeTabs(onTabs),
    vscode.window.tabGroups.onDidChangeTabGroups(onTabs),
    folders.onDidChangeInventory(onInventory),
    folders.onDidRemove(onInventory),
    vscode.commands.registerCommand(commandIds.compareWithLegacy, (subject?: FileSubject) =>
      compare(folders, uriOf(subject)),
    ),
    vscode.commands.registerCommand(commandIds.compareCopies, (subject?: FileSubject) =>
      compare(folders, uriOf(subject)),
    ),
    vscode.commands.registerCommand(commandIds.openLegacy, (place: Place) => openTwin(folders, uriOf(place), 'legacy')),
    vscode.commands.registerCommand(commandIds.openCanonical, (place: Place) =>
      openTwin(folders, uriOf(place), 'canonical'),
    ),
    vscode.commands.registerCommand(commandIds.showRawLegacy, () => {
      toggle(true);
    }),
    vscode.commands.registerCommand(commandIds.showRewrittenLegacy, () => {
      toggle(false);
    }),
  );
}

/** A menu hands a file's URI, a view its row, the palette nothing: then the active editor is meant. */
type FileSubject = vscode.Uri | Place;

function uriOf(subject: FileSubject | undefined): vscode.Uri | undefined {
  if (subject === undefined) return vscode.window.activeTextEditor?.document.uri;
  return subject instanceof vscode.Uri ? subject : subject.row.subject?.uri;
}
