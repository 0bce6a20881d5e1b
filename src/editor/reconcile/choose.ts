import * as vscode from 'vscode';
import type { ApplyReport, Change, Choice, Plan, PlanOptions } from '../../engine/index.ts';
import { applyChanges } from '../apply/run.ts';
import { saveDocuments } from '../apply/documents.ts';
import { atWork, explained, writable } from '../apply/atWork.ts';
import { twinsOf } from '../diff/twins.ts';
import type { FolderModel } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import { count } from '../tree/row.ts';
import type { Subjects } from './subjects.ts';

const titles = { legacy: 'Taking legacy', canonical: 'Taking canonical', merge: 'Merging' } as const;

/** Settles files by a person's decision: both copies say the same afterwards. Answers what came of it. */
export async function choose(
  { folder, paths }: Subjects,
  choice: Choice,
  options: Pick<PlanOptions, 'writeConflicts'> = {},
): Promise<ApplyReport | undefined> {
  const report = await atWork(titles[choice], async (_, token) => {
    const target = writable(folder);
    // What either editor shows is what is decided about.
    await saveDocuments([...placesOf(folder, paths)].map((path) => folder.uri(path)));
    await folder.idle();
    const choices = new Map(paths.map((path) => [path, choice]));
    const plan = await target.session.plan('canonicalize', { ...options, choices, only: new Set(['merge']) }, token);
    const own = planFor(folder, plan, paths);
    return { plan: own, report: await applyChanges(target, own, own.changes, token) };
  });
  if (report === undefined) return undefined;
  void explained(() => tell(folder, report.plan, report.report));
  return report.report;
}

/** The part of a plan that is about these files, in whichever tree. */
function planFor(folder: FolderModel, plan: Plan, paths: readonly string[]): Plan {
  const places = placesOf(folder, paths);
  const isOurs = ({ path }: { readonly path: string }): boolean => places.has(path);
  return {
    ...plan,
    changes: plan.changes.filter((change: Change) => change.kind === 'merge' && isOurs(change)),
    blockers: plan.blockers.filter(isOurs),
    conflicts: plan.conflicts.filter((path) => places.has(path)),
  };
}

/** Both copies of each file. */
function placesOf(folder: FolderModel, paths: readonly string[]): Set<string> {
  const pairs = folder.opened?.session.pairs ?? [];
  const twins = paths.flatMap((path) => twinsOf(pairs, path) ?? []);
  return new Set(twins.flatMap(({ legacy, canonical }) => [legacy, canonical]));
}

async function tell(folder: FolderModel, plan: Plan, report: ApplyReport): Promise<void> {
  const refused = [...plan.blockers, ...report.refused];
  const done = report.files.length === 0 ? 'Nothing was changed.' : `${count(report.files.length, 'file')} changed.`;
  const restore = 'Restore Checkpoint…';
  const resolve = 'Resolve in Merge Editor';
  const [first] = refused;
  if (first === undefined) {
    const answer = await vscode.window.showInformationMessage(done, ...(report.checkpoint === null ? [] : [restore]));
    if (answer === restore) await restoreLatest(folder, report);
    return;
  }
  const more = refused.length > 1 ? ` And ${count(refused.length - 1, 'file')} more.` : '';
  const actions = plan.conflicts.length === 1 && refused.length === 1 ? [resolve] : [];
  const answer = await vscode.window.showWarningMessage(`${done} ${first.path}: ${first.reason}${more}`, ...actions);
  if (answer === resolve) await vscode.commands.executeCommand(commandIds.resolveConflict, folder.uri(first.path));
}

async function restoreLatest(folder: FolderModel, { checkpoint }: ApplyReport): Promise<void> {
  await vscode.commands.executeCommand(commandIds.restoreCheckpoint, { folder: folder.folder.uri, name: checkpoint });
}
