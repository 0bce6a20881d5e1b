import * as vscode from 'vscode';
import { CancelledError, EngineError } from '../../engine/index.ts';
import type { FolderModel, Folders } from './index.ts';

/**
 * The folders that have a tree pair, once they are measured; what is cancelled is the waiting alone.
 * @throws EngineError saying what to do where there is none: a command can be run from anywhere, whatever its menu items say.
 */
export async function foldersWithPair(folders: Folders): Promise<readonly FolderModel[]> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Measuring the trees', cancellable: true };
  if (folders.isLoading)
    await vscode.window.withProgress(options, (_, token) => Promise.race([folders.idle(), cancelled(token)]));
  const found = folders.all.filter(({ measured }) => measured !== undefined);
  if (found.length > 0) return found;
  assertFolder(folders.all);
  if (folders.all.some(({ state }) => state === 'failed'))
    throw new EngineError(
      'badSetting',
      'The two trees could not be compared: mend the settings first. The log says why.',
    );
  throw new EngineError('noPair', 'No two trees are chosen yet: have them looked for, or name them in the settings.');
}

function cancelled(token: vscode.CancellationToken): Promise<never> {
  return new Promise((_, reject) => {
    token.onCancellationRequested(() => {
      reject(new CancelledError());
    });
  });
}

/**
 * Asks only where there is a choice.
 * @throws EngineError where no folder is open
 */
export async function pickFolder(models: readonly FolderModel[]): Promise<FolderModel | undefined> {
  assertFolder(models);
  if (models.length < 2) return models[0];
  const items = models.map((model) => ({ label: model.folder.name, model }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which folder?' }))?.model;
}

/** @throws EngineError where no folder is open */
export function assertFolder(all: readonly unknown[]): void {
  if (all.length === 0)
    throw new EngineError('noSuchRoot', 'No folder is open: open the repository that holds the two trees.');
}
