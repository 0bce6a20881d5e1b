import * as vscode from 'vscode';
import type { ComparedFile } from '../../engine/index.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { legacyUri } from './legacyText.ts';
import { twinsOf, type Twins } from './twins.ts';

/**
 * Opens a file of either tree beside its twin: left the legacy one in the canonical namespace, right the canonical
 * one, which can be edited. A file that has no twin is opened alone.
 */
export async function compare(folders: Folders, uri: vscode.Uri | undefined): Promise<void> {
  const folder = folders.of(uri);
  const twins = uri === undefined || folder === undefined ? undefined : twinsIn(folder, uri);
  if (folder === undefined || twins === undefined) {
    void vscode.window.showInformationMessage(
      'Open a file of the legacy or the canonical tree to compare its two copies.',
    );
    return;
  }
  const legacy = folder.uri(twins.legacy);
  const canonical = folder.uri(twins.canonical);
  const file = comparedFile(folder, twins);
  if (file?.status === 'legacyOnly' || file?.status === 'canonicalOnly') {
    await vscode.commands.executeCommand('vscode.open', file.status === 'legacyOnly' ? legacy : canonical);
    return;
  }
  const isText = file?.status !== 'diverged' || (file.hunks ?? []).length > 0;
  const name = twins.path.slice(twins.path.lastIndexOf('/') + 1);
  const title = `${name} (legacy ↔ canonical)`;
  await vscode.commands.executeCommand('vscode.diff', isText ? legacyUri(legacy) : legacy, canonical, title);
}

export async function openTwin(folders: Folders, uri: vscode.Uri | undefined, side: Twins['side']): Promise<void> {
  const folder = folders.of(uri);
  const twins = uri === undefined || folder === undefined ? undefined : twinsIn(folder, uri);
  if (folder !== undefined && twins !== undefined)
    await vscode.commands.executeCommand('vscode.open', folder.uri(twins[side]));
}

export function twinsIn(folder: FolderModel, uri: vscode.Uri): Twins | undefined {
  const path = folder.path(uri);
  return path === undefined ? undefined : twinsOf(folder.opened?.session.pairs ?? [], path);
}

function comparedFile({ measured }: FolderModel, twins: Twins): ComparedFile | undefined {
  const pair = measured?.inventory.pairs.find(({ legacy }) => twins.legacy === `${legacy.root}/${twins.path}`);
  return pair?.files.find(({ path }) => path === twins.path);
}
