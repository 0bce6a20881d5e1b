import * as vscode from 'vscode';
import type { ApplyReport, Choice } from '../../engine/index.ts';
import type { Folders } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import type { ShownTexts } from '../text/shownTexts.ts';
import { choose } from './choose.ts';
import { Conflicts } from './conflicts.ts';
import { takeHunkAtCursor } from './hunks.ts';
import { subjectsOf, type Subject, type Subjects } from './subjects.ts';

/** The decisions about files that drifted: whose version to take, or the merge; by file, by folder and by hunk. */
export function registerReconcile(folders: Folders, texts: ShownTexts): vscode.Disposable {
  const conflicts = new Conflicts(folders, texts);
  const onFiles = (id: string, run: (subjects: Subjects) => Promise<ApplyReport | undefined>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (subject: Subject, selection?: readonly Subject[]) => {
      const all = subjectsOf(folders, subject, selection);
      if (all.length === 0) void vscode.window.showInformationMessage(NO_FILE);
      const reports = [];
      for (const subjects of all) reports.push(await run(subjects));
      return reports[0];
    });
  const onChoice = (id: string, choice: Choice): vscode.Disposable =>
    onFiles(id, (subjects) => choose(subjects, choice));
  return vscode.Disposable.from(
    conflicts,
    onChoice(commandIds.takeLegacy, 'legacy'),
    onChoice(commandIds.takeCanonical, 'canonical'),
    onChoice(commandIds.merge, 'merge'),
    onFiles(commandIds.writeMarkers, (subjects) => choose(subjects, 'merge', { writeConflicts: true })),
    onFiles(commandIds.resolveConflict, async (subjects) => {
      await conflicts.resolve(subjects);
      return undefined;
    }),
    vscode.commands.registerCommand(commandIds.completeMerge, () =>
      conflicts.complete((subjects) => choose(subjects, 'canonical')),
    ),
    vscode.commands.registerCommand(commandIds.takeLegacyHunk, () => takeHunkAtCursor(folders, 'legacy')),
    vscode.commands.registerCommand(commandIds.takeCanonicalHunk, () => takeHunkAtCursor(folders, 'canonical')),
  );
}

const NO_FILE = 'Open a file of the legacy or the canonical tree, or select some in the Inventory view.';
