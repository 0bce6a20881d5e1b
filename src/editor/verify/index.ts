import * as vscode from 'vscode';
import { quickChecks, verify, verifyMarkdown, type CheckName, type VerifyReport } from '../../engine/index.ts';
import { atWork, explained } from '../apply/atWork.ts';
import { foldersWithPair, pickFolder } from '../folders/asking.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import type { ShownTexts } from '../text/shownTexts.ts';

/** "Verify": the checks that start nothing, and their report beside the editor. */
export function registerVerify(folders: Folders, texts: ShownTexts): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.verify, async (checks?: readonly CheckName[]) => {
    const folder = await explained(async () => pickFolder(await foldersWithPair(folders)));
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
