import * as vscode from 'vscode';
import type { Checkpoint, Restored } from '../../engine/index.ts';
import { assertTrusted, atWork, explained } from '../apply/atWork.ts';
import { saveDocuments } from '../apply/documents.ts';
import { assertFolder } from '../folders/asking.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import { count } from '../tree/row.ts';

/** How code names a checkpoint; a person is asked for what is absent, and whether they are sure. */
export interface RestoreArgument {
  readonly folder?: vscode.Uri;
  readonly name?: string;
  readonly isConfirmed?: boolean;
}

/** Puts a checkpoint back after asking which and whether; `undefined` when nothing was restored. */
export async function restoreCheckpoint(
  folders: Folders,
  { folder, name, isConfirmed = false }: RestoreArgument = {},
): Promise<Restored | undefined> {
  const model = folder === undefined ? await explained(() => pickFolder(folders)) : folders.of(folder);
  if (model === undefined) return undefined;
  const checkpoint = await explained(() => choose(model, name));
  if (checkpoint === undefined || !(isConfirmed || (await isSure(checkpoint)))) return undefined;
  const restored = await atWork(`Restoring ${checkpoint.name}`, (_, token) =>
    restoreNow(model, checkpoint.name, token),
  );
  if (restored !== undefined) void tell(model, restored);
  return restored;
}

/** Unsaved text is saved first: it would hide what is put back, and the checkpoint of the present has it then. */
export async function restoreNow(
  model: FolderModel,
  name: string,
  token?: vscode.CancellationToken,
): Promise<Restored> {
  assertTrusted();
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && model.path(uri) !== undefined);
  await saveDocuments(unsaved.map(({ uri }) => uri));
  const { checkpoints } = await model.writers();
  const restored = await checkpoints.restore(name, token);
  await model.refresh();
  return restored;
}

/** Of several folders those that have a checkpoint, whether or not their trees can be compared now. */
async function pickFolder({ all }: Folders): Promise<FolderModel | undefined> {
  assertFolder(all);
  if (all.length < 2) return all[0];
  const found = await Promise.all(all.map(async (model) => ({ model, checkpoints: await checkpointsOf(model) })));
  const items = found
    .filter(({ checkpoints }) => checkpoints.length > 0)
    .map(({ model, checkpoints }) => ({
      label: model.folder.name,
      description: count(checkpoints.length, 'checkpoint'),
      model,
    }));
  if (items.length === 0) void vscode.window.showInformationMessage(NONE_YET);
  if (items.length < 2) return items[0]?.model;
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Restore a checkpoint of which folder?' }))?.model;
}

/** The newest first. */
async function checkpointsOf(model: FolderModel): Promise<Checkpoint[]> {
  assertTrusted();
  return [...(await (await model.writers()).checkpoints.list())].reverse();
}

const NONE_YET = 'There is no checkpoint yet: one is taken before anything is applied.';

async function choose(model: FolderModel, name: string | undefined): Promise<Checkpoint | undefined> {
  const all = await checkpointsOf(model);
  if (name !== undefined) return all.find((checkpoint) => checkpoint.name === name);
  if (all.length === 0) {
    void vscode.window.showInformationMessage(NONE_YET);
    return undefined;
  }
  const items = all.map((checkpoint) => ({ ...itemOf(checkpoint), checkpoint }));
  const placeHolder = `Put the whole folder ${model.folder.name} back as it was at …`;
  const options = { placeHolder, matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.checkpoint;
}

/** `Before canonicalize`, `Nov 23, 2026, 11:15 PM · on main at 1a2b3c4d5e`. */
function itemOf({ phase, time, head, name }: Checkpoint): vscode.QuickPickItem {
  const branch = head?.branch === undefined ? '' : ` · on ${head.branch}`;
  const commit = head?.commit === undefined ? '' : ` at ${head.commit.slice(0, 10)}`;
  const label = phase === 'restore' ? 'Before a restore' : `Before ${phase}`;
  return { label, description: `${timeText(time)}${branch}${commit}`, detail: name };
}

function timeText(time: string): string {
  return new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'medium' });
}

async function isSure({ name, time }: Checkpoint): Promise<boolean> {
  const detail =
    `Every file becomes what it was at ${timeText(time)}, the staged ones too; files made since are deleted. ` +
    'Ignored files and the current branch stay as they are. Unsaved text is saved first, and a checkpoint of the ' +
    'present is taken, so that this can be undone.';
  const action = 'Restore';
  const answer = await vscode.window.showWarningMessage(`Restore ${name}?`, { modal: true, detail }, action);
  return answer === action;
}

async function tell(model: FolderModel, { written, deleted, checkpoint }: Restored): Promise<void> {
  const message = `Restored: ${count(written.length, 'file')} put back, ${count(deleted.length, 'file')} deleted.`;
  const action = 'Undo Restore…';
  if ((await vscode.window.showInformationMessage(message, action)) !== action) return;
  const argument = { folder: model.folder.uri, name: checkpoint.name };
  await vscode.commands.executeCommand(commandIds.restoreCheckpoint, argument);
}
