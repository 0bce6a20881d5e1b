import * as vscode from 'vscode';
import { parseConfig } from '../../engine/index.ts';
import { section, settingNames } from '../ids.ts';

/** The settings of one folder. Only what somebody set is handed on: a default from package.json is nobody's wish. */
export function readConfig(folder: vscode.WorkspaceFolder): ReturnType<typeof parseConfig> {
  const configuration = vscode.workspace.getConfiguration(section, folder.uri);
  const settings: Record<string, unknown> = {};
  for (const name of settingNames) {
    if (isSet(configuration.inspect(name))) settings[name] = configuration.get(name);
  }
  return parseConfig(settings);
}

function isSet(found: ReturnType<vscode.WorkspaceConfiguration['inspect']>): boolean {
  return (found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue) !== undefined;
}
