import * as vscode from 'vscode';
import { EngineError, parseConfig, type Config, type DepthFinding, type Reference } from '../../engine/index.ts';
import type { Adapters, DiskWriters } from '../adapters.ts';
import { ChangeQueue, type Changed } from './changeQueue.ts';
import { measure, type Measured } from './measured.ts';
import { openEngine, type Opened } from './opening.ts';
import { hasRoots, watchRoots } from './roots.ts';
import { filesOf, isNews } from './scope.ts';
import { setValues } from './settings.ts';
import { pathBelow, watchFolder } from './watch.ts';

export type FolderState = 'loading' | 'ready' | 'noPair' | 'failed';

/** What a folder's features need to tell a person. */
export interface Notices {
  badSettings(folder: vscode.WorkspaceFolder, problems: readonly string[]): void;
  failed(folder: vscode.WorkspaceFolder, error: unknown): void;
  wentWell(folder: vscode.WorkspaceFolder): void;
}

const PAUSE_MS = 100;

/** One workspace folder at work: opens the engine, keeps what it measured, and brings it up to date. */
export class FolderModel implements vscode.Disposable {
  readonly folder: vscode.WorkspaceFolder;
  readonly #adapters: Adapters;
  readonly #notices: Notices;
  readonly #log: vscode.LogOutputChannel;
  readonly #changes = new ChangeQueue((changed) => this.#bringUpToDate(changed), PAUSE_MS);
  readonly #inventoryChanged = new vscode.EventEmitter<void>();
  readonly #referencesChanged = new vscode.EventEmitter<Changed>();
  readonly #filesChanged = new vscode.EventEmitter<Changed>();
  readonly #stateChanged = new vscode.EventEmitter<FolderState>();
  #state: FolderState = 'loading';
  #opened: Opened | undefined;
  #measured: Measured | undefined;
  #source = new vscode.CancellationTokenSource();
  #opening: Promise<void> = Promise.resolve();
  #watching: vscode.Disposable | undefined;
  #isRefreshed = false;

  readonly onDidChangeInventory = this.#inventoryChanged.event;
  readonly onDidChangeReferences = this.#referencesChanged.event;
  /** Files themselves, whether or not anything measured changed by it. */
  readonly onDidChangeFiles = this.#filesChanged.event;
  readonly onDidChangeState = this.#stateChanged.event;

  constructor(folder: vscode.WorkspaceFolder, adapters: Adapters, notices: Notices, log: vscode.LogOutputChannel) {
    this.folder = folder;
    this.#adapters = adapters;
    this.#notices = notices;
    this.#log = log;
  }

