import * as vscode from 'vscode';
import { decode, EngineError, hasConflictMarkers, type MergedFile, type MergeTexts } from '../../engine/index.ts';
import { atWork, explained, writable } from '../apply/atWork.ts';
import { takeCheckpoint } from '../apply/checkpoint.ts';
import { twinsOf } from '../diff/twins.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { documentOf } from '../apply/documents.ts';
import { commandIds, contextKeys } from '../ids.ts';
import type { ShownTexts } from '../text/shownTexts.ts';
import type { Subjects } from './subjects.ts';

/** VS Code's own command; not part of its published interface, so it may go one day. */
const OPEN_MERGE_EDITOR = '_open.mergeEditor';
const COMPLETE_MERGE = 'mergeEditor.acceptMerge';

/** Opens conflicts for a person to resolve, and offers to settle a file when its markers are gone. */
export class Conflicts implements vscode.Disposable {
  readonly #folders: Folders;
  readonly #texts: ShownTexts;
  readonly #pending = new Map<string, vscode.Uri>();
  /** What was merged, by file: once markers are in the canonical copy it is no side any more. */
  readonly #sides = new Map<string, MergeTexts>();
  readonly #disposable: vscode.Disposable;

  constructor(folders: Folders, texts: ShownTexts) {
    this.#folders = folders;
    this.#texts = texts;
    this.#disposable = vscode.workspace.onDidSaveTextDocument((document) => void this.#onSaved(document));
  }

  dispose(): void {
    this.#disposable.dispose();
  }

  /** The three-way merge editor with the markers as its start; the file with its markers where VS Code has none. */
  async resolve({ folder, paths: [path] }: Subjects): Promise<void> {
    await atWork('Opening the conflict', async (_, token) => {
      const { session, writers } = writable(folder);
      await folder.idle();
      const place = path === undefined ? undefined : twinsOf(session.pairs, path)?.canonical;
      if (place === undefined) return;
      if (folder.measured?.marked.has(place) === true) {
        const known = this.#sides.get(folder.uri(place).toString());
        await (known === undefined ? this.#showMarkers(folder.uri(place)) : this.#openMerge(folder.uri(place), known));
        return;
      }
      const merged = folder.measured?.merged.get(place);
      const sides = await session.mergeSides(place);
      if (merged?.result !== 'conflict' || sides === undefined)
        throw new EngineError('unwritable', `${place} has no conflict to resolve.`);
      const text = markedText(merged);
      if (text === undefined || sides.canonical === undefined || sides.legacy === undefined)
        this.#offerSides(folder, place, merged);
      else {
        // VS Code saves the markers as it opens, which is how git leaves a conflict too.
        await takeCheckpoint(writers, 'canonicalize', [], token);
        await setText(folder.uri(place), text);
        this.#sides.set(folder.uri(place).toString(), sides);
        await this.#openMerge(folder.uri(place), sides);
      }
    });
  }

  /** VS Code's own end of a merge, and then both copies say what came of it; false when something is left to resolve. */
  async complete(settle: (subjects: Subjects) => Promise<unknown>): Promise<boolean> {
    const [uri] = [...this.#pending.values()].filter((one) =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.label.endsWith(nameOf(one)),
    );
    const folder = this.#folders.of(uri);
    const path = uri && folder?.path(uri);
    if (uri === undefined || folder === undefined || path === undefined) return false;
    this.#forget(uri);
    await vscode.commands.executeCommand(COMPLETE_MERGE);
    const document = documentOf(uri);
    if (document?.isDirty === true || (document !== undefined && hasConflictMarkers(document.getText()))) {
      this.#wait(uri);
      return false;
    }
    this.#sides.delete(uri.toString());
    await settle({ folder, paths: [path] });
    return true;
  }

  #wait(uri: vscode.Uri): void {
    this.#pending.set(uri.toString(), uri);
    this.#tellMerging();
  }

  #forget(uri: vscode.Uri): void {
    this.#pending.delete(uri.toString());
    this.#tellMerging();
  }

  #tellMerging(): void {
    const paths = [...this.#pending.values()].flatMap((uri) => [uri.path, uri.fsPath]);
    const value = Object.fromEntries(paths.map((path) => [path, true]));
    void vscode.commands.executeCommand('setContext', contextKeys.merging, value);
  }

  /** Markers in the file make VS Code begin with what merges by itself. */
  async #openMerge(output: vscode.Uri, { base = '', canonical = '', legacy = '' }: MergeTexts): Promise<void> {
    const side = (name: string, content: string): vscode.Uri => this.#texts.add(`/${name}${output.path}`, content);
    this.#wait(output);
    try {
      await vscode.commands.executeCommand(OPEN_MERGE_EDITOR, {
        base: side('Base', base),
        input1: { uri: side('Canonical', canonical), title: 'Canonical', description: 'as it is' },
        input2: { uri: side('Legacy', legacy), title: 'Legacy', description: 'in the canonical namespace' },
        output,
      });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await this.#showMarkers(output);
    }
  }

  async #showMarkers(uri: vscode.Uri): Promise<void> {
    this.#wait(uri);
    await vscode.window.showTextDocument(uri);
  }

  /** One side has no text: there is nothing to merge, and one of the two is meant. */
  #offerSides(folder: FolderModel, place: string, { conflict = '' }: MergedFile): void {
    void explained(async () => {
      const actions = { 'Take Legacy': commandIds.takeLegacy, 'Take Canonical': commandIds.takeCanonical };
      const message = `${place}: ${conflict} There are no lines to merge; choose a side.`;
      const answer = await vscode.window.showWarningMessage(message, ...Object.keys(actions));
      const command = Object.entries(actions).find(([title]) => title === answer)?.[1];
      if (command !== undefined) await vscode.commands.executeCommand(command, folder.uri(place));
    });
  }

  async #onSaved(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    if (!this.#pending.has(key) || hasConflictMarkers(document.getText())) return;
    this.#forget(document.uri);
    this.#sides.delete(key);
    const folder = this.#folders.of(document.uri);
    if (folder === undefined) return;
    const action = 'Take Canonical';
    const message = `${vscode.workspace.asRelativePath(document.uri)} has no conflict markers any more. When it is as you want it, take canonical, so that the legacy copy follows.`;
    if ((await vscode.window.showInformationMessage(message, action)) === action)
      await vscode.commands.executeCommand(commandIds.takeCanonical, document.uri);
  }
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function markedText({ version }: MergedFile): string | undefined {
  const decoded = version && decode(version.bytes);
  if (decoded?.kind !== 'text' || !hasConflictMarkers(decoded.text)) return undefined;
  return decoded.text.replace(/^\uFEFF/u, '');
}

async function setText(uri: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}
