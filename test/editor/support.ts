import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { EditorApi } from '../../src/editor/index.ts';
import type { Place } from '../../src/editor/tree/rowTree.ts';
import type { RowSnapshot } from '../../src/editor/tree/snapshot.ts';
import { becomes } from '../helpers/becomes.ts';
import { noteUse } from '../host/uses.ts';

export { becomes };

/** The extension's own exports, after everything known so far has been measured. */
export async function activated(): Promise<EditorApi> {
  const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.backend-tree-unifier'));
  assert.ok(extension, 'the extension is not installed');
  const api = (await extension.activate()) as EditorApi;
  await api.ready();
  return api;
}

/** @param name of the workspace folder; the first one when absent. */
export function uriOf(path: string, name?: string): vscode.Uri {
  const all = vscode.workspace.workspaceFolders ?? [];
  const folder = name === undefined ? all[0] : all.find((one) => one.name === name);
  assert.ok(folder, `the folder ${name ?? ''} is not open`);
  return vscode.Uri.joinPath(folder.uri, path);
}

let probes = 0;

/**
 * A path that no test has used, in this file or another: VS Code may still hold the text of a file that an earlier test
 * deleted. `freshPath('scripts/probe.py')` → `scripts/probe-mb3x2k-7.py`.
 */
export function freshPath(path: string): string {
  probes += 1;
  return path.replace(/(?=\.\w+$)/u, `-${started}-${probes}`);
}

const started = Date.now().toString(36);

export async function write(path: string, text: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(uriOf(path), Buffer.from(text));
  return uriOf(path);
}

export async function readDisk(path: string): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(uriOf(path))).toString();
}

export async function remove(path: string): Promise<void> {
  await vscode.workspace.fs.delete(uriOf(path), { recursive: true });
}

/** Ours among the diagnostics of a file, as `line:column code severity`. */
export function problems(file: string | vscode.Uri): string[] {
  return ours(file).map(({ range, code, severity }) => {
    const value = typeof code === 'object' ? code.value : code;
    return `${range.start.line + 1}:${range.start.character + 1} ${value ?? ''} ${vscode.DiagnosticSeverity[severity]}`;
  });
}

export function ours(file: string | vscode.Uri): vscode.Diagnostic[] {
  const uri = typeof file === 'string' ? uriOf(file) : file;
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'tree-unifier');
}

/** The code actions offered on the first occurrence of a text in a file. */
export async function actionsAt(
  path: string,
  text: string,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `${path} does not hold ${text}`);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind?.value,
  );
  return found;
}

/** Applies the one action with this title, edit and command. */
export async function run(actions: readonly vscode.CodeAction[], title: string): Promise<void> {
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action, `"${title}" is not among:\n${actions.map((one) => one.title).join('\n')}`);
  if (action.edit !== undefined) assert.equal(await vscode.workspace.applyEdit(action.edit), true);
  if (action.command !== undefined) {
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
  }
}

export async function textOf(path: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(uriOf(path))).getText();
}

export async function closeEditors(): Promise<void> {
  for (const { isDirty, uri } of vscode.workspace.textDocuments) {
    if (!isDirty || uri.scheme !== 'file') continue;
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** `Diverged` → `api/v1` → …: the row below these labels. */
export function rowAt(rows: readonly RowSnapshot[], ...labels: string[]): RowSnapshot {
  const [label, ...rest] = labels;
  const row = rows.find((candidate) => candidate.label === label);
  assert.ok(row, `no row "${label ?? ''}" among: ${rows.map((one) => one.label).join(', ')}`);
  return rest.length === 0 ? row : rowAt(row.children, ...rest);
}

/** All rows without children below these. */
export function leaves(rows: readonly RowSnapshot[]): RowSnapshot[] {
  return rows.flatMap((row) => (row.children.length === 0 ? [row] : leaves(row.children)));
}

/** Runs git in the workspace folder; answers what it printed. */
export function git(...args: readonly string[]): string {
  return gitIn(uriOf(''), ...args);
}

export function gitIn({ fsPath }: vscode.Uri, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: fsPath, encoding: 'utf8' });
}

