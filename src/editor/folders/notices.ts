import * as vscode from 'vscode';
import { EngineError } from '../../engine/index.ts';
import { commandIds } from '../ids.ts';
import type { Notices } from './model.ts';

/** Messages about what a person must mend. Each is said once, until the trouble is over or another. */
export function createNotices(log: vscode.LogOutputChannel): Notices {
  const settings = new Map<string, string>();
  const failures = new Map<string, string>();
  return {
    badSettings(folder, problems) {
      for (const problem of problems) log.warn(`${folder.name}: ${problem}`);
      if (!isNews(settings, folder, problems.join('\n')) || problems.length === 0) return;
      void offer(vscode.window.showWarningMessage, problems.join(' '), 'Open Settings', commandIds.openSettings);
    },
    failed(folder, error) {
      log.error(error instanceof EngineError ? `${folder.name}: ${error.message}` : asError(error));
      if (!isNews(failures, folder, String(error))) return;
      if (error instanceof EngineError) {
        void offer(vscode.window.showErrorMessage, error.message, 'Open Settings', commandIds.openSettings);
      } else {
        const message = `The backend trees in "${folder.name}" could not be compared. The log says why.`;
        void offer(vscode.window.showErrorMessage, message, 'Show Log', commandIds.showLog);
      }
    },
    wentWell(folder) {
      failures.delete(folder.uri.toString());
    },
  };
}

function isNews(said: Map<string, string>, { uri }: vscode.WorkspaceFolder, message: string): boolean {
  const before = said.get(uri.toString());
  said.set(uri.toString(), message);
  return message !== before;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

async function offer(
  show: (message: string, ...items: string[]) => Thenable<string | undefined>,
  message: string,
  action: string,
  command: string,
): Promise<void> {
  if ((await show(message, action)) === action) await vscode.commands.executeCommand(command);
}
