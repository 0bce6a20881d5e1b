import * as vscode from 'vscode';
import { section, settingNames } from '../ids.ts';

/** What somebody set, by the name below `treeUnifier.`: a default from package.json is nobody's wish. */
export function setValues({ uri }: vscode.WorkspaceFolder): Readonly<Record<string, unknown>> {
  // To inspect one by one would cost the start of VS Code some milliseconds, nearly always for nothing.
  const found = vscode.workspace.getConfiguration(undefined, uri).inspect<object>(section);
  const set = { ...found?.globalValue, ...found?.workspaceValue, ...found?.workspaceFolderValue };
  const configuration = vscode.workspace.getConfiguration(section, uri);
  const names = settingNames.filter((name) => name in set);
  return Object.fromEntries(names.map((name) => [name, configuration.get(name)]));
}
