import * as vscode from 'vscode';
import {
  planMarkdown,
  throwIfCancelled,
  withoutReview,
  type ApplyReport,
  type Plan,
  type PhaseId,
  type PhaseStatus,
} from '../../engine/index.ts';
import { atWork, explained, writable } from '../apply/atWork.ts';
import { previewChanges } from '../apply/preview.ts';
import { applyChanges } from '../apply/run.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import type { ShownTexts } from '../text/shownTexts.ts';
import { count } from '../tree/row.ts';
import type { Place } from '../tree/rowTree.ts';

/** A phase of one folder; `isConfirmed` when nobody is to be asked whether to apply it. */
interface Target {
  readonly folder: FolderModel;
  readonly phase: PhaseStatus;
  readonly isConfirmed: boolean;
}

/** How code names one: `{ phase: 'canonicalize', isConfirmed: true }`; the first folder is meant without `folder`. */
interface PhaseArgument {
  readonly phase: PhaseId;
  readonly folder?: vscode.Uri;
  readonly isConfirmed?: boolean;
}

/** Planning, previewing and applying a phase. */
export function registerPhaseCommands(folders: Folders, texts: ShownTexts): vscode.Disposable {
  const onPhase = <T>(id: string, run: (target: Target) => Promise<T>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (argument?: Place | PhaseArgument | PhaseId) => {
      const target = await explained(() => targetOf(folders, argument));
      return target === undefined ? undefined : await run(target);
    });
  return vscode.Disposable.from(
    onPhase(commandIds.previewPhase, preview),
    onPhase(commandIds.applyPhase, (target) => apply(target, texts)),
  );
}

async function preview({ folder, phase }: Target): Promise<boolean> {
  const planned = await atWork(`Planning ${nameOf(phase)}`, async (progress, token) => {
    const target = writable(folder);
    const plan = await planFor(folder, phase.id, token);
    if (plan.changes.length === 0) return { target, plan };
    progress.report({ message: 'taking a checkpoint' });
    const checkpoint = await target.writers.checkpoints.create(phase.id, token);
    throwIfCancelled(token);
    return { target, plan, checkpoint };
  });
  if (planned === undefined) return false;
  if (planned.checkpoint === undefined) {
    void vscode.window.showInformationMessage(nothingToDo(phase, planned.plan));
    return false;
  }
  const isApplied = (await explained(() => previewChanges(planned.target, planned.plan.changes))) === true;
  if (isApplied) void offerRestore(folder, `Applied. ${leftOf(folder, phase)}`, planned.checkpoint.name);
  return isApplied;
}

async function apply({ folder, phase, isConfirmed }: Target, texts: ShownTexts): Promise<ApplyReport | undefined> {
  const plan = await atWork(`Planning ${nameOf(phase)}`, (_, token) => {
    writable(folder);
    return planFor(folder, phase.id, token);
  });
  if (plan === undefined) return undefined;
  const changes = withoutReview(plan.changes);
  if (changes.length === 0) {
    void tellNothing(phase, plan, texts);
    return undefined;
  }
  if (!isConfirmed && !(await isWanted(folder, phase, plan, texts))) return undefined;
  const report = await atWork(`Applying ${nameOf(phase)}`, (_, token) =>
    applyChanges(writable(folder), plan, changes, token),
  );
  if (report !== undefined) {
    const refused = report.refused.map(({ path, reason }) => `${path}: ${reason}`);
    const parts = [`${count(report.files.length, 'file')} changed.`, ...refused, leftOf(folder, phase)];
    void offerRestore(folder, parts.join(' '), report.checkpoint);
  }
  return report;
}

async function planFor(folder: FolderModel, phase: PhaseId, token: vscode.CancellationToken): Promise<Plan> {
  await folder.idle();
  // What needs review is shown unticked in the preview, and left out when the phase is applied as a whole.
  return await writable(folder).session.plan(phase, {}, token);
}

