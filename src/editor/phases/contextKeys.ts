import * as vscode from 'vscode';
import { phaseIds } from '../../engine/index.ts';
import type { Folders } from '../folders/index.ts';
import { contextKeys, phaseKey } from '../ids.ts';

/**
 * Keeps the keys by which the walkthrough ticks its steps: the state of each phase, and whether nothing is left to do. With
 * several folders a phase is done when it is done in all of them.
 */
export function updatePhaseKeys(folders: Folders): void {
  const statuses = folders.all.flatMap(({ measured }) => measured?.status ?? []);
  const set = (key: string, value: unknown): void => {
    void vscode.commands.executeCommand('setContext', key, value);
  };
  for (const id of phaseIds) {
    const states = statuses
      .flatMap(({ phases }) => phases.filter((phase) => phase.id === id))
      .map(({ state }) => state);
    set(
      phaseKey(id),
      states.find((state) => state === 'blocked') ?? states.find((state) => state === 'open') ?? states[0],
    );
  }
  const isUnified =
    statuses.length > 0 && statuses.every(({ phases }) => phases.every(({ state }) => state === 'done'));
  set(contextKeys.unified, isUnified);
}
