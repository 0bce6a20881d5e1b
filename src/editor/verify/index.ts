import * as vscode from 'vscode';
import { quickChecks, verify, verifyMarkdown, type CheckName, type VerifyReport } from '../../engine/index.ts';
import { atWork } from '../apply/atWork.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import type { ShownTexts } from '../text/shownTexts.ts';

/** "Verify": the checks that start nothing, and their report beside the editor. */
export function registerVerify(folders: Folders, texts: ShownTexts): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.verify, async (checks?: readonly CheckName[]) => {
    const folder = await pickFolder(folders);
    const report = folder && (await run(folder, Array.isArray(checks) ? checks : quickChecks));
    if (folder === undefined || report === undefined) return undefined;
    const uri = texts.add(`/Verification of ${folder.folder.name}.md`, verifyMarkdown(report));
    await vscode.window.showTextDocument(uri, { preview: true });
    return report;
  });
}

async function run(folder: FolderModel, checks: readonly CheckName[]): Promise<VerifyReport | undefined> {
  await folder.idle();
  const { opened } = folder;
  if (opened === undefined) return undefined;
  return await atWork(`Verifying ${folder.folder.name}`, (_, token) => verify(opened, checks, {}, token));
}

async function pickFolder(folders: Folders): Promise<FolderModel | undefined> {
  const open = folders.all.filter(({ opened }) => opened !== undefined);
  if (open.length < 2) return open[0];
  const items = open.map((folder) => ({ label: folder.folder.name, folder }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which folder?' }))?.folder;
}
