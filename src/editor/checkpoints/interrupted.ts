import * as vscode from 'vscode';
import type { InterruptedApply } from '../../engine/index.ts';
import { assertTrusted, atWork, explained } from '../apply/atWork.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { count } from '../tree/row.ts';
import { restoreNow } from './restore.ts';

const actions = { finish: 'Finish', restore: 'Restore Checkpoint' } as const;
type Action = keyof typeof actions;

/** Looks once in each folder, when it is first measured, for an apply that was killed on its way, and offers the way out. */
export function offerInterrupted(folders: Folders): vscode.Disposable {
  const seen = new WeakSet<FolderModel>();
  return folders.onDidSettle(() => {
    for (const folder of folders.all) {
      if (folder.opened?.writers === undefined || seen.has(folder)) continue;
      seen.add(folder);
      void explained(() => offer(folder));
    }
  });
}

/** For the palette: asks what to do about it, or does what it is told. Answers what was done. */
export async function resolveInterrupted(folders: Folders, action?: Action): Promise<Action | undefined> {
  for (const folder of folders.all) {
    const found = await explained(async () => ({ apply: await find(folder) }));
    if (found === undefined) return undefined;
    if (found.apply !== undefined) return await resolve(folder, found.apply, action ?? (await ask(found.apply)));
  }
  void vscode.window.showInformationMessage('No apply was interrupted.');
  return undefined;
}

async function offer(folder: FolderModel): Promise<void> {
  const found = await find(folder);
  if (found === undefined) return;
  const answer = await vscode.window.showWarningMessage(sentence(found), ...Object.values(actions));
  await resolve(folder, found, actionOf(answer));
}

async function find(folder: FolderModel): Promise<InterruptedApply | undefined> {
  assertTrusted();
  return await (await folder.writers()).interrupted.findInterrupted();
}

function sentence({ phase, time, paths }: InterruptedApply): string {
  const when = new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  return `Applying ${phase} was interrupted (${when}): only some of ${count(paths.length, 'file')} may be written. Finish it, or restore the checkpoint taken before it?`;
}

async function ask(found: InterruptedApply): Promise<Action | undefined> {
  const placeHolder = sentence(found);
  return actionOf(await vscode.window.showQuickPick(Object.values(actions), { placeHolder }));
}

function actionOf(answer: string | undefined): Action | undefined {
  return (Object.keys(actions) as Action[]).find((action) => actions[action] === answer);
}

async function resolve(
  folder: FolderModel,
  { checkpoint }: InterruptedApply,
  action: Action | undefined,
): Promise<Action | undefined> {
  if (action === undefined) return undefined;
  return await atWork(action === 'finish' ? 'Finishing the apply' : 'Restoring the checkpoint', async (_, token) => {
    if (action === 'restore') await restoreNow(folder, checkpoint, token);
    else {
      const { refused } = await (await folder.writers()).interrupted.finish();
      const sentences = refused.map(({ path, reason }) => `${path}: ${reason}`);
      if (sentences.length > 0) void vscode.window.showWarningMessage(`Left as it is: ${sentences.join(' ')}`);
      await folder.refresh();
    }
    return action;
  });
}
