import * as vscode from 'vscode';
import { phaseIds, type PhaseState } from '../../engine/index.ts';
import type { Folders } from '../folders/index.ts';
import { contextKeys, phaseKey, stepIds } from '../ids.ts';

/**
 * Keeps the keys by which the walkthrough ticks its steps. With several folders a phase is done when it is done in all of
 * them.
 */
export function updatePhaseKeys(folders: Folders): void {
  const done = stepsDone(folders);
  setContext(contextKeys.hasPair, done.get(stepIds.choose));
  setContext(contextKeys.unified, done.get(stepIds.keep));
  for (const id of phaseIds) setContext(phaseKey(id), stateOf(folders, id));
}

/** Whether what each step of the walkthrough is about is measured to be done, by the step's id. */
export function stepsDone(folders: Folders): ReadonlyMap<string, boolean> {
  const hasPair = folders.all.some(({ measured }) => measured !== undefined);
  const phases = phaseIds.map((id): [string, boolean] => [id, stateOf(folders, id) === 'done']);
  const isUnified = phases.every(([, isDone]) => isDone);
  return new Map([[stepIds.choose, hasPair], ...phases, [stepIds.keep, isUnified]]);
}

function stateOf(folders: Folders, id: string): PhaseState | undefined {
  const all = folders.all.flatMap(({ measured }) => measured?.status.phases ?? []);
  const states = all.filter((phase) => phase.id === id).map(({ state }) => state);
  return states.find((state) => state === 'blocked') ?? states.find((state) => state === 'open') ?? states[0];
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
