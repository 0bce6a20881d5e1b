import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import { offerInterrupted, resolveInterrupted } from './interrupted.ts';
import { restoreCheckpoint, type RestoreArgument } from './restore.ts';

/** Going back: restoring a checkpoint, and what to do about an apply that was interrupted. */
export function registerCheckpoints(folders: Folders): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.restoreCheckpoint, (argument?: RestoreArgument) =>
      restoreCheckpoint(folders, argument),
    ),
    vscode.commands.registerCommand(commandIds.resolveInterrupted, (action?: 'finish' | 'restore') =>
      resolveInterrupted(folders, action),
    ),
    offerInterrupted(folders),
  );
}
