import * as vscode from 'vscode';
import type { FolderModel, Folders, ReferencesChange } from '../folders/index.ts';
import { depthDiagnosticOf, diagnosticOf } from './diagnostic.ts';

/** Diagnostics for every reference in the workspace, in open files and closed ones. */
export function registerDiagnostics(folders: Folders): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('Backend Tree Unifier');
  const shown = new WeakMap<FolderModel, Set<string>>();

  const show = (folder: FolderModel, path: string): void => {
    const paths = shown.get(folder) ?? new Set();
    shown.set(folder, paths);
    const diagnostics = diagnosticsOf(folder, path);
    // One file at a time: a single call for all is cut off after about 1,100 diagnostics.
    if (diagnostics.length > 0) collection.set(folder.uri(path), diagnostics);
    else if (paths.has(path)) collection.delete(folder.uri(path));
    if (diagnostics.length > 0) paths.add(path);
    else paths.delete(path);
  };
  const update = ({ folder, changed }: ReferencesChange): void => {
    const paths = changed === 'all' ? [...(shown.get(folder) ?? []), ...pathsOf(folder)] : changed;
    for (const path of new Set(paths)) show(folder, path);
  };
  const clear = (folder: FolderModel): void => {
    for (const path of shown.get(folder) ?? []) collection.delete(folder.uri(path));
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
