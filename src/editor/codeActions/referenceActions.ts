import * as vscode from 'vscode';
import { isSure, type Reference, type Rewrite } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { twinsIn } from '../diff/compare.ts';
import { commandIds, diagnosticSource } from '../ids.ts';
import type { Scope } from './bulk.ts';
import type { FreshFile } from './fresh.ts';
import { markFor } from './intentional.ts';
import { findTarget } from './target.ts';

/** The menu's first and last part for one reference; what concerns the whole file stands between them. */
export interface ActionsForReference {
  readonly rewrites: readonly vscode.CodeAction[];
  readonly others: readonly vscode.CodeAction[];
}

export async function actionsFor(
  folder: FolderModel,
  document: vscode.TextDocument,
  fresh: FreshFile,
  reference: Reference,
  context: vscode.CodeActionContext,
): Promise<ActionsForReference> {
  const range = fresh.file.range({ start: reference.offset, end: reference.offset + reference.text.length });
  const diagnostics = context.diagnostics.filter((one) => one.source === diagnosticSource && one.range.isEqual(range));
  const ways =
    reference.rewrite === undefined ? reference.alternatives : [reference.rewrite, ...reference.alternatives];
  const rewrites = ways.map((way) => {
    const action = rewriteAction(document, fresh, way);
    action.diagnostics = diagnostics;
    action.isPreferred = isSure(reference) && way === reference.rewrite;
    return action;
  });
  const intentional = markAction(folder, document, reference, range.start);
  intentional.diagnostics = diagnostics;
  return {
    rewrites,
    others: [...bulkActions(folder, reference), intentional, ...(await openActions(folder, document, reference))],
  };
}

function rewriteAction(
  { uri }: vscode.TextDocument,
  { file }: FreshFile,
  { replacement, edits }: Rewrite,
): vscode.CodeAction {
  const action = new vscode.CodeAction(`Rewrite to \`${replacement}\``, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.set(
    uri,
    edits.map((edit) => vscode.TextEdit.replace(file.range(edit), edit.newText)),
  );
  return action;
}

function bulkActions(folder: FolderModel, { kind, category, standing }: Reference): vscode.CodeAction[] {
  if (standing !== 'live' || folder.opened?.config.kinds[kind] !== true) return [];
  const action = (title: string, scope: Scope): vscode.CodeAction =>
    commandAction(title, commandIds.rewriteAll, folder.folder.uri, scope);
  return [
    action(`Rewrite all references of kind "${kind}" in the workspace…`, { kind }),
    action(`Rewrite all references in category "${category}" in the workspace…`, { category }),
  ];
}

function markAction(
  folder: FolderModel,
  document: vscode.TextDocument,
  { path, text }: Reference,
  start: vscode.Position,
): vscode.CodeAction {
  const lines = document.getText().split(/\r\n|\n|\r/u);
  const mention = { path, text, line: start.line, column: start.character, language: document.languageId };
  const mark = markFor(mention, lines);
  if (mark.kind === 'setting') {
    return commandAction('Mark as intentional in the settings', commandIds.keep, folder.folder.uri, mark.entry);
  }
  const action = new vscode.CodeAction('Mark as intentional', vscode.CodeActionKind.QuickFix);
  const line = document.lineAt(start.line);
  const indentation = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  action.edit = new vscode.WorkspaceEdit();
  if (mark.kind === 'lineEnd')
    action.edit.insert(document.uri, line.range.end, `${spaceBefore(line.text)}${mark.text}`);
  else action.edit.insert(document.uri, line.range.start, `${indentation}${mark.text}${eol}`);
  return action;
}

/** Python's style asks for two spaces before a comment, and no other language minds. */
function spaceBefore(line: string): string {
  return line.endsWith('  ') ? '' : '  ';
}

async function openActions(
  folder: FolderModel,
  document: vscode.TextDocument,
  reference: Reference,
): Promise<vscode.CodeAction[]> {
  const target = await findTarget(folder, reference);
  const open =
    target === undefined ? [] : [commandAction('Open the canonical target', commandIds.openTarget, folder.uri(target))];
  const own = twinsIn(folder, document.uri) === undefined ? undefined : document.uri;
  const toCompare = own ?? (target === undefined ? undefined : folder.uri(target));
  const compare =
    toCompare === undefined ? [] : [commandAction('Compare the two copies', commandIds.compareCopies, toCompare)];
  return [...open, ...compare];
}

function commandAction(title: string, command: string, ...args: unknown[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command, arguments: args };
  return action;
}
