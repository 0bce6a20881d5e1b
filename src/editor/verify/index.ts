import * as vscode from 'vscode';
import { checkNames, checkTitles, quickChecks } from '../../engine/index.ts';
import type { CheckName, CheckResult, PhaseId, VerifyReport } from '../../engine/index.ts';
import type { Adapters } from '../adapters.ts';
import { atWork, explained, type Progress } from '../apply/atWork.ts';
import { foldersWithPair, pickFolder } from '../folders/asking.ts';
import type { FolderModel, Folders } from '../folders/index.ts';
import { commandIds, contextKeys } from '../ids.ts';
import { nameOf, targetOf, type PhaseArgument } from '../phases/target.ts';
import type { ShownTexts } from '../text/shownTexts.ts';
import { count } from '../tree/row.ts';
import type { Place } from '../tree/rowTree.ts';
import { agreedBackends, findBackends, isAgreed } from './backends.ts';
import { phaseChecks } from './checks.ts';
import { reportOf } from './report.ts';
import type { Verifications } from './verifications.ts';

/** How code asks for the backends; the first folder is meant without `folder`, and a person is asked unless `isConfirmed`. */
interface BackendsArgument {
  readonly folder?: vscode.Uri;
  readonly isConfirmed?: boolean;
  /** Cancels, as the button in the progress does. */
  readonly token?: vscode.CancellationToken;
}

/** What the commands work with. */
export interface VerifyTools {
  readonly folders: Folders;
  readonly verifications: Verifications;
  readonly texts: ShownTexts;
  readonly adapters: Adapters;
  /** Shows a phase's checks in its view. */
  readonly reveal: (folder: FolderModel, phase: PhaseId, check?: CheckName) => Promise<void>;
}

