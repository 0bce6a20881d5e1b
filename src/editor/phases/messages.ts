import * as vscode from 'vscode';
import { planMarkdown, withoutReview, type ApplyReport, type Plan } from '../../engine/index.ts';
import { commandIds, viewIds } from '../ids.ts';
import type { ShownTexts } from '../text/shownTexts.ts';
import { count } from '../tree/row.ts';
import { nameOf, type Target } from './target.ts';

/** Paths that a message names; of more, the rest are counted. */
const MOST_NAMED = 5;

const restore = 'Restore Checkpoint…';
const whatIsLeft = 'Show What Is Left';

/** Says what will happen, and asks. */
export async function isWanted(target: Target, plan: Plan, texts: ShownTexts): Promise<boolean> {
  const { folder, phase } = target;
  const options = { modal: true, detail: detailOf(target, plan) };
  const actions = ['Apply', 'Preview', 'Show Plan'] as const;
  const answer = await vscode.window.showWarningMessage(`Apply ${nameOf(phase)}?`, options, ...actions);
  if (answer === 'Preview')
    await vscode.commands.executeCommand(commandIds.previewPhase, { phase: phase.id, folder: folder.folder.uri });
  if (answer === 'Show Plan') await showPlan(plan, texts);
  return answer === 'Apply';
}

function detailOf({ folder: { folder } }: Target, plan: Plan): string {
  const changes = withoutReview(plan.changes);
  const files = [...new Set(changes.map(({ path }) => path))];
  const where = files.length === 1 ? files.join() : count(files.length, 'file');
  const review = plan.changes.length - changes.length;
  return [
    `${count(changes.length, 'change')} in ${where}, after a checkpoint of the whole folder ${folder.name}.`,
    ...(review > 0 ? [`${count(review, 'change')} to review left out: Preview shows them, unticked.`] : []),
    ...(plan.blockers.length > 0 ? [`Left out until you decide, in the Inventory: ${blocked(plan)}.`] : []),
  ].join('\n');
}

function blocked({ blockers }: Plan): string {
  const paths = [...new Set(blockers.map(({ path }) => path))];
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
  return `${paths.slice(0, MOST_NAMED).join(', ')}${more}`;
}

/** Why a plan has nothing that can be applied, and the ways on. */
export async function tellNothing(target: Target, plan: Plan, texts: ShownTexts): Promise<void> {
  const { changes, blockers } = plan;
  const [first] = blockers;
  const parts = [
    `${nameOf(target.phase)}: nothing to apply.`,
    ...(changes.length > 0 ? [`${count(changes.length, 'change')} to review: use Preview.`] : []),
    ...(first === undefined ? [] : [`${inTheWay(blockers.length)}, first ${first.path}: ${first.reason}`]),
    ...(changes.length === 0 && first === undefined ? [leftOf(target)] : []),
  ];
  const plans = 'Show Plan';
  const actions = [...(first === undefined ? [] : [whatIsLeft]), plans];
  const answer = await vscode.window.showInformationMessage(parts.join(' '), ...actions);
  if (answer === whatIsLeft) await showPhases();
  if (answer === plans) await showPlan(plan, texts);
}

function inTheWay(blockers: number): string {
  return `${count(blockers, 'thing')} ${blockers === 1 ? 'is' : 'are'} in the way`;
}

/** What came of an apply, what the phase still lacks, and what only a person can do. */
export async function tellApplied(target: Target, plan: Plan, report: ApplyReport, texts: ShownTexts): Promise<void> {
  const { files, refused, brokenImports, checklist, checkpoint } = report;
  const [broken] = brokenImports;
  const message = [
    `${target.phase.number}: ${count(files.length, 'file')} changed.`,
    ...refused.map(({ path, reason }) => `${path}: ${reason}`),
    ...(broken === undefined
      ? []
      : [`${count(brokenImports.length, 'import')} broken, first ${broken.path}:${broken.line}.`]),
    leftOf(target),
    ...(checklist.length > 0 ? [`${count(checklist.length, 'thing')} only you can do.`] : []),
  ].join(' ');
  const [verify, todo] = ['Verify', 'Show Checklist'];
  const others = [...(broken === undefined ? [] : [verify]), ...(checklist.length > 0 ? [todo] : [])];
  const answer = await offer(target, message, checkpoint, others);
  if (answer === verify) await vscode.commands.executeCommand(commandIds.verify);
  if (answer === todo) await showPlan(plan, texts);
}

/** What a person applied in the preview, nobody tells; only what is left can be measured. */
export async function tellPreviewed(target: Target, checkpoint: string, isRecorded: boolean): Promise<void> {
  const unrecorded = isRecorded ? '' : ', and not recorded in the task file';
  await offer(target, `${target.phase.number}: applied${unrecorded}. ${leftOf(target)}`, checkpoint);
}

/** VS Code does not say whether it failed, or somebody else changed these files while the preview was open. */
export async function tellDisturbed(target: Target, checkpoint: string): Promise<void> {
  const message = `${target.phase.number}: not applied, but files that it is about have changed since the preview was opened.`;
  await offer(target, message, checkpoint);
}

/** A message with the way back, and to what is left. Answers which of the other actions was chosen. */
async function offer(
  target: Target,
  message: string,
  checkpoint: string | null,
  others: readonly string[] = [],
): Promise<string | undefined> {
  const left = lefts(target).length > 0 ? [whatIsLeft] : [];
  const actions = [...(checkpoint === null ? [] : [restore]), ...left, ...others];
  const answer = await vscode.window.showInformationMessage(message, ...actions);
  if (answer === whatIsLeft) await showPhases();
  if (answer === restore)
    await vscode.commands.executeCommand(commandIds.restoreCheckpoint, {
      folder: target.folder.folder.uri,
      name: checkpoint,
    });
  return answer;
}

async function showPhases(): Promise<void> {
  await vscode.commands.executeCommand(`${viewIds.phases}.focus`);
}

async function showPlan(plan: Plan, texts: ShownTexts): Promise<void> {
  const uri = texts.add(`/Plan of ${plan.phase}.md`, planMarkdown(plan));
  await vscode.window.showTextDocument(uri);
}

function leftOf(target: Target): string {
  const left = lefts(target);
  return left.length === 0 ? 'Nothing is left in this phase.' : `Left: ${left.join(' ')}`;
}

/** What the phase lacks as measured last. */
function lefts({ folder: { measured }, phase }: Target): readonly string[] {
  return measured?.status.phases.find(({ id }) => id === phase.id)?.left ?? [];
}
