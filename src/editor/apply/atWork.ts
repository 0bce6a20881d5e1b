import * as vscode from 'vscode';
import { CancelledError, EngineError, type ErrorCode } from '../../engine/index.ts';
import type { DiskWriters } from '../adapters.ts';
import type { FolderModel } from '../folders/index.ts';
import type { Opened } from '../folders/opening.ts';
import { commandIds } from '../ids.ts';
import { unlinked } from '../tree/row.ts';

export type Progress = vscode.Progress<{ message?: string }>;

/** Runs what writes: progress with cancel, an expected failure as its sentence; `undefined` when it came to nothing. */
export async function atWork<T>(
  title: string,
  work: (progress: Progress, token: vscode.CancellationToken) => Promise<T>,
): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await explained(() => vscode.window.withProgress(options, work));
}

/** Shows an expected failure as its sentence. */
export async function explained<T>(work: () => Thenable<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    if (!(error instanceof EngineError)) throw error;
    void tellFailure(error);
    return undefined;
  }
}

/** What to do about it, where a command can. */
const remedies: Partial<Record<ErrorCode, { readonly title: string; readonly command: string }>> = {
  interrupted: { title: 'Finish or Restore…', command: commandIds.resolveInterrupted },
  noPair: { title: 'Detect Trees', command: commandIds.detect },
  badSetting: { title: 'Open Settings', command: commandIds.openSettings },
};

async function tellFailure({ code, message }: EngineError): Promise<void> {
  const remedy = remedies[code];
  const answer = await vscode.window.showErrorMessage(
    unlinked(message),
    ...(remedy === undefined ? [] : [remedy.title]),
  );
  if (remedy !== undefined && answer === remedy.title) await vscode.commands.executeCommand(remedy.command);
}

/** A folder that is measured, together with what may change it. */
export interface WritableFolder extends Opened {
  readonly model: FolderModel;
  readonly writers: DiskWriters;
}

/** @throws EngineError `unwritable` in Restricted Mode. */
export function assertTrusted(): void {
  if (vscode.workspace.isTrusted) return;
  throw new EngineError('unwritable', 'In Restricted Mode no file is changed: trust this workspace first.');
}

/**
 * The gate of all that writes: a command can be run from anywhere, whatever its menu items say.
 * @throws EngineError `unwritable` in Restricted Mode, and while there is no pair.
 */
export function writable(model: FolderModel): WritableFolder {
  assertTrusted();
  const { opened } = model;
  if (opened?.writers === undefined)
    throw new EngineError('unwritable', `The backend trees in "${model.folder.name}" are not measured yet: try again.`);
  return { ...opened, writers: opened.writers, model };
}
