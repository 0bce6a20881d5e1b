import type * as vscode from 'vscode';
import type { EditorApi } from './editor/index.ts';
import { startWhenNeeded } from './editor/standby/index.ts';

/** Called once by VS Code, after its start, in every window: all but a look for trees waits until there are some. */
export function activate(context: vscode.ExtensionContext): Promise<EditorApi> {
  return startWhenNeeded(context, () => import('./features.ts'));
}
