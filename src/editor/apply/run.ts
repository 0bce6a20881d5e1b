import type * as vscode from 'vscode';
import { outcomesOf, type ApplyReport, type Change, type Plan } from '../../engine/index.ts';
import { loadEngine } from '../engine.ts';
import type { WritableFolder } from './atWork.ts';
import { saveDocuments } from './documents.ts';
import { WorkspaceEditApplier } from './workspaceEditApplier.ts';

/**
 * Takes a checkpoint, applies these changes of the plan through the editor, and brings everything that is shown up to
 * date. Unsaved text of the files is saved first, so that the checkpoint has it.
 * @throws EngineError as the appliers do
 */
export async function applyChanges(
  { model, session, writers }: WritableFolder,
  plan: Plan,
  changes: readonly Change[],
  token: vscode.CancellationToken,
): Promise<ApplyReport> {
  await saveDocuments(outcomesOf(changes).map(({ path }) => model.uri(path)));
  const applier = new WorkspaceEditApplier(model.folder.uri, writers.guard);
  const { applyPlan } = await loadEngine();
  const report = await applyPlan(session, { checkpoints: writers.checkpoints, applier }, plan, changes, token);
  await model.takeRefreshed(report.files);
  return report;
}
