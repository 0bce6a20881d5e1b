import type * as vscode from 'vscode';
import { startEditor, type EditorApi } from './editor/index.ts';
import { createFileSystem } from './node/fileSystem.ts';
import { findGit } from './node/git.ts';

/** Called once by VS Code, after its start. Wires the adapters to the features, which do their work afterwards. */
export function activate(context: vscode.ExtensionContext): EditorApi {
  return startEditor(context, { createFileSystem, findGit });
}
