import * as vscode from 'vscode';
import type { PhaseState, PhaseStatus } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { plain, sentence, type Row } from '../tree/row.ts';
import { phaseChecks, summaryOf } from '../verify/checks.ts';
import { checkRows } from '../verify/rows.ts';
import type { Verifications } from '../verify/verifications.ts';
import { placeRows } from './placeRows.ts';

export function phaseRows(models: readonly FolderModel[], verifications: Verifications): Row[] {
  const measured = models.filter((model) => model.measured !== undefined);
  const rowsOf = (model: FolderModel): Row[] =>
    (model.measured?.status.phases ?? []).map((phase) => phaseRow(model, phase, verifications));
  if (measured.length === 1) return measured.flatMap(rowsOf);
  return measured.map((model) => ({
    id: model.folder.uri.toString(),
    label: model.folder.name,
    spoken: `Phases of the folder ${model.folder.name}.`,
    expanded: true,
    children: rowsOf(model),
  }));
}

/** Its checks stand first: they are few, and what blocks a phase may be hundreds of files. */
function phaseRow(model: FolderModel, phase: PhaseStatus, verifications: Verifications): Row {
  const checks = phaseChecks[phase.id];
  const verified = summaryOf(checks.map((name) => verifications.found(model, name)));
  const children = [
    ...checkRows(model, checks, verifications),
    ...placeRows(model, phase.blockers, 'blocker'),
    ...phase.left.map(sentenceRow),
    ...placeRows(model, phase.places ?? [], 'left'),
  ];
  const label = `${phase.number} ${phase.title}`;
  const description = verified === undefined ? describe(phase) : `${describe(phase)} · ${verified}`;
  return {
    id: phase.id,
    label,
    description,
    tooltip: `**${plain(label)}**\n\n${description}`,
    icon: stateIcon(phase.state),
    spoken: `Phase ${label} is ${phase.count === 0 ? phase.state : `${phase.state}, ${phase.count} left`}${verified === undefined ? '' : `, ${verified}`}.`,
    context: `phase.${phase.id}.${phase.state}`,
    subject: { uri: model.folder.uri },
    expanded: false,
    ...(children.length > 0 && { children }),
  };
}

/** `open · 12 left`, `blocked · 3 left`, `done`. */
function describe({ state, count }: PhaseStatus): string {
  return count === 0 ? state : `${state} · ${count} left`;
}

function stateIcon(state: PhaseState): vscode.ThemeIcon {
  switch (state) {
    case 'done':
      return new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
    case 'blocked':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconFailed'));
    case 'open':
      return new vscode.ThemeIcon('circle-large-outline');
  }
}

function sentenceRow(text: string): Row {
  const icon = new vscode.ThemeIcon('circle-small-filled');
  return { id: `left#${text}`, label: text, icon, tooltip: plain(text), spoken: sentence(`Left: ${text}`) };
}
