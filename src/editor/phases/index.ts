import * as vscode from 'vscode';
import type { CheckName, PhaseId } from '../../engine/index.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { viewIds } from '../ids.ts';
import { RowTree } from '../tree/rowTree.ts';
import type { Verifications } from '../verify/verifications.ts';
import { updatePhaseKeys } from './contextKeys.ts';
import { phaseRows } from './rows.ts';
import type { Ticks } from './ticks.ts';

interface PhasesTree {
  readonly tree: RowTree;
  readonly disposable: vscode.Disposable;
  /** Brings a phase's checks into view, or what one of them found. */
  readonly reveal: (folder: FolderModel, phase: PhaseId, check?: CheckName) => Promise<void>;
}

/** The view of the four phases: their state as measured, what verification found, what stands in the way, what is left. */
export function registerPhasesTree(folders: Folders, verifications: Verifications, ticks: Ticks): PhasesTree {
  const tree = new RowTree();
  const view = vscode.window.createTreeView(viewIds.phases, { treeDataProvider: tree, showCollapseAll: true });
  const draw = (): void => {
    if (!folders.isLoading) tree.update(phaseRows(folders.all, verifications));
  };
  const updateTicks = (): void => {
    ticks.update(folders);
  };
  const update = (): void => {
    if (folders.isLoading) return;
    draw();
    updatePhaseKeys(folders);
    updateTicks();
  };
  const disposable = vscode.Disposable.from(
    view,
    folders.onDidChangeInventory(update),
    folders.onDidChangeReferences(update),
    folders.onDidSettle(update),
    verifications.onDidChange(draw),
    vscode.window.tabGroups.onDidChangeTabs(updateTicks),
    vscode.window.tabGroups.onDidChangeTabGroups(updateTicks),
  );
  const reveal: PhasesTree['reveal'] = async (folder, phase, check) => {
    const isAlone = tree.rows.some(({ id }) => id === phase);
    const ids = [
      ...(isAlone ? [] : [folder.folder.uri.toString()]),
      phase,
      ...(check === undefined ? [] : [`check.${check}`]),
    ];
    const place = await tree.find(ids);
    if (place !== undefined) await view.reveal(place, { select: false, expand: true });
  };
  return { tree, disposable, reveal };
}
