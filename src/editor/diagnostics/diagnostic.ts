import * as vscode from 'vscode';
import type { Config, Reference, Severity, SeverityKey } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { diagnosticSource } from '../ids.ts';
import { rangeOf } from '../text/fileText.ts';

const severities: Record<Exclude<Severity, 'none'>, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** `undefined` where settings want nothing said. */
export function diagnosticOf(
  model: FolderModel,
  config: Config,
  reference: Reference,
  docs: vscode.Uri,
): vscode.Diagnostic | undefined {
  const severity = config.severities[severityKey(reference)];
  if (severity === 'none') return undefined;
  const diagnostic = new vscode.Diagnostic(rangeOf(model, reference), messageOf(reference), severities[severity]);
  const code = codeOf(reference);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: code, target: docs.with({ fragment: code }) };
  return diagnostic;
}

/** A document may speak of what is gone, so a missing target there weighs no more than any other mention. */
function severityKey({ standing, category, target }: Reference): SeverityKey {
  if (standing !== 'live') return standing;
  if (category === 'Documentation') return 'documentation';
  return target === 'missing' ? 'missing' : 'live';
}

/** `missing-target`, else the kind: `legacy-module-string`. */
export function codeOf({ standing, target, kind }: Reference): string {
  if (standing === 'live' && target === 'missing') return 'missing-target';
  return `legacy-${kind.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function messageOf({ text, standing, target, rewrite, needsReview, reason }: Reference): string {
  const why = reason === undefined ? '' : ` ${reason}`;
  if (standing === 'ownName') return `\`${text}\` looks like the legacy name but is a name of its own.${why}`;
  if (standing === 'kept') return `Legacy name \`${text}\`, marked as intentional.`;
  if (standing === 'historical') return `Legacy name \`${text}\` in a record of the past.`;
  if (target === 'missing') return `Legacy name \`${text}\`: the canonical tree has nothing it could point at.${why}`;
  if (rewrite === undefined) return `Legacy name \`${text}\`.${why}`;
  return `Legacy name \`${text}\`: use \`${rewrite.replacement}\`.${needsReview ? why : ''}`;
}
