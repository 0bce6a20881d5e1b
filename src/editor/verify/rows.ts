import * as vscode from 'vscode';
import { checkTitles, probeText } from '../../engine/index.ts';
import type { CheckFinding, CheckName, Difference, ProbedBackend } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { commandIds } from '../ids.ts';
import { code, count, plain, sentence, type Row } from '../tree/row.ts';
import { checkLabels, foundText, verdictOf, type Verdict } from './checks.ts';
import type { Found, Verifications } from './verifications.ts';

/** One row a check, made or not, with what it found below. */
export function checkRows(folder: FolderModel, checks: readonly CheckName[], verifications: Verifications): Row[] {
  return checks.map((name) => checkRow(folder, name, verifications));
}

function checkRow(folder: FolderModel, name: CheckName, verifications: Verifications): Row {
  const found = verifications.found(folder, name);
  const isRunning = verifications.isRunning(folder, name);
  const description = isRunning ? 'verifying…' : stateText(name, found);
  return {
    id: `check.${name}`,
    label: checkLabels[name],
    description,
    tooltip: `**${checkTitles[name]}**\n\n${tooltipOf(found)}`,
    icon: isRunning ? new vscode.ThemeIcon('loading~spin') : checkIcon(found),
    spoken: sentence(`Check ${checkLabels[name]}: ${description.replace(' · ', ', ')}`),
    context: `check.${name}`,
    subject: { uri: folder.folder.uri },
    expanded: false,
    ...(found !== undefined &&
      hasRows(found) && { children: { of: found, make: () => Promise.resolve(foundRows(folder, found)) } }),
  };
}

function stateText(name: CheckName, found: Found | undefined): string {
  if (found !== undefined) return foundText(found);
  return name === 'backend' && !vscode.workspace.isTrusted ? 'needs a trusted workspace' : 'not verified yet';
}

function tooltipOf(found: Found | undefined): string {
  if (found === undefined) return 'Not verified yet.';
  const { result, moment, since } = found;
  const lines = [
    ...(result.skipped === undefined ? [] : [plain(result.skipped)]),
    `Measured at ${moment.time.toLocaleTimeString(vscode.env.language)}.`,
    ...(result.notes ?? []).map(plain),
    ...(since === undefined ? [] : [`New is what was in order at the checkpoint ${code(since)}.`]),
    ...(moment.changed.size === 0 ? [] : [`Out of date: ${count(moment.changed.size, 'file')} changed since.`]),
  ];
  return lines.join('\n\n');
}

/** Each verdict has a shape of its own; what is out of date is drawn faintly. */
function checkIcon(found: Found | undefined): vscode.ThemeIcon {
  if (found === undefined) return new vscode.ThemeIcon('dash');
  const [icon, color] = verdictIcons[verdictOf(found.result)];
  const isOver = found.moment.changed.size > 0;
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(isOver ? 'disabledForeground' : color));
}

const verdictIcons: Readonly<Record<Verdict, readonly [icon: string, color: string]>> = {
  passed: ['pass', 'testing.iconPassed'],
  failed: ['error', 'testing.iconFailed'],
  impossible: ['question', 'testing.iconSkipped'],
};

function hasRows({ result }: Found): boolean {
  return result.skipped !== undefined || result.findings.length > 0 || result.backends !== undefined;
}

function foundRows(folder: FolderModel, { result }: Found): Row[] {
  const { findings, skipped, backends } = result;
  if (skipped !== undefined) return [sentenceRow(skipped, 'skipped', 'info')];
  if (backends !== undefined)
    return backends.backends.map((backend) => backendRow(folder, backend, backends.differences));
  const order = (finding: CheckFinding): number => (finding.level === 'note' ? 2 : finding.new === true ? 0 : 1);
  return [...findings].sort((a, b) => order(a) - order(b)).map((finding, at) => findingRow(folder, finding, at));
}