/** What differs from the folder's last commit, a line a file: `M pixsim7/a.py`, `?? new.py`. */
export function changedFiles(folder: vscode.Uri = uriOf('')): string[] {
  const lines = gitIn(folder, 'status', '--porcelain', '-z', '--untracked-files=all').split('\0');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** Puts the folder back to the sample's last commit, and waits until that is measured. */
export async function freshSample(): Promise<void> {
  await fresh(uriOf(''));
}

export async function fresh(...folders: readonly vscode.Uri[]): Promise<void> {
  await closeEditors();
  for (const folder of folders) {
    gitIn(folder, 'reset', '--hard', '--quiet');
    gitIn(folder, 'clean', '-fd', '--quiet');
  }
  await vscode.commands.executeCommand('treeUnifier.refresh');
}

/** A command's own answer. */
export async function execute<T>(command: string, ...args: readonly unknown[]): Promise<T> {
  return await vscode.commands.executeCommand(`treeUnifier.${command}`, ...args);
}

/** `Diverged` → `api` → …: the place below these labels in the inventory, as a menu hands it to a command. */
export function placeAt(api: EditorApi, ...labels: readonly string[]): Promise<Place> {
  return placeIn(api, 'inventory', ...labels);
}

export async function placeIn(
  api: EditorApi,
  view: Parameters<EditorApi['places']>[0],
  ...labels: readonly string[]
): Promise<Place> {
  let place: Place | undefined;
  for (const label of labels) {
    const below: readonly Place[] = await api.places(view, place);
    place = below.find(({ row }) => row.label === label);
    assert.ok(place, `no row "${label}" among: ${below.map(({ row }) => row.label).join(', ')}`);
  }
  assert.ok(place);
  return place;
}

/**
 * Sets a setting of the folder, and waits for what it is to change; puts it back, and waits for that too. A setting that
 * is an object must change what is observed under each of its keys.
 */
export async function settingChanges(
  name: string,
  value: unknown,
  observe: () => unknown,
  expected: unknown,
  folder = uriOf(''),
): Promise<void> {
  const before = await observe();
  const configuration = vscode.workspace.getConfiguration('treeUnifier', folder);
  await configuration.update(name, value, vscode.ConfigurationTarget.WorkspaceFolder);
  await becomes(observe, expected);
  await configuration.update(name, undefined, vscode.ConfigurationTarget.WorkspaceFolder);
  await becomes(observe, before);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  for (const key of isObject ? Object.keys(value) : [undefined]) {
    assert.notDeepEqual(partOf(before, key), partOf(expected, key), `${name}: ${key ?? 'nothing'} makes no difference`);
    noteUse('setting', ['treeUnifier', name, ...(key === undefined ? [] : [key])].join('.'));
  }
}

function partOf(observed: unknown, key: string | undefined): unknown {
  return key === undefined ? observed : (observed as Record<string, unknown>)[key];
}

interface Heard {
  readonly messages: readonly string[];
  /** Of a dialog, what stands below its message. */
  readonly details: readonly string[];
  readonly stop: () => void;
}

/** What the extension says from now on, and what it is answered. VS Code under test shows no message and no dialog. */
export function hearMessages(answer?: string): Heard {
  const { showInformationMessage, showWarningMessage, showErrorMessage } = vscode.window;
  const messages: string[] = [];
  const details: string[] = [];
  const hear = (message: string, ...items: unknown[]): Promise<unknown> => {
    messages.push(message);
    const [options] = items as readonly (vscode.MessageOptions | string | undefined)[];
    if (typeof options === 'object' && options.detail !== undefined) details.push(options.detail);
    return Promise.resolve(items.find((item) => item === answer && item !== undefined));
  };
  Object.assign(vscode.window, { showInformationMessage: hear, showWarningMessage: hear, showErrorMessage: hear });
  return {
    messages,
    details,
    stop: () => {
      Object.assign(vscode.window, { showInformationMessage, showWarningMessage, showErrorMessage });
    },
  };
}

/** What is shown as under way with a cancel button from now on, by its titles; that with the title given is cancelled. */
export function watchProgress(cancelled?: string): { readonly titles: readonly string[]; readonly stop: () => void } {
  const { withProgress } = vscode.window;
  const titles: string[] = [];
  const source = new vscode.CancellationTokenSource();
  source.cancel();
  const watch: typeof withProgress = (options, task) => {
    if (options.cancellable === true) titles.push(options.title ?? '');
    return withProgress(options, (progress, token) =>
      task(progress, options.title === cancelled ? source.token : token),
    );
  };
  Object.assign(vscode.window, { withProgress: watch });
  return {
    titles,
    stop: () => {
      Object.assign(vscode.window, { withProgress });
    },
  };
}

/** The JSON that one of our tools for language models answers. */
export async function ask(name: string, input: object): Promise<Record<string, unknown>> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value) as Record<string, unknown>;
}

/** Answers quick picks by the first item that has one of these texts, and says what was offered. */
export function answerPicks(...texts: readonly string[]): {
  readonly offered: readonly string[][];
  readonly stop: () => void;
} {
  const { showQuickPick } = vscode.window;
  const offered: string[][] = [];
  const answer = (items: readonly vscode.QuickPickItem[]): Promise<unknown> => {
    const lines = items.map(({ label, description = '' }) => `${label} · ${description}`);
    offered.push(lines);
    return Promise.resolve(items[lines.findIndex((line) => texts.some((text) => line.includes(text)))]);
  };
  Object.assign(vscode.window, { showQuickPick: answer });
  return {
    offered,
    stop: () => {
      Object.assign(vscode.window, { showQuickPick });
    },
  };
}
