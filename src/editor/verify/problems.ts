import * as vscode from 'vscode';
import { checkNames, EngineError, type CheckFinding, type CheckName } from '../../engine/index.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { FolderModel } from '../folders/index.ts';
import { readText } from '../text/fileText.ts';
import type { Found, Verifications } from './verifications.ts';

/** Never change: people filter by them. Imports that fail are shown as they are typed, with no need to verify. */
export const verifyCodes: Readonly<Record<Exclude<CheckName, 'imports'>, string>> = {
  syntax: 'unreadable-python',
  paths: 'dead-path',
  docker: 'broken-container',
  backend: 'backend-differs',
};

type Diagnostics = ReadonlyMap<string, readonly vscode.Diagnostic[]>;

/**
 * Diagnostics for the problems of the last verification, each until its file changes or the check is made again: what
 * was measured says nothing about another text.
 */
export function registerVerifyProblems(verifications: Verifications): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('Backend Tree Unifier: verification');
  const shown = new WeakMap<FolderModel, ReadonlySet<string>>();
  const made = new WeakMap<Found, Promise<Diagnostics>>();
  const updates = new WeakMap<FolderModel, object>();

  const diagnosticsFor = (folder: FolderModel, name: CheckName): Promise<Diagnostics> | undefined => {
    const found = verifications.found(folder, name);
    if (found === undefined || name === 'imports') return undefined;
    const known = made.get(found) ?? diagnosticsOf(folder, found, verifyCodes[name]);
    made.set(found, known);
    return known;
  };
  const update = async (folder: FolderModel): Promise<void> => {
    const own = {};
    updates.set(folder, own);
    const byPath = new Map<string, vscode.Diagnostic[]>();
    for (const name of checkNames) {
      for (const [path, diagnostics] of (await diagnosticsFor(folder, name)) ?? []) {
        const isOther = verifications.found(folder, name)?.moment.changed.has(path) ?? true;
        if (!isOther) byPath.set(path, [...(byPath.get(path) ?? []), ...diagnostics]);
      }
    }
    // A later update knows better.
    if (updates.get(folder) !== own) return;
    for (const path of shown.get(folder) ?? []) if (!byPath.has(path)) collection.delete(folder.uri(path));
    // One file at a time: a single call for all is cut off after about 1,100 diagnostics.
    for (const [path, diagnostics] of byPath) collection.set(folder.uri(path), diagnostics);
    shown.set(folder, new Set(byPath.keys()));
  };
  return vscode.Disposable.from(
    collection,
    verifications.onDidChange((folder) => void update(folder)),
  );
}

async function diagnosticsOf(folder: FolderModel, { result, moment }: Found, code: string): Promise<Diagnostics> {
  const severity = moment.opened.config.severities.missing;
  const byPath = new Map<string, vscode.Diagnostic[]>();
  const texts = new Map<string, readonly string[]>();
  for (const finding of result.findings) {
    const { path, level, message } = finding;
    if (level !== 'problem' || path === '' || isShownAlready(folder, finding)) continue;
    const lines = texts.get(path) ?? (await linesOf(folder, path));
    texts.set(path, lines);
    const made = diagnostic(rangeOf(finding, lines), message, severity, code);
    if (made !== undefined) byPath.set(path, [...(byPath.get(path) ?? []), made]);
  }
  return byPath;
}

/** What is measured all the time has its diagnostic: a path that lost its way, a reference whose target is missing. */
function isShownAlready({ measured }: FolderModel, { path, line, column }: CheckFinding): boolean {
  if (column === undefined) return false;
  const depth = measured?.depth.get(path) ?? [];
  const references = measured?.references.get(path) ?? [];
  return (
    depth.some((one) => one.line === line && one.column === column) ||
    references.some(
      (one) =>
        one.target === 'missing' && one.line === line && one.column <= column && column < one.column + one.text.length,
    )
  );
}

/** None of a file that is no text. */
async function linesOf(folder: FolderModel, path: string): Promise<readonly string[]> {
  try {
    return (await readText(folder, path))?.text.split(/\r\n|\r|\n/u) ?? [];
  } catch (error) {
    // It went meanwhile: its problems go as soon as that is told.
    if (error instanceof EngineError) return [];
    throw error;
  }
}

/** The word at its column, else its line without the blanks around. */
function rangeOf({ line, column }: CheckFinding, lines: readonly string[]): vscode.Range {
  const text = lines[line - 1] ?? '';
  const from = column === undefined ? text.length - text.trimStart().length : column - 1;
  const word = /^[^\s"'`,;()[\]{}]*/u.exec(text.slice(from))?.[0] ?? '';
  const to = column === undefined ? text.trimEnd().length : from + word.length;
  // The engine counts a byte order mark, VS Code does not.
  const mark = line === 1 && text.startsWith('\uFEFF') ? 1 : 0;
  return new vscode.Range(line - 1, Math.max(0, from - mark), line - 1, Math.max(0, to - mark));
}
