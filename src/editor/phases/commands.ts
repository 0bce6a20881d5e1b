import * as vscode from 'vscode';
import { createdBy, withoutReview, type ApplyReport, type PhaseId, type Plan } from '../../engine/index.ts';
import { atWork, explained, writable } from '../apply/atWork.ts';
import { takeCheckpoint } from '../apply/checkpoint.ts';
import { previewPlan } from '../apply/preview.ts';
import { applyChanges } from '../apply/run.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import type { ShownTexts } from '../text/shownTexts.ts';
import type { Place } from '../tree/rowTree.ts';
import { isWanted, tellApplied, tellDisturbed, tellNothing, tellPreviewed } from './messages.ts';
import { nameOf, targetOf, type PhaseArgument, type Target } from './target.ts';

/** Planning, previewing and applying a phase. */
export function registerPhaseCommands(folders: Folders, texts: ShownTexts): vscode.Disposable {
  const onPhase = <T>(id: string, run: (target: Target, texts: ShownTexts) => Promise<T>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument?: Place | PhaseArgument | PhaseId) => {
      const target = await explained(() => targetOf(folders, argument));
      return target === undefined ? undefined : await run(target, texts);
    });
  return vscode.Disposable.from(onPhase(commandIds.previewPhase, preview), onPhase(commandIds.applyPhase, apply));
}

/** True when a person applied what the preview showed. */
async function preview(target: Target, texts: ShownTexts): Promise<boolean> {
  const { folder, phase } = target;
  const planned = await atWork(`Planning ${nameOf(phase)}`, async (progress, token) => {
    const writing = writable(folder);
    const plan = await planFor(folder, phase.id, token);
    if (plan.changes.length === 0) return { writing, plan };
    progress.report({ message: 'taking a checkpoint' });
    const checkpoint = await takeCheckpoint(writing.writers, phase.id, createdBy(plan.changes), token);
    return { writing, plan, checkpoint };
  });
  if (planned === undefined) return false;
  const { writing, plan, checkpoint } = planned;
  if (checkpoint === undefined) {
    void tellNothing(target, plan, texts);
    return false;
  }
  const outcome = await explained(() => previewPlan(writing, { plan, title: nameOf(phase), checkpoint }));
  const isApplied = outcome === 'applied' || outcome === 'unrecorded';
  if (outcome === 'discarded') await explained(() => writing.writers.checkpoints.remove(checkpoint));
  if (outcome === 'disturbed') void tellDisturbed(target, checkpoint);
  if (isApplied) void tellPreviewed(target, checkpoint, outcome === 'applied');
  return isApplied;
}

async function apply(target: Target, texts: ShownTexts): Promise<ApplyReport | undefined> {
  const { folder, phase, isConfirmed } = target;
  const plan = await atWork(`Planning ${nameOf(phase)}`, (_, token) => {
    writable(folder);
    return planFor(folder, phase.id, token);
  });
  if (plan === undefined) return undefined;
  const changes = withoutReview(plan.changes);
  if (changes.length === 0) {
    void tellNothing(target, plan, texts);
    return undefined;
  }
  if (!isConfirmed && !(await isWanted(target, plan, texts))) return undefined;
  const report = await atWork(`Applying ${nameOf(phase)}`, (_, token) =>
    applyChanges(writable(folder), plan, changes, token),
  );
  if (report !== undefined) void tellApplied(target, plan, report, texts);
  return report;
}

async function planFor(folder: FolderModel, phase: PhaseId, token: vscode.CancellationToken): Promise<Plan> {
  await folder.idle();
  // What needs review is shown unticked in the preview, and left out when the phase is applied as a whole.
  return await writable(folder).session.plan(phase, {}, token);
}