/** The commands that verify: all checks that start nothing, those of a phase, one of them, and the backends. */
export function registerVerify(tools: VerifyTools): vscode.Disposable {
  const { folders, verifications } = tools;
  const register = (id: string, run: (argument: never) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(id, run);
  return vscode.Disposable.from(
    register(commandIds.verify, (checks?: readonly CheckName[]) => verifyAll(tools, checks)),
    register(commandIds.verifyPhase, (argument?: Place | PhaseArgument | PhaseId) => verifyPhase(tools, argument)),
    register(commandIds.verifyCheck, (place?: Place) => verifyCheck(tools, place)),
    register(commandIds.verifyBackends, (argument?: Place | BackendsArgument) => verifyBackends(tools, argument)),
    register(commandIds.showVerification, (argument?: Place | BackendsArgument) => showVerification(tools, argument)),
    verifications.onDidChange(() => {
      const isAny = folders.all.some((folder) => verifications.all(folder).length > 0);
      void vscode.commands.executeCommand('setContext', contextKeys.verified, isAny);
    }),
  );
}

async function verifyAll(tools: VerifyTools, checks: unknown): Promise<VerifyReport | undefined> {
  const folder = await folderOf(tools, undefined);
  const wanted = Array.isArray(checks) ? quickChecks.filter((name) => checks.includes(name)) : quickChecks;
  const report = folder && (await makeChecks(tools, folder, wanted, `Verifying ${folder.folder.name}`));
  if (folder !== undefined && report !== undefined) await showReport(tools, folder);
  return report;
}

/** The checks of a phase that start nothing; backends are started by a command of their own, which asks. */
async function verifyPhase(
  tools: VerifyTools,
  argument: Place | PhaseArgument | PhaseId | undefined,
): Promise<VerifyReport | undefined> {
  const hasChecks = (phase: PhaseId): boolean => phaseChecks[phase].length > 0;
  const target = await explained(() => targetOf(tools.folders, argument, hasChecks));
  if (target === undefined) return undefined;
  const { folder, phase } = target;
  const checks = phaseChecks[phase.id].filter((name) => quickChecks.includes(name));
  const report = await makeChecks(tools, folder, checks, `Verifying ${nameOf(phase)}`);
  if (report !== undefined) await tools.reveal(folder, phase.id);
  return report;
}

async function verifyCheck(tools: VerifyTools, place: Place | undefined): Promise<VerifyReport | undefined> {
  const name = checkNames.find((one) => place?.row.id === `check.${one}`);
  if (name === undefined) return undefined;
  if (name === 'backend') return await verifyBackends(tools, place);
  const folder = await folderOf(tools, place);
  return folder && (await makeChecks(tools, folder, [name], `Verifying: ${checkTitles[name]}`));
}

function makeChecks(
  { verifications }: VerifyTools,
  folder: FolderModel,
  checks: readonly CheckName[],
  title: string,
): Promise<VerifyReport | undefined> {
  return atWork(title, (progress, token) => {
    const onCheck = (name: CheckName): void => {
      progress.report({ message: checkTitles[name] });
    };
    return verifications.run(folder, checks, { onCheck }, token);
  });
}

async function verifyBackends(
  tools: VerifyTools,
  argument: Place | BackendsArgument = {},
): Promise<VerifyReport | undefined> {
  const { isConfirmed = false, token: given }: BackendsArgument = 'row' in argument ? {} : argument;
  const folder = await folderOf(tools, argument);
  if (folder === undefined) return undefined;
  const { name } = folder.folder;
  const planned = await atWork(`Looking for the backends of ${name}`, (_, token) =>
    findBackends(folder, tools.adapters, token),
  );
  if (planned === undefined || !(isConfirmed || (await isAgreed(folder, planned)))) return undefined;
  const start = (progress: Progress, token: vscode.CancellationToken): Promise<VerifyReport | undefined> =>
    tools.verifications.run(folder, ['backend'], { backends: agreedBackends(planned, progress) }, token);
  const report = await atWork(`Verifying the backends of ${name}`, (progress, token) =>
    start(progress, either(token, given)),
  );
  if (report?.backend === undefined) return report;
  await tools.reveal(folder, 'align', 'backend');
  void tellBackends(tools, folder, report.backend);
  return report;
}

/** A token that is cancelled with the first of both. */
function either(own: vscode.CancellationToken, given: vscode.CancellationToken | undefined): vscode.CancellationToken {
  if (given === undefined) return own;
  return {
    get isCancellationRequested() {
      return own.isCancellationRequested || given.isCancellationRequested;
    },
    onCancellationRequested: own.onCancellationRequested,
  };
}

async function tellBackends(tools: VerifyTools, folder: FolderModel, { ok, backends }: CheckResult): Promise<void> {
  const all = count(backends?.backends.length ?? 0, 'backend');
  const silent = backends?.backends.filter(({ probe }) => probe.kind === 'failed').length ?? 0;
  const differences = backends?.differences.length ?? 0;
  const parts = [
    ...(silent === 0 ? [] : [`${silent} of ${all} did not answer.`]),
    ...(differences === 0 ? [] : [`${count(differences, 'difference')} in what the others answer.`]),
  ];
  const action = 'Show Report';
  const answer = ok
    ? await vscode.window.showInformationMessage(`${all} answer alike.`, action)
    : await vscode.window.showWarningMessage(parts.join(' ') || `${all} answered, and left processes behind.`, action);
  if (answer === action) await showReport(tools, folder);
}

async function showVerification(tools: VerifyTools, argument: Place | BackendsArgument | undefined): Promise<void> {
  const folder = await folderOf(tools, argument);
  if (folder !== undefined) await showReport(tools, folder);
}

async function showReport({ verifications, texts }: VerifyTools, folder: FolderModel): Promise<void> {
  const text = reportOf(folder, verifications);
  if (text === undefined) {
    void vscode.window.showInformationMessage('Nothing was verified yet.');
    return;
  }
  await vscode.window.showTextDocument(texts.add(`/Verification of ${folder.folder.name}.md`, text), { preview: true });
}

/** The folder of a row, or that code names; whoever calls the command from the palette is asked when there are several. */
async function folderOf(
  { folders }: VerifyTools,
  argument: Place | BackendsArgument | undefined,
): Promise<FolderModel | undefined> {
  const uri = argument === undefined ? undefined : 'row' in argument ? argument.row.subject?.uri : argument.folder;
  if (uri !== undefined) return folders.of(uri);
  return await explained(async () => pickFolder(await foldersWithPair(folders)));
}
