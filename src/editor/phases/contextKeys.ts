import * as vscode from 'vscode';
import { phaseIds } from '../../engine/index.ts';
import type { Folders } from '../folders/index.ts';
import { contextKeys, phaseKey } from '../ids.ts';

/**
 * Keeps the keys by which the walkthrough ticks its steps. With several folders a phase is done when it is done in all of
 * them.
 */
export function updatePhaseKeys(folders: Folders): void {
  const statuses = folders.all.flatMap(({ measured }) => measured?.status ?? []);
  const stateOf = (id: string): unknown => {
    const states = statuses.flatMap(({ phases }) => phases.filter((one) => one.id === id)).map(({ state }) => state);
    return states.find((state) => state === 'blocked') ?? states.find((state) => state === 'open') ?? states[0];
  };
  const isUnified = statuses.length > 0 && phaseIds.every((id) => stateOf(id) === 'done');
  setContext(contextKeys.hasPair, statuses.length > 0);
  setContext(contextKeys.unified, isUnified);
  for (const id of phaseIds) setContext(phaseKey(id), stateOf(id));
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
