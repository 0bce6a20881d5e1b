import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { commandIds, section } from '../ids.ts';
import { rangeOf } from '../text/fileText.ts';
import type { Place } from '../tree/rowTree.ts';
import { rewriteAll, type Scope } from './bulk.ts';
import { fixAllKind, ReferenceActions } from './provider.ts';
import { findTarget } from './target.ts';

/** Quick fixes for references, and the commands that they and the rows of the view run. */
export function registerCodeActions(folders: Folders): vscode.Disposable {
  const metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind] };
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, new ReferenceActions(folders), metadata),
    vscode.commands.registerCommand(commandIds.rewriteAll, async (root: vscode.Uri, scope: Scope) => {
      const folder = folders.of(root);
      if (folder !== undefined) await rewriteAll(folder, scope);
    }),
    vscode.commands.registerCommand(commandIds.keep, keep),
    vscode.commands.registerCommand(commandIds.openTarget, async (subject: vscode.Uri | Place) => {
      const target = subject instanceof vscode.Uri ? subject : await targetOf(folders, subject);
      if (target !== undefined) await vscode.commands.executeCommand('vscode.open', target);
    }),
  );
}

/** Adds an entry to the folder's keep list. */
async function keep(root: vscode.Uri, entry: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section, root);
  const entries = configuration.get<string[]>('keep', []);
  await configuration.update('keep', [...entries, entry], vscode.ConfigurationTarget.WorkspaceFolder);
}

async function targetOf(folders: Folders, { row: { subject } }: Place): Promise<vscode.Uri | undefined> {
  const folder = folders.of(subject?.uri);
  if (folder === undefined || subject?.range === undefined) return undefined;
  const { uri, range } = subject;
  const references = folder.measured?.references.get(folder.path(uri) ?? '') ?? [];
  const reference = references.find((candidate) => rangeOf(folder, candidate).isEqual(range));
  const path = reference === undefined ? undefined : await findTarget(folder, reference);
  return path === undefined ? undefined : folder.uri(path);
}
