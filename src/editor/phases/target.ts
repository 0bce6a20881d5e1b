import * as vscode from 'vscode';
import type { PhaseId, PhaseStatus } from '../../engine/index.ts';
import { foldersWithPair } from '../folders/asking.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import type { Place } from '../tree/rowTree.ts';

/** A phase of one folder; `isConfirmed` when nobody is to be asked whether to apply it. */
export interface Target {
  readonly folder: FolderModel;
  readonly phase: PhaseStatus;
  readonly isConfirmed: boolean;
}

/** How code names one: `{ phase: 'canonicalize', isConfirmed: true }`; the first folder is meant without `folder`. */
export interface PhaseArgument {
  readonly phase: PhaseId;
  readonly folder?: vscode.Uri;
  readonly isConfirmed?: boolean;
}

/**
 * What a row of the view, code, a link of the walkthrough (the phase alone) or nobody names; a person is asked for the
 * rest.
 * @throws EngineError where there is no pair
 */
export async function targetOf(
  folders: Folders,
  given: Place | PhaseArgument | PhaseId | undefined,
  isWanted: (phase: PhaseId) => boolean = () => true,
): Promise<Target | undefined> {
  const all = (await foldersWithPair(folders)).flatMap((folder) =>
    (folder.measured?.status.phases ?? [])
      .filter(({ id }) => isWanted(id))
      .map((phase) => ({ folder, phase, isConfirmed: false })),
  );
  if (given === undefined) return await pick(all);
  if (typeof given === 'string') return await pick(all.filter(({ phase }) => phase.id === given));
  const id = 'row' in given ? given.row.id : given.phase;
  const uri = 'row' in given ? given.row.subject?.uri : given.folder;
  const found = all.find(
    ({ folder, phase }) => phase.id === id && (uri === undefined || folder.folder.uri.toString() === uri.toString()),
  );
  return found && { ...found, isConfirmed: !('row' in given) && given.isConfirmed === true };
}

async function pick(all: readonly Target[]): Promise<Target | undefined> {
  if (all.length < 2) return all[0];
  const isAlone = new Set(all.map(({ folder }) => folder)).size === 1;
  const items = all.map((target) => ({
    label: nameOf(target.phase),
    description: isAlone ? target.phase.state : `${target.phase.state} · ${target.folder.folder.name}`,
    detail: target.phase.left.join(' '),
    target,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which phase?', matchOnDetail: true }))?.target;
}

/** `34.2 Fix Canonical Package & Update Imports`. */
export function nameOf({ number, title }: PhaseStatus): string {
  return `${number} ${title}`;
}