  get state(): FolderState {
    return this.#state;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  /** `undefined` until the first measurement, and without a pair. */
  get measured(): Measured | undefined {
    return this.#measured;
  }

  uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder.uri, path);
  }

  path(uri: vscode.Uri): string | undefined {
    return pathBelow(this.folder, uri);
  }

  /** References of one file, measured now, unsaved text included. */
  async referencesIn(path: string, token?: vscode.CancellationToken): Promise<readonly Reference[]> {
    return (await this.#opened?.session.referencesIn(path, token)) ?? [];
  }

  async depthSensitiveIn(path: string): Promise<readonly DepthFinding[]> {
    return (await this.#opened?.session.depthSensitiveIn(path)) ?? [];
  }

  /** Opens the engine, or opens it anew with other settings; the results of an earlier opening are dropped. */
  open(): Promise<void> {
    this.#opening = this.#open();
    return this.#opening;
  }

  async #open(): Promise<void> {
    const token = this.#supersede();
    const isSuperseded = (): boolean => token.isCancellationRequested;
    const { config, problems } = parseConfig(setValues(this.folder));
    const sentences = problems.map(({ message }) => message);
    this.#notices.badSettings(this.folder, sentences);
    if (this.#measured === undefined) this.#setState('loading');
    try {
      const opened = await openEngine(this.folder, this.#adapters, config);
      if (isSuperseded()) return;
      if (opened === undefined) {
        this.#close('noPair', config);
        return;
      }
      this.#watchFiles();
      const started = performance.now();
      const measured = await measure(opened, undefined, 'all', token);
      if (!isSuperseded()) this.#become(opened, measured, performance.now() - started);
    } catch (error) {
      if (isSuperseded()) return;
      // A default root may go while we look at it; any other trouble with two folders that are there is worth telling.
      const isNoPair = error instanceof EngineError && error.code === 'noSuchRoot' && !config.pairsAreSet;
      this.#close(isNoPair ? 'noPair' : 'failed', config);
      if (!isNoPair) this.#notices.failed(this.folder, error);
    }
  }

  /** Cancels what is under way; the token is for what comes now. */
  #supersede(): vscode.CancellationToken {
    this.#source.cancel();
    this.#source.dispose();
    this.#source = new vscode.CancellationTokenSource();
    return this.#source.token;
  }

  /** Measures everything again. */
  async refresh(): Promise<void> {
    if (this.#opened === undefined) return this.open();
    this.#changes.addAll();
    await this.idle();
  }

  /** What may change the files of this folder, also while its trees cannot be compared. */
  async writers(): Promise<DiskWriters> {
    const root = this.folder.uri.fsPath;
    return this.#opened?.writers ?? this.#adapters.createWriters(root, await this.#adapters.findGit(root));
  }

  /** Somebody told the session already that these files changed: what is shown must follow, though it knows no news. */
  async takeRefreshed(paths: readonly string[]): Promise<void> {
    this.#isRefreshed = true;
    for (const path of paths) this.#changes.addSaved(path);
    await this.idle();
  }

  /** Resolves when every change known so far has been measured. */
  idle(): Promise<void> {
    return this.#changes.idle();
  }

  dispose(): void {
    this.#source.cancel();
    this.#source.dispose();
    this.#changes.dispose();
    this.#watching?.dispose();
    for (const emitter of [this.#inventoryChanged, this.#referencesChanged, this.#filesChanged, this.#stateChanged]) {
      emitter.dispose();
    }
  }

  #become(opened: Opened, measured: Measured, ms: number): void {
    this.#opened = opened;
    this.#measured = measured;
    this.#log.info(`${this.folder.name}: measured in ${Math.round(ms)} ms.`);
    this.#logProblems(measured, undefined);
    this.#notices.wentWell(this.folder);
    this.#setState('ready');
    this.#tellAll();
  }

  #close(state: 'noPair' | 'failed', config: Config): void {
    this.#opened = undefined;
    this.#measured = undefined;
    this.#changes.dispose();
    this.#watching?.dispose();
    this.#watching = watchRoots(this.folder, config.pairs, () => void this.open());
    this.#setState(state);
    this.#tellAll();
  }

  #watchFiles(): void {
    this.#watching?.dispose();
    this.#watching = watchFolder(this.folder, {
      changed: (path) => {
        this.#changes.add(path);
      },
      saved: (path) => {
        this.#changes.addSaved(path);
      },
      listingChanged: () => {
        this.#changes.addAll();
      },
    });
  }

  #take(measured: Measured, hasOtherInventory: boolean, others: Changed): void {
    this.#logProblems(measured, this.#measured);
    this.#measured = measured;
    if (hasOtherInventory) this.#inventoryChanged.fire();
    this.#referencesChanged.fire(others);
  }

  #logProblems({ problems }: Measured, before: Measured | undefined): void {
    const known = new Set(before?.problems.map(({ message }) => message));
    for (const { message } of problems) if (!known.has(message)) this.#log.warn(`${this.folder.name}: ${message}`);
  }

  #setState(state: FolderState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #tellAll(): void {
    this.#inventoryChanged.fire();
    this.#referencesChanged.fire('all');
    this.#filesChanged.fire('all');
  }

  async #bringUpToDate(changed: Changed): Promise<void> {
    await this.#opening;
    const { token } = this.#source;
    const opened = this.#opened;
    const before = this.#measured;
    if (opened === undefined || before === undefined) return;
    try {
      // A root may be gone, as after checking out another branch: then there is another situation to open.
      if (!(await hasRoots(opened.files, opened.session.pairs))) {
        await this.open();
        return;
      }
      const isRefreshed = this.#isRefreshed;
      this.#isRefreshed = false;
      const started = performance.now();
      const scope = await filesOf(changed, opened.files, before, token);
      const refreshed = await opened.session.refresh(scope, token);
      if (isRefreshed || isNews(refreshed, scope, before, opened.config)) {
        const others =
          isRefreshed || refreshed.references === 'all' || scope === 'all'
            ? 'all'
            : [...refreshed.references, ...scope];
        const measured = await measure(opened, before, others, token);
        if (token.isCancellationRequested) return;
        this.#take(measured, isRefreshed || refreshed.inventory, others);
      }
      this.#log.debug(`${this.folder.name}: brought up to date in ${Math.round(performance.now() - started)} ms.`);
      this.#filesChanged.fire(scope);
    } catch (error) {
      if (token.isCancellationRequested) return;
      this.#notices.failed(this.folder, error);
    }
  }
}
