import * as vscode from 'vscode';
import {
  EngineError,
  throwIfCancelled,
  type CheckName,
  type CheckResult,
  type TrustedBackends,
  type TrustedPrograms,
  type VerifyReport,
} from '../../engine/index.ts';
import type { Adapters } from '../adapters.ts';
import { loadEngine } from '../engine.ts';
import type { Changed, FolderModel, Folders } from '../folders/index.ts';
import type { Opened } from '../folders/opening.ts';
import { Moment } from './moment.ts';

/** What a check found, and when. */
export interface Found {
  readonly result: CheckResult;
  readonly moment: Moment;
  /** The checkpoint that `new` findings are new since. */
  readonly since?: string;
}

interface Run {
  readonly moment: Moment;
  readonly since?: string;
  /** The check at work. */
  check?: CheckName;
}

export interface RunOptions {
  /** Given where somebody agreed to have programs started. */
  readonly backends?: TrustedBackends;
  readonly onCheck?: (name: CheckName) => void;
}

/** What verification found in each folder: facts about a moment, kept while VS Code runs and never stored. */
export class Verifications implements vscode.Disposable {
  readonly #found = new Map<FolderModel, Map<CheckName, Found>>();
  readonly #runs = new Map<FolderModel, Run>();
  readonly #turns = new Map<FolderModel, Promise<unknown>>();
  readonly #changed = new vscode.EventEmitter<FolderModel>();
  readonly #adapters: Adapters;
  readonly #disposable: vscode.Disposable;

  /** Something else was found, a check is at work, or what was found is out of date. */
  readonly onDidChange = this.#changed.event;

  constructor(folders: Folders, adapters: Adapters) {
    this.#adapters = adapters;
    this.#disposable = vscode.Disposable.from(
      this.#changed,
      folders.onDidChangeFiles(({ folder, changed }) => void this.#look(folder, changed)),
      folders.onDidRemove((folder) => {
        this.#found.delete(folder);
        this.#turns.delete(folder);
        this.#changed.fire(folder);
      }),
    );
  }

  found(folder: FolderModel, name: CheckName): Found | undefined {
    return this.#found.get(folder)?.get(name);
  }

  all(folder: FolderModel): readonly Found[] {
    return [...(this.#found.get(folder)?.values() ?? [])];
  }

  isRunning(folder: FolderModel, name: CheckName): boolean {
    return this.#runs.get(folder)?.check === name;
  }

  /**
   * Makes these checks, after those of the folder that are under way. What a cancelled run found until then is kept.
   * @returns `undefined` for a folder without a pair.
   * @throws CancelledError
   * @throws EngineError when a check cannot be made.
   */
  run(
    folder: FolderModel,
    checks: readonly CheckName[],
    options: RunOptions,
    token: vscode.CancellationToken,
  ): Promise<VerifyReport | undefined> {
    const before = this.#turns.get(folder) ?? Promise.resolve();
    const work = (): Promise<VerifyReport | undefined> => this.#run(folder, checks, options, token);
    // Whoever asked for the run before hears how it ended.
    const turn = before.then(work, work);
    this.#turns.set(folder, turn);
    return turn;
  }

  dispose(): void {
    this.#disposable.dispose();
  }

  async #run(
    folder: FolderModel,
    checks: readonly CheckName[],
    options: RunOptions,
    token: vscode.CancellationToken,
  ): Promise<VerifyReport | undefined> {
    throwIfCancelled(token);
    await folder.idle();
    const { opened } = folder;
    if (opened === undefined) return undefined;
    const since = checks.includes('imports') ? await lastCheckpoint(opened) : undefined;
    const moment = await Moment.now(folder, opened, token);
    const run: Run = { moment, ...(since !== undefined && { since }) };
    this.#runs.set(folder, run);
    try {
      return await this.#verify(folder, run, checks, options, token);
    } catch (error) {
      if (error instanceof EngineError && run.check !== undefined)
        this.#keep(folder, run, run.check, { ok: false, findings: [], skipped: error.message });
      throw error;
    } finally {
      this.#runs.delete(folder);
      this.#changed.fire(folder);
    }
  }

  async #verify(
    folder: FolderModel,
    run: Run,
    checks: readonly CheckName[],
    { backends, onCheck }: RunOptions,
    token: vscode.CancellationToken,
  ): Promise<VerifyReport> {
    const { config, ports } = run.moment.opened;
    const { openSession, verify } = await loadEngine();
    // A session of its own: it knows nothing yet, so it reads also what nobody has told us of.
    const session = await openSession(ports, config);
    const programs = this.#programs(folder);
    const world = { session, config, ports, ...(programs && { programs }), ...(backends && { backends }) };
    const tell = (name: CheckName, result?: CheckResult): void => {
      if (result !== undefined) {
        this.#keep(folder, run, name, result);
        return;
      }
      run.check = name;
      onCheck?.(name);
      this.#changed.fire(folder);
    };
    const since = run.since === undefined ? {} : { since: run.since };
    return await verify(world, checks, { ...since, onCheck: tell }, token);
  }

  /** Python and docker compose, asked about files; nothing is asked about those of a workspace that nobody trusts. */
  #programs({ folder }: FolderModel): TrustedPrograms | undefined {
    if (!vscode.workspace.isTrusted) return undefined;
    return { trusted: true, runner: this.#adapters.createProcessRunner(folder.uri.fsPath) };
  }

  #keep(folder: FolderModel, run: Run, name: CheckName, result: CheckResult): void {
    // Settings changed meanwhile: it was another situation that was measured.
    if (folder.opened !== run.moment.opened) return;
    const found = this.#found.get(folder) ?? new Map<CheckName, Found>();
    const since = name === 'imports' && run.since !== undefined ? { since: run.since } : {};
    found.set(name, { result, moment: run.moment, ...since });
    this.#found.set(folder, found);
    this.#changed.fire(folder);
  }

  async #look(folder: FolderModel, changed: Changed): Promise<void> {
    const all = this.all(folder);
    if (all.some(({ moment }) => moment.opened !== folder.opened)) {
      this.#found.delete(folder);
      this.#changed.fire(folder);
      return;
    }
    const running = this.#runs.get(folder);
    const moments = new Set([...all.map(({ moment }) => moment), ...(running === undefined ? [] : [running.moment])]);
    const news = await Promise.all([...moments].map((moment) => moment.look(changed)));
    if (news.includes(true)) this.#changed.fire(folder);
  }
}

/** The last state before something was applied; git alone can show its files. */
async function lastCheckpoint({ writers, ports }: Opened): Promise<string | undefined> {
  if (writers === undefined || ports.git === undefined) return undefined;
  return (await writers.checkpoints.list()).findLast(({ phase }) => phase !== 'restore')?.name;
}
