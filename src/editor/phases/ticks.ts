import * as vscode from 'vscode';
import type { Folders } from '../folders/index.ts';
import { walkthroughId } from '../ids.ts';
import { stepsDone } from './contextKeys.ts';

/** VS Code's own commands; not part of its published interface, so they may go one day. */
const commands = { tick: 'welcome.markStepComplete', untick: 'welcome.markStepIncomplete' } as const;

/**
 * Keeps the walkthrough's ticks true in both directions. By itself VS Code ticks a step when its context key says so,
 * but never takes a tick back: it stays after a checkpoint is restored, and in every other workspace.
 */
export class Ticks {
  readonly #extension: vscode.Extension<unknown>;
  readonly #log: vscode.LogOutputChannel;
  /** What VS Code was told, by step. A tick that a person sets or clears is theirs, until something else is measured. */
  readonly #told = new Map<string, boolean>();

  constructor(extension: vscode.Extension<unknown>, log: vscode.LogOutputChannel) {
    this.#extension = extension;
    this.#log = log;
  }

  /** Does nothing until the page may be on screen: the first command makes VS Code load its walkthroughs. */
  update(folders: Folders): void {
    if (folders.isLoading || !mayBeShown()) return;
    for (const [step, isDone] of stepsDone(folders)) {
      if (this.#told.get(step) === isDone) continue;
      this.#told.set(step, isDone);
      void this.#tell(step, isDone);
    }
  }

  async #tell(step: string, isDone: boolean): Promise<void> {
    try {
      const id = `${this.#extension.id}#${walkthroughId}#${step}`;
      await vscode.commands.executeCommand(isDone ? commands.tick : commands.untick, id);
    } catch (error) {
      this.#log.debug(`The walkthrough's step ${step} keeps its tick as VS Code has it: ${String(error)}`);
    }
  }
}

/** A tab of the walkthrough has no input that extensions know, like the settings and few others. */
function mayBeShown(): boolean {
  return vscode.window.tabGroups.all.some(({ activeTab }) => activeTab !== undefined && activeTab.input === undefined);
}
