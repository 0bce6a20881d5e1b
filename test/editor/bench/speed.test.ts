import * as assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { activated, ours, uriOf } from '../support.ts';

const RUNS = 10;

/** Printed, never asserted: how long a person waits on the folder that is open. For the file of BENCH_FIGURES. */
describe('speed', () => {
  const figures: Record<string, number | string> = {};

  before(async function () {
    this.timeout(120_000);
    const isEarly = vscode.extensions.all.some(({ id, isActive }) => id.endsWith('.backend-tree-unifier') && !isActive);
    const start = performance.now();
    await activated();
    const opened = Math.round(performance.now() - start);
    figures['from activation to the first results, ms'] = isEarly ? opened : 'the extension was up before the test';
  });
  after(async () => {
    await writeFile(process.env['BENCH_FIGURES'] ?? '', JSON.stringify(figures));
  });

  it('measures everything again', async () => {
    const times = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      await vscode.commands.executeCommand('treeUnifier.refresh');
      times.push(performance.now() - start);
    }
    figures['everything again, ms'] = summary(times);
  });

  it('has the problems of an edited file right after it is saved', async () => {
    const [uri] = vscode.languages
      .getDiagnostics()
      .filter(([file, found]) => file.path.endsWith('.py') && found.some(({ source }) => source === 'tree-unifier'))
      .map(([file]) => file);
    assert.ok(uri);
    const path = vscode.workspace.asRelativePath(uri);
    const document = await vscode.workspace.openTextDocument(uriOf(path));
    const count = (): number => ours(path).length;
    const times = [];
    for (let run = 0; run < RUNS; run++) {
      const before = count();
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(document.lineCount, 0), '\nimport pixsim7_backend.main\n');
      await vscode.workspace.applyEdit(edit);
      await document.save();
      const saved = performance.now();
      while (count() === before) await new Promise((resolve) => setTimeout(resolve, 1));
      times.push(performance.now() - saved);
    }
    figures['problems right after saving, ms'] = summary(times);
  });
});

function summary(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b).map((time) => Math.round(time));
  return `median ${sorted[Math.floor(sorted.length / 2)] ?? 0}, worst ${sorted.at(-1) ?? 0}`;
}
