import * as vscode from 'vscode';
import type { FolderModel, Folders } from '../folders/index.ts';
import { mergeEdits, readFresh, type FreshFile } from './fresh.ts';
import { isForBulk } from './bulk.ts';
import { actionsFor } from './referenceActions.ts';

export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('treeUnifier');

/** Offers what can be done about the references under the cursor, and about all of a file's. */
export class ReferenceActions implements vscode.CodeActionProvider {
  readonly #folders: Folders;

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const folder = this.#folders.of(document.uri);
    const path = folder?.path(document.uri);
    if (folder?.measured === undefined || path === undefined) return [];
    const isKnown = folder.measured.references.has(path) || folder.measured.depth.has(path);
    if (!document.isDirty && !isKnown) return [];
    const { version } = document;
    const fresh = await readFresh(folder, path, token);
    if (fresh === undefined || document.version !== version) return [];
    const { only } = context;
    const wantsQuickFix = only === undefined || only.contains(vscode.CodeActionKind.QuickFix);
    const wantsFixAll = only?.contains(fixAllKind) === true;
    return [
      ...(wantsQuickFix ? await quickFixes(folder, document, fresh, range, context) : []),
      ...(wantsFixAll ? fixAll(folder, document.uri, fresh, fixAllKind) : []),
    ];
  }
}

async function quickFixes(
  folder: FolderModel,
  document: vscode.TextDocument,
  fresh: FreshFile,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): Promise<vscode.CodeAction[]> {
  const at = fresh.references.filter(
    (reference) => reference.standing !== 'kept' && touches(fresh, reference.offset, reference.text.length, range),
  );
  const own = await Promise.all(at.map((reference) => actionsFor(folder, document, fresh, reference, context)));
  const all = at.length === 0 ? [] : fixAll(folder, document.uri, fresh, vscode.CodeActionKind.QuickFix);
  const [rewrites, others] = [own.flatMap((actions) => actions.rewrites), own.flatMap((actions) => actions.others)];
  return [...rewrites, ...depthFixes(document, fresh, range), ...all, ...others];
}

/** The same expression with as many more steps as the tree lies deeper. */
function depthFixes(document: vscode.TextDocument, fresh: FreshFile, range: vscode.Range): vscode.CodeAction[] {
  return fresh.depth.flatMap(({ offset, text, legacyFolder, fix }) => {
    if (fix === undefined || !touches(fresh, offset, text.length, range)) return [];
    const folder = legacyFolder === '' ? 'the root of the workspace' : legacyFolder;
    const action = new vscode.CodeAction(`Go up to ${folder} again`, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, fresh.file.range(fix), fix.newText);
    return [action];
  });
}

function touches({ file }: FreshFile, start: number, length: number, range: vscode.Range): boolean {
  return file.range({ start, end: start + length }).intersection(range) !== undefined;
}

function fixAll(
  folder: FolderModel,
  uri: vscode.Uri,
  { file, references }: FreshFile,
  kind: vscode.CodeActionKind,
): vscode.CodeAction[] {
  const { config } = folder.opened ?? {};
  if (config === undefined) return [];
  const rewrites = references.flatMap((reference) => (isForBulk(config, reference) ? (reference.rewrite ?? []) : []));
  const isWorth = kind.value === fixAllKind.value ? rewrites.length > 0 : rewrites.length > 1;
  if (!isWorth) return [];
  const action = new vscode.CodeAction('Fix all legacy references in this file', kind);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    uri,
    mergeEdits(rewrites).map((edit) => vscode.TextEdit.replace(file.range(edit), edit.newText)),
  );
  return [action];
}
