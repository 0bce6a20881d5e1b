import * as vscode from 'vscode';
import type { FolderModel, Folders } from '../folders/index.ts';
import { groupBy } from '../../engine/index.ts';
import { activeComparison } from '../diff/context.ts';
import { isLazy, type Row } from '../tree/row.ts';
import type { Place } from '../tree/rowTree.ts';

/** What a menu hands over: a view's row, a file, or nothing, when the active editor is meant. */
export type Subject = vscode.Uri | Place | undefined;

/** The files of one folder that a command is about: workspace paths, in either tree. */
export interface Subjects {
  readonly folder: FolderModel;
  readonly paths: readonly string[];
}

/** Files, rows of files, and rows of folders with all that drifted below them; a selection stands for all that is in it. */
export function subjectsOf(folders: Folders, subject: Subject, selection?: readonly Subject[]): Subjects[] {
  const isSelected = selection?.some((one) => one === subject) === true;
  const uris = (isSelected ? selection : [subject]).flatMap(urisOf);
  const found = uris.flatMap((uri) => {
    const folder = folders.of(uri);
    const path = folder?.path(uri);
    return folder === undefined || path === undefined ? [] : [{ folder, path }];
  });
  return [...groupBy(found, ({ folder }) => folder)].map(([folder, files]) => ({
    folder,
    paths: [...new Set(files.map(({ path }) => path))],
  }));
}

function urisOf(subject: Subject): vscode.Uri[] {
  if (subject instanceof vscode.Uri) return [subject];
  if (subject !== undefined) return driftedBelow(subject.row);
  const compared = activeComparison()?.modified;
  const uri = compared ?? vscode.window.activeTextEditor?.document.uri;
  return uri === undefined ? [] : [uri];
}

/** Rows of files say by their context whether the trees agree about them. */
function driftedBelow({ context, subject, children }: Row): vscode.Uri[] {
  const below = isLazy(children) ? [] : (children ?? []).flatMap(driftedBelow);
  return subject !== undefined && context?.includes('drifted') === true && children === undefined
    ? [subject.uri, ...below]
    : below;
}
