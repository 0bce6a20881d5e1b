import * as vscode from 'vscode';
import { codeOf, messageOf, severityKeyOf } from '../../engine/index.ts';
import type { Config, DepthFinding, ImportFinding, Reference, Severity } from '../../engine/index.ts';
import type { FolderModel } from '../folders/index.ts';
import { diagnosticSource } from '../ids.ts';
import { rangeOf } from '../text/fileText.ts';
import { explanationOf } from './explain.ts';

const severities: Record<Exclude<Severity, 'none'>, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** `undefined` where settings want nothing said. */
export function diagnosticOf(model: FolderModel, config: Config, reference: Reference): vscode.Diagnostic | undefined {
  const severity = config.severities[severityKeyOf(reference)];
  return diagnostic(rangeOf(model, reference), messageOf(reference), severity, codeOf(reference));
}

/** A path that counts steps up from its file and lost its way when the tree was copied: live code, like a reference. */
export function depthDiagnosticOf(
  model: FolderModel,
  config: Config,
  finding: DepthFinding,
): vscode.Diagnostic | undefined {
  const message = depthMessageOf(finding);
  return diagnostic(rangeOf(model, finding), message, config.severities.live, 'depth-sensitive-path');
}

/** An import that would fail: as grave as a reference whose target is missing, unless the failure is caught. */
export function importDiagnosticOf(config: Config, finding: ImportFinding): vscode.Diagnostic | undefined {
  const start = new vscode.Position(finding.line - 1, finding.column - 1);
  const severity = finding.optional ? config.severities.documentation : config.severities.missing;
  return diagnostic(new vscode.Range(start, start), finding.message, severity, 'unresolved-import');
}

function depthMessageOf({ legacyFolder, canonicalFolder }: DepthFinding): string {
  const folder = (path: string): string => (path === '' ? 'the root of the workspace' : `\`${path}\``);
  return `These steps led to ${folder(legacyFolder)} from the legacy tree; from here they lead to ${folder(canonicalFolder)}.`;
}

/** `undefined` where settings want nothing said. */
export function diagnostic(
  range: vscode.Range,
  message: string,
  severity: Severity,
  code: string,
): vscode.Diagnostic | undefined {
  if (severity === 'none') return undefined;
  const made = new vscode.Diagnostic(range, message, severities[severity]);
  made.source = diagnosticSource;
  made.code = { value: code, target: explanationOf(code) };
  return made;
}
