import * as vscode from 'vscode';
import {
  refusals,
  type Applied,
  type Applier,
  type ApplySource,
  type CancellationToken,
  type FileOutcome,
} from '../../engine/index.ts';
import type { WriteGuard } from '../adapters.ts';
import { documentOf, openTabs, saveDocuments, shownBytes, unsavedBytes } from './documents.ts';
import { deletedFirst, replaceFile, textEdits } from './fileEdit.ts';

/** Applies plans through VS Code: one workspace edit that it can undo, in open editors and closed files, saved afterwards. */
export class WorkspaceEditApplier implements Applier {
  readonly #root: vscode.Uri;
  readonly #guard: WriteGuard;

  constructor(root: vscode.Uri, guard: WriteGuard) {
    this.#root = root;
    this.#guard = guard;
  }

  async apply(outcomes: readonly FileOutcome[], source: ApplySource, token?: CancellationToken): Promise<Applied> {
    const unsaved = await unsavedBytes(outcomes.map(({ path }) => this.#uri(path)));
    const byPath = new Map(outcomes.map((outcome) => [outcome.path, outcome]));
    const applied = await this.#guard.run(
      outcomes,
      source,
      {
        holds: (path) => unsaved.get(this.#uri(path).path),
        write: (paths) => this.#write(paths.flatMap((path) => byPath.get(path) ?? [])),
      },
      token,
    );
    return await this.#withoutUnsaved(applied, byPath);
  }

  async #write(files: readonly FileOutcome[]): Promise<void> {
    const uris = files.map(({ path }) => this.#uri(path));
    const tabs = openTabs();
    const edit = new vscode.WorkspaceEdit();
    // Texts are one run, after all files that are made or deleted.
    const texts: [vscode.Uri, vscode.TextEdit[]][] = [];
    for (const file of deletedFirst(files)) await this.#add(edit, texts, file);
    for (const [uri, edits] of texts) edit.set(uri, edits);
    // Its size counts no files made or deleted, so it says nothing; one that is empty does no harm.
    if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) throw new Error('VS Code refused the edit');
    await saveDocuments(uris);
    await tabs.closeOthers(uris);
  }

  async #add(
    edit: vscode.WorkspaceEdit,
    texts: [vscode.Uri, vscode.TextEdit[]][],
    { path, before, after }: FileOutcome,
  ): Promise<void> {
    const uri = this.#uri(path);
    if (after === undefined) edit.deleteFile(uri);
    else if (before === undefined) edit.createFile(uri, { contents: after });
    else {
      const shown = await shownBytes(uri);
      if (documentOf(uri)?.isDirty === true && shown !== undefined && sameBytes(shown, after)) return;
      const edits = shown === undefined || sameBytes(shown, before) ? textEdits(uri, before, after) : undefined;
      if (edits !== undefined) texts.push([uri, edits]);
      else {
        // An editor that still holds unsaved text would hide the new file.
        await saveDocuments([uri]);
        replaceFile(edit, uri, after);
      }
    }
  }

  /** A file that is as planned on the disk alone, while an editor holds other text, is not as planned. */
  async #withoutUnsaved(answer: Applied, byPath: ReadonlyMap<string, FileOutcome>): Promise<Applied> {
    const unsaved = await unsavedBytes(answer.applied.map((path) => this.#uri(path)));
    if (unsaved.size === 0) return answer;
    const isOther = (path: string): boolean => {
      const bytes = unsaved.get(this.#uri(path).path);
      const after = byPath.get(path)?.after;
      return bytes !== undefined && (after === undefined || !sameBytes(bytes, after));
    };
    const refused = answer.applied.filter(isOther).map((path) => ({ path, reason: refusals.changed }));
    return {
      applied: answer.applied.filter((path) => !isOther(path)),
      refused: [...answer.refused, ...refused].sort((a, b) => (a.path < b.path ? -1 : 1)),
    };
  }

  #uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#root, path);
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