/** Its place stands first, since sentences are longer than the view is wide. */
function findingRow(folder: FolderModel, finding: CheckFinding, at: number): Row {
  const { path, line, column = 1, message, level } = finding;
  const isNew = finding.new === true;
  const place = `${path}:${line}`;
  return {
    id: `${at}#${place}#${message}`,
    label: place.slice(place.lastIndexOf('/') + 1),
    description: isNew ? `new: ${message}` : message,
    tooltip: `${code(place)}\n\n${isNew ? '**New.** ' : ''}${plain(message)}`,
    icon: level === 'problem' ? problemIcon() : new vscode.ThemeIcon('info'),
    spoken: sentence(`${isNew ? `New ${level}` : capital(level)} in ${path}, line ${line}: ${message}`),
    command: openCommand(folder, path, line, column),
  };
}

function backendRow(folder: FolderModel, backend: ProbedBackend, differences: readonly Difference[]): Row {
  const { name, command, places, probe } = backend;
  const own = differences.filter((difference) => difference.backend === name);
  const state = own.length === 0 ? probeText(backend) : `${probeText(backend)} · ${count(own.length, 'difference')}`;
  const [place] = places;
  const isWell = probe.kind === 'answered' && own.length === 0 && probe.leftBehind === 0;
  const [icon, color] = verdictIcons[isWell ? 'passed' : 'failed'];
  const children = [...failureRows(folder, backend), ...own.map(differenceRow)];
  return {
    id: `backend#${name}`,
    label: name,
    description: state,
    tooltip: backendTooltip(backend),
    icon: new vscode.ThemeIcon(icon, new vscode.ThemeColor(color)),
    spoken: sentence(`Backend ${name}, started by ${command}: ${state.replace(' · ', ', ')}`),
    expanded: true,
    ...(place !== undefined && { command: openCommand(folder, place.path, place.line, 1) }),
    ...(children.length > 0 && { children }),
  };
}

/** `GET /assets` and what is different about it. */
function differenceRow({ what, message }: Difference, at: number): Row {
  return {
    id: `difference#${at}`,
    label: what,
    description: message,
    tooltip: plain(message),
    icon: new vscode.ThemeIcon('diff'),
    spoken: sentence(`Difference in ${what}: ${message}`),
  };
}

/** Why it did not answer, and the last that it printed, which most often says why and leads to the whole of it. */
function failureRows({ folder }: FolderModel, { probe }: ProbedBackend): Row[] {
  const left = `It left ${count(probe.leftBehind, 'process', 'processes')} behind, which we ended.`;
  const reasons = [...(probe.kind === 'failed' ? [probe.reason] : []), ...(probe.leftBehind === 0 ? [] : [left])];
  const last = probe.kind === 'failed' ? probe.output.findLast((line) => line.trim() !== '') : undefined;
  const title = 'Show Verification Report';
  const command = { command: commandIds.showVerification, title, arguments: [{ folder: folder.uri }] };
  return [
    ...reasons.map((reason) => sentenceRow(reason, reason, 'warning')),
    ...(last === undefined
      ? []
      : [{ ...sentenceRow(last, 'output', 'output'), spoken: sentence(`It printed last: ${last}`), command }]),
  ];
}

function backendTooltip({ name, command, places, probe }: ProbedBackend): string {
  const output = probe.kind === 'failed' ? probe.output : [];
  return [
    `**${plain(name)}**`,
    code(command),
    ...(places.length === 0
      ? []
      : [`Started by ${places.map(({ path, line }) => code(`${path}:${line}`)).join(', ')}.`]),
    ...(output.length === 0 ? [] : [`It printed last:\n\n${output.map((line) => `    ${line}`).join('\n')}`]),
  ].join('\n\n');
}

function sentenceRow(text: string, id: string, icon: string): Row {
  return { id, label: text, tooltip: plain(text), icon: new vscode.ThemeIcon(icon), spoken: sentence(text) };
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function problemIcon(): vscode.ThemeIcon {
  return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
}

function openCommand(folder: FolderModel, path: string, line: number, column: number): vscode.Command {
  const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(at, at) };
  return { command: 'vscode.open', title: 'Open', arguments: [folder.uri(path), options] };
}