/** Says what will happen, and asks. */
async function isWanted(folder: FolderModel, phase: PhaseStatus, plan: Plan, texts: ShownTexts): Promise<boolean> {
  const message = `Apply ${nameOf(phase)}?`;
  const options = { modal: true, detail: detailOf(plan) };
  const actions = ['Apply', 'Preview', 'Show Plan'] as const;
  const answer = await vscode.window.showWarningMessage(message, options, ...actions);
  if (answer === 'Preview')
    await vscode.commands.executeCommand(commandIds.previewPhase, { phase: phase.id, folder: folder.folder.uri });
  if (answer === 'Show Plan') await showPlan(plan, texts);
  return answer === 'Apply';
}

function detailOf(plan: Plan): string {
  const changes = withoutReview(plan.changes);
  const files = new Set(changes.map(({ path }) => path)).size;
  const review = plan.changes.length - changes.length;
  return [
    `${count(changes.length, 'change')} in ${count(files, 'file')}, after a checkpoint of the whole workspace.`,
    ...(review > 0 ? [`${count(review, 'change')} to review ${review === 1 ? 'is' : 'are'} left out.`] : []),
    ...(plan.blockers.length > 0 ? [`Not included, for you to decide first: ${blocked(plan)}.`] : []),
  ].join('\n');
}

function blocked({ blockers }: Plan): string {
  const paths = [...new Set(blockers.map(({ path }) => path))];
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  return `${paths.slice(0, MOST_NAMED).join(', ')}${more}`;
}

const MOST_NAMED = 5;

async function showPlan(plan: Plan, texts: ShownTexts): Promise<void> {
  const uri = texts.add(`/Plan of ${plan.phase}.md`, planMarkdown(plan));
  await vscode.window.showTextDocument(uri);
}

async function tellNothing(phase: PhaseStatus, plan: Plan, texts: ShownTexts): Promise<void> {
  const action = 'Show Plan';
  const answer = await vscode.window.showInformationMessage(nothingToDo(phase, plan), action);
  if (answer === action) await showPlan(plan, texts);
}

function nothingToDo(phase: PhaseStatus, plan: Plan): string {
  const review = plan.changes.length;
  const parts = [
    ...(review > 0 ? [`${count(review, 'change')} to review: use Preview.`] : []),
    ...(plan.blockers.length > 0 ? [`Decide first: ${blocked(plan)}.`] : []),
  ];
  return `${nameOf(phase)}: nothing to apply. ${parts.join(' ')}`.trim();
}

/** What the phase lacks as measured last. */
function leftOf({ measured }: FolderModel, { id }: PhaseStatus): string {
  const left = measured?.status.phases.find((phase) => phase.id === id)?.left ?? [];
  return left.length === 0 ? 'Nothing is left in this phase.' : `Left: ${left.join(' ')}`;
}

async function offerRestore(folder: FolderModel, message: string, name: string | null): Promise<void> {
  const action = 'Restore Checkpoint…';
  const answer = await vscode.window.showInformationMessage(message, ...(name === null ? [] : [action]));
  if (answer === action)
    await vscode.commands.executeCommand(commandIds.restoreCheckpoint, { folder: folder.folder.uri, name });
}

async function targetOf(
  folders: Folders,
  given: Place | PhaseArgument | PhaseId | undefined,
): Promise<Target | undefined> {
  // A link of the walkthrough names the phase alone.
  const argument = typeof given === 'string' ? { phase: given } : given;
  const all = folders.all.flatMap((folder) =>
    (folder.measured?.status.phases ?? []).map((phase) => ({ folder, phase, isConfirmed: false })),
  );
  if (argument === undefined) return await pick(all);
  const id = 'row' in argument ? argument.row.id : argument.phase;
  const uri = 'row' in argument ? argument.row.subject?.uri : argument.folder;
  const found = all.find(
    ({ folder, phase }) => phase.id === id && (uri === undefined || folder.folder.uri.toString() === uri.toString()),
  );
  return found && { ...found, isConfirmed: !('row' in argument) && argument.isConfirmed === true };
}

async function pick(all: readonly Target[]): Promise<Target | undefined> {
  const isAlone = new Set(all.map(({ folder }) => folder)).size === 1;
  const items = all.map((target) => ({
    label: nameOf(target.phase),
    description: isAlone ? target.phase.state : `${target.phase.state} · ${target.folder.folder.name}`,
    detail: target.phase.left.join(' '),
    target,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which phase?', matchOnDetail: true }))?.target;
}

function nameOf({ number, title }: PhaseStatus): string {
  return `${number} ${title}`;
}
