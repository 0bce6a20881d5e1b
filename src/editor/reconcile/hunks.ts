import * as vscode from 'vscode';
import type { HunkPlace } from '../../engine/index.ts';
import { explained, writable } from '../apply/atWork.ts';
import { documentOf } from '../apply/documents.ts';
import { activeComparison } from '../diff/context.ts';
import { twinsIn } from '../diff/compare.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { FileText } from '../text/fileText.ts';

/** Takes one side of the hunk at the cursor of the active comparison; whether there was one. */
export async function takeHunkAtCursor(folders: Folders, take: 'legacy' | 'canonical'): Promise<boolean> {
  const done = await explained(async () => {
    const comparison = activeComparison();
    const folder = folders.of(comparison?.modified);
    if (comparison === undefined || folder === undefined) return false;
    return await takeHunk(folder, placeIn(folder, comparison.modified), take);
  });
  if (done === false)
    void vscode.window.showInformationMessage(
      'There is no difference at the cursor. Place it on a changed line first.',
    );
  return done === true;
}

function placeIn(folder: FolderModel, canonical: vscode.Uri): HunkPlace | undefined {
  const editor = vscode.window.activeTextEditor;
  const path = twinsIn(folder, canonical)?.canonical;
  if (editor === undefined || path === undefined) return undefined;
  const isRight = editor.document.uri.toString() === canonical.toString();
  return { path, side: isRight ? 'canonical' : 'legacy', line: editor.selection.active.line + 1 };
}

async function takeHunk(
  model: FolderModel,
  place: HunkPlace | undefined,
  take: 'legacy' | 'canonical',
): Promise<boolean> {
  const { session } = writable(model);
  await model.idle();
  const change = place === undefined ? undefined : await session.takeHunk(place, take);
  if (change === undefined) return false;
  const uri = model.uri(change.path);
  const wasUnsaved = documentOf(uri)?.isDirty === true;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new FileText(change.before).range(change.edit), change.edit.newText);
  await vscode.workspace.applyEdit(edit);
  // The canonical document is before a person's eyes, and theirs to save; of the legacy one they would see nothing.
  if (take === 'canonical' && !wasUnsaved) await documentOf(uri)?.save();
  await model.idle();
  return true;
}
