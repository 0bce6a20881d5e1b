import * as vscode from 'vscode';
import {
  groupBy,
  outcomesOf,
  withoutRecord,
  type Change,
  type EditChange,
  type FileOutcome,
  type FileSystem,
  type Plan,
} from '../../engine/index.ts';
import { FileText } from '../text/fileText.ts';
import { atWork, type WritableFolder } from './atWork.ts';
import { openTabs, saveDocuments } from './documents.ts';
import { deletedFirst, replaceFile, textEdits } from './fileEdit.ts';
import { WorkspaceEditApplier } from './workspaceEditApplier.ts';

/**
 * `unrecorded`: applied, and cancelled before the task file told of it. `disturbed`: not applied, but some of the files are
 * no longer as they were planned from.
 */
export type PreviewOutcome = 'applied' | 'unrecorded' | 'discarded' | 'disturbed';

/** The plan, what people call its phase, and the name of the checkpoint taken before. */
interface Previewed {
  readonly plan: Plan;
  readonly title: string;
  readonly checkpoint: string;
}

/** Shows a plan in VS Code's refactor preview, what needs review unticked, and sees to what a person applied of it. */
export async function previewPlan(folder: WritableFolder, previewed: Previewed): Promise<PreviewOutcome> {
  const { model, files, config } = folder;
  const { plan, title } = previewed;
  const others = withoutRecord(plan, config.taskFile);
  const changes = others.length > 0 ? others : plan.changes;
  const outcomes = outcomesOf(changes);
  const tabs = openTabs();
  const edit = previewEdit(changes, (path) => model.uri(path));
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true })))
    return (await areUntouched(files, outcomes)) ? 'discarded' : 'disturbed';
  const done = await atWork(`Recording ${title}`, async (_, token) => {
    const uris = outcomes.map(({ path }) => model.uri(path));
    await saveDocuments(uris);
    await tabs.closeOthers(uris);
    await folder.writers.guard.tidy(outcomes);
    await record(folder, previewed, outcomes, token);
    return 'applied' as const;
  });
  return done ?? 'unrecorded';
}

/**
 * Nobody tells which changes a person applied: the record in the task file is written afterwards, and is an undo unit of
 * its own, as VS Code undoes no edit across files of which one was changed later. Only the record can be cancelled: what
 * is applied is applied, and measured.
 */
async function record(
  { model, session, writers }: WritableFolder,
  { plan, checkpoint }: Previewed,
  outcomes: readonly FileOutcome[],
  token: vscode.CancellationToken,
): Promise<void> {
  const paths = outcomes.map(({ path }) => path);
  await session.refresh(paths);
  try {
    const change = await session.recordOf(plan, token);
    if (change === undefined) return;
    const applier = new WorkspaceEditApplier(model.folder.uri, writers.guard);
    const { applied } = await applier.apply(outcomesOf([change]), { phase: plan.phase, checkpoint }, token);
    await session.refresh(applied);
  } finally {
    await model.takeRefreshed(paths);
  }
}

async function areUntouched(files: FileSystem, outcomes: readonly FileOutcome[]): Promise<boolean> {
  for (const { path, before } of outcomes) {
    const isThere = (await files.stat(path)).kind !== 'missing';
    if (isThere !== (before !== undefined)) return false;
    if (before !== undefined && Buffer.compare(await files.read(path), before) !== 0) return false;
  }
  return true;
}

/** The edit as the preview shows it: an entry for each change, named by its kind and category. */
function previewEdit(changes: readonly Change[], uriOf: (path: string) => vscode.Uri): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const byPath = groupBy(changes, (change) => change.path);
  const texts: (() => void)[] = [];
  for (const outcome of deletedFirst(outcomesOf(changes))) {
    const uri = uriOf(outcome.path);
    const inFile = byPath.get(outcome.path) ?? [];
    if (!addFile(edit, uri, outcome, inFile)) {
      texts.push(() => {
        addText(edit, uri, outcome, inFile);
      });
    }
  }
  // Texts are one run, after all files that are made or deleted.
  for (const add of texts) add();
  const [first] = changes;
  if (first !== undefined && !changes.some(({ needsReview }) => needsReview)) flag(edit, uriOf(first.path));
  return edit;
}

/** Only an entry that needs confirmation opens the preview, and starts unticked; where none does, one that does nothing. */
export function flag(edit: vscode.WorkspaceEdit, uri: vscode.Uri): void {
  edit.insert(uri, new vscode.Position(0, 0), '', {
    needsConfirmation: true,
    label: 'Nothing needs review',
    description: 'this entry changes nothing',
  });
}

/** False for a file whose text is edited. */
function addFile(
  edit: vscode.WorkspaceEdit,
  uri: vscode.Uri,
  { before, after }: FileOutcome,
  [first]: readonly Change[],
): boolean {
  const metadata = first && metadataOf(first);
  if (after === undefined) edit.deleteFile(uri, {}, metadata);
  else if (before === undefined) edit.createFile(uri, { contents: after }, metadata);
  else if (textEdits(uri, before, after) === undefined) replaceFile(edit, uri, after, metadata);
  else return false;
  return true;
}

function addText(
  edit: vscode.WorkspaceEdit,
  uri: vscode.Uri,
  { before }: FileOutcome,
  changes: readonly Change[],
): void {
  const file = new FileText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(before));
  for (const change of changes.filter(isEdit)) {
    for (const one of change.edits) edit.replace(uri, file.range(one), one.newText, metadataOf(change));
  }
}

function isEdit(change: Change): change is EditChange {
  return change.type === 'edit';
}

function metadataOf({ kind, category, reason, needsReview }: Change): vscode.WorkspaceEditEntryMetadata {
  const label = `${category}: ${kind}`;
  return {
    needsConfirmation: needsReview,
    label: needsReview ? `${label} (needs review)` : label,
    description: reason,
    iconPath: new vscode.ThemeIcon(iconOf(kind, needsReview)),
  };
}

function iconOf(kind: Change['kind'], needsReview: boolean): string {
  if (needsReview) return 'question';
  if (kind === 'merge') return 'git-merge';
  return kind === 'tree' || kind === 'shim' ? 'file' : 'replace';
}
