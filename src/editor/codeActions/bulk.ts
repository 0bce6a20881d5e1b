import * as vscode from 'vscode';
import { isSure, type Config, type Reference } from '../../engine/index.ts';
import { flag } from '../apply/preview.ts';
import type { FolderModel } from '../folders/index.ts';
import { mergeEdits, readFresh, type FreshFile } from './fresh.ts';

/** What a bulk rewrite is to take: all references of one kind, or of one category. */
export type Scope = { readonly kind: Reference['kind'] } | { readonly category: string };

/** May be rewritten together with others without a person looking at each. */
export function isForBulk(config: Config, reference: Reference): boolean {
  return isSure(reference) && config.kinds[reference.kind];
}

function isInScope(scope: Scope, reference: Reference): boolean {
  return 'kind' in scope ? reference.kind === scope.kind : reference.category === scope.category;
}

/** Rewrites all references in scope after the user has seen them in the refactor preview. */
export async function rewriteAll(folder: FolderModel, scope: Scope): Promise<void> {
  const title = 'kind' in scope ? `Collecting ${scope.kind} references` : `Collecting references in ${scope.category}`;
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const edit = await vscode.window.withProgress(options, (_, token) => collect(folder, scope, token));
  if (edit.size === 0) return;
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

async function collect(
  folder: FolderModel,
  scope: Scope,
  token: vscode.CancellationToken,
): Promise<vscode.WorkspaceEdit> {
  const result = new PreviewedEdit();
  const { config } = folder.opened ?? {};
  for (const [path, known] of folder.measured?.references ?? []) {
    if (config === undefined || !known.some((reference) => isInScope(scope, reference))) continue;
    const fresh = await readFresh(folder, path, token);
    if (token.isCancellationRequested) return new vscode.WorkspaceEdit();
    if (fresh !== undefined)
      result.add(folder.uri(path), config, {
        ...fresh,
        references: fresh.references.filter((one) => isInScope(scope, one)),
      });
  }
  return result.finish();
}

/**
 * An edit that VS Code shows before applying it. Only an edit that needs confirmation opens the preview, and such edits
 * start unticked while all others start ticked; so what needs review is flagged, and where nothing does, an edit that
 * changes nothing.
 */
class PreviewedEdit {
  readonly #edit = new vscode.WorkspaceEdit();
  #first: vscode.Uri | undefined;
  #isFlagged = false;

  add(uri: vscode.Uri, config: Config, { file, references }: FreshFile): void {
    const sure = references.filter((reference) => isForBulk(config, reference));
    const unsure = references.filter(
      ({ kind, standing, needsReview, rewrite }) =>
        standing === 'live' && needsReview && rewrite !== undefined && config.kinds[kind],
    );
    const sureEdits = mergeEdits(sure.flatMap(({ rewrite }) => rewrite ?? []));
    const allEdits = mergeEdits([...sure, ...unsure].flatMap(({ rewrite }) => rewrite ?? []));
    for (const edit of allEdits) {
      const isSureEdit = sureEdits.includes(edit);
      const metadata = isSureEdit
        ? { needsConfirmation: false, label: 'Sure' }
        : { needsConfirmation: true, label: 'Needs review', description: 'tick what is right' };
      this.#isFlagged ||= !isSureEdit;
      this.#first ??= uri;
      this.#edit.replace(uri, file.range(edit), edit.newText, metadata);
    }
  }

  finish(): vscode.WorkspaceEdit {
    if (this.#first !== undefined && !this.#isFlagged) flag(this.#edit, this.#first);
    return this.#edit;
  }
}
