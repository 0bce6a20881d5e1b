import * as vscode from 'vscode';
import type { FolderModel, Folders, ReferencesChange } from '../folders/index.ts';
import { depthDiagnosticOf, diagnosticOf } from './diagnostic.ts';
import { ShownDiagnostics } from './shownDiagnostics.ts';

/** Diagnostics for every reference in the workspace, in open files and closed ones. */
export function registerDiagnostics(folders: Folders): vscode.Disposable {
  const collection = new ShownDiagnostics('Backend Tree Unifier');
  const shown = new WeakMap<FolderModel, ReadonlySet<string>>();

  const update = ({ folder, changed }: ReferencesChange): void => {
    const before = shown.get(folder) ?? new Set();
    const now = new Set(pathsOf(folder));
    for (const path of changed === 'all' ? new Set([...before, ...now]) : changed) {
      collection.set(folder.uri(path), diagnosticsOf(folder, path));
    }
    shown.set(folder, now);
  };
  const clear = (folder: FolderModel): void => {
    for (const path of shown.get(folder) ?? []) collection.set(folder.uri(path), []);
    shown.delete(folder);
  };
  return vscode.Disposable.from(collection, folders.onDidChangeReferences(update), folders.onDidRemove(clear));
}

function diagnosticsOf(folder: FolderModel, path: string): vscode.Diagnostic[] {
  const config = folder.opened?.config;
  if (config === undefined) return [];
  const references = folder.measured?.references.get(path) ?? [];
  const depth = folder.measured?.depth.get(path) ?? [];
  return [
    ...references.flatMap((reference) => diagnosticOf(folder, config, reference) ?? []),
    ...depth.flatMap((finding) => depthDiagnosticOf(folder, config, finding) ?? []),
  ];
}

function pathsOf({ measured }: FolderModel): string[] {
  return measured === undefined ? [] : [...measured.references.keys(), ...measured.depth.keys()];
}
