import * as vscode from 'vscode';
import type { Adapters } from '../adapters.ts';
import { commandIds, contextKeys, section, viewIds } from '../ids.ts';
import type { Changed } from './changeQueue.ts';
import { FolderModel, type FolderState } from './model.ts';
import { createNotices } from './notices.ts';

export type { Changed } from './changeQueue.ts';
export type { Measured } from './measured.ts';
export { FolderModel } from './model.ts';

export interface ReferencesChange {
  readonly folder: FolderModel;
  readonly changed: Changed;
}

/** All workspace folders at work: each has its own pair, settings and measurements. */
export class Folders implements vscode.Disposable {
  readonly #adapters: Adapters;
  readonly #log: vscode.LogOutputChannel;
  readonly #notices: ReturnType<typeof createNotices>;
  readonly #models = new Map<string, { model: FolderModel; events: vscode.Disposable }>();
  readonly #inventory = new vscode.EventEmitter<FolderModel>();
  readonly #references = new vscode.EventEmitter<ReferencesChange>();
  readonly #files = new vscode.EventEmitter<ReferencesChange>();
  readonly #removed = new vscode.EventEmitter<FolderModel>();
  readonly #settled = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [];
  #opening: Promise<unknown> = Promise.resolve();

  readonly onDidChangeInventory = this.#inventory.event;
  readonly onDidChangeReferences = this.#references.event;
  readonly onDidChangeFiles = this.#files.event;
  readonly onDidRemove = this.#removed.event;
  /** Every folder is measured, or known to have no pair. */
  readonly onDidSettle = this.#settled.event;

  constructor(adapters: Adapters, log: vscode.LogOutputChannel) {
    this.#adapters = adapters;
    this.#log = log;
    this.#notices = createNotices(log);
    this.#disposables.push(
      vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        removed.forEach((folder) => {
          this.#remove(folder);
        });
        this.#open(added.map((folder) => this.#add(folder)));
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        this.#open(this.all.filter(({ folder }) => event.affectsConfiguration(section, folder.uri)));
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#open(this.all);
      }),
      vscode.commands.registerCommand(commandIds.refresh, () =>
        this.#show(Promise.all(this.all.map((model) => model.refresh()))),
      ),
    );
  }

  get all(): readonly FolderModel[] {
    return [...this.#models.values()].map(({ model }) => model);
  }

  /** Some folder has not been measured yet: what the views could show is not whole. */
  get isLoading(): boolean {
    return this.all.some(({ state }) => state === 'loading');
  }

  of(uri: vscode.Uri | undefined): FolderModel | undefined {
    const folder = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(uri);
    return folder === undefined ? undefined : this.#models.get(folder.uri.toString())?.model;
  }

  /** Opens every folder of the workspace; returns at once. */
  start(): void {
    this.#open((vscode.workspace.workspaceFolders ?? []).map((folder) => this.#add(folder)));
  }

  /** Resolves when all folders are open and every change known so far has been measured. */
  async idle(): Promise<void> {
    await this.#opening;
    await Promise.all(this.all.map((model) => model.idle()));
  }

  dispose(): void {
    for (const { model, events } of this.#models.values()) vscode.Disposable.from(events, model).dispose();
    vscode.Disposable.from(
      ...this.#disposables,
      this.#inventory,
      this.#references,
      this.#files,
      this.#removed,
      this.#settled,
    ).dispose();
  }

  #add(folder: vscode.WorkspaceFolder): FolderModel {
    const model = new FolderModel(folder, this.#adapters, this.#notices, this.#log);
    const events = vscode.Disposable.from(
      model.onDidChangeInventory(() => {
        this.#inventory.fire(model);
      }),
      model.onDidChangeReferences((changed) => {
        this.#references.fire({ folder: model, changed });
      }),
      model.onDidChangeFiles((changed) => {
        this.#files.fire({ folder: model, changed });
      }),
      model.onDidChangeState(() => {
        this.#tellState();
      }),
    );
    this.#models.set(folder.uri.toString(), { model, events });
    return model;
  }

  #remove(folder: vscode.WorkspaceFolder): void {
    const found = this.#models.get(folder.uri.toString());
    if (found === undefined) return;
    this.#models.delete(folder.uri.toString());
    vscode.Disposable.from(found.events, found.model).dispose();
    this.#removed.fire(found.model);
    this.#tellState();
  }

  #open(models: readonly FolderModel[]): void {
    const opening = Promise.all(models.map((model) => model.open()));
    this.#opening = Promise.all([this.#opening, opening]);
    this.#tellState();
    void this.#show(opening);
  }

  /** Progress in the two views that are waiting for the work. */
  async #show(work: Promise<unknown>): Promise<void> {
    const show = (viewId: string): Thenable<unknown> =>
      vscode.window.withProgress({ location: { viewId } }, () => work);
    await Promise.all([show(viewIds.inventory), show(viewIds.references)]);
  }

  #tellState(): void {
    const states = new Set(this.all.map(({ state }) => state));
    const order: readonly FolderState[] = ['ready', 'loading', 'failed'];
    const state = order.find((candidate) => states.has(candidate)) ?? 'noPair';
    void vscode.commands.executeCommand('setContext', contextKeys.state, state);
    if (!this.isLoading) this.#settled.fire();
  }
}
