import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleFacts } from '../fixtures/sample/facts.ts';
import { activated, becomes, closeEditors, freshPath, ours, problems, remove, uriOf, write } from './support.ts';

describe('diagnostics', () => {
  before(activated);
  afterEach(closeEditors);

  it('cover every reference that is not kept and every depth-sensitive path, in files nobody opened', () => {
    const count = vscode.languages
      .getDiagnostics()
      .flatMap(([, diagnostics]) => diagnostics.filter(({ source }) => source === 'tree-unifier')).length;
    assert.equal(count, sampleFacts.occurrences - keptOccurrences + sampleFacts.depthSensitive.length);
  });

  it('say what to use instead, with a code and a link', () => {
    const [diagnostic] = ours('tests/test_health.py');
    assert.match(
      diagnostic?.message ?? '',
      /^Legacy name `pixsim7_backend\.main`: use `pixsim7\.backend\.main\.main`\. /u,
    );
    const { value, target } = diagnostic?.code as { value: string; target: vscode.Uri };
    assert.equal(value, 'legacy-import');
    assert.equal(target.toString(true), 'tree-unifier-problem:/legacy-import');
  });

  it('weigh code, documentation, records of the past and own names differently', () => {
    assert.deepEqual(severities('tests/test_plugins.py'), ['Warning']);
    assert.deepEqual(severities('docs/EXAMPLE_GENERATION_API_SPLIT.md'), ['Information']);
    assert.deepEqual(severities('DOCUMENTATION_CHANGELOG.md'), ['Hint']);
    assert.match(problems('alembic.ini').find((one) => one.startsWith('4:')) ?? '', /Hint$/u);
  });

  it('name a missing target as what it is', () => {
    const missing = problems('tests/test_websocket_contract.py').filter((one) => one.endsWith('missing-target Error'));
    assert.deepEqual(
      missing.map((one) => Number(one.split(':')[0])),
      sampleFacts.missing.filter(({ path }) => path === 'tests/test_websocket_contract.py').map(({ line }) => line),
    );
  });

  it('follow text that is not saved, and text that is thrown away', async () => {
    const path = freshPath('scripts/probe.py');
    await write(path, 'import os\n');
    const editor = await vscode.window.showTextDocument(uriOf(path));
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(1, 0), 'import pixsim7_backend.web\n');
    });
    await becomes(() => problems(path), ['2:8 legacy-import Warning']);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '\n');
    });
    await becomes(() => problems(path), ['3:8 legacy-import Warning']);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await becomes(() => problems(path), []);
    await remove(path);
  });

  it('follow files made, edited and deleted on disk', async () => {
    const path = freshPath('scripts/probe.py');
    await write(path, 'import pixsim7_backend.web\n');
    await becomes(() => problems(path), ['1:8 legacy-import Warning']);
    await write(path, '\n\nimport pixsim7_backend.web\n');
    await becomes(() => problems(path), ['3:8 legacy-import Warning']);
    await remove(path);
    await becomes(() => problems(path), []);
  });

  it('follow a folder that is moved and deleted as one', async () => {
    await write('probe/inside/a.py', 'import pixsim7_backend.web\n');
    await becomes(() => problems('probe/inside/a.py').length, 1);
    await vscode.workspace.fs.rename(uriOf('probe'), uriOf('moved'));
    await becomes(() => [problems('probe/inside/a.py').length, problems('moved/inside/a.py').length], [0, 1]);
    await remove('moved');
    await becomes(() => problems('moved/inside/a.py'), []);
  });

  it('follow many files at once', async () => {
    const paths = Array.from({ length: 300 }, (_, index) => `probe/many/${index}.py`);
    await Promise.all(paths.map((path) => write(path, 'import pixsim7_backend.web\n')));
    await becomes(() => paths.filter((path) => problems(path).length === 1).length, paths.length);
    await remove('probe');
    await becomes(() => paths.filter((path) => problems(path).length > 0).length, 0);
  });

  it('stand in the right column after a byte order mark', async () => {
    const path = freshPath('scripts/probe.py');
    await write(path, '\uFEFFimport pixsim7_backend.web\r\n');
    await becomes(() => problems(path), ['1:8 legacy-import Warning']);
    await remove(path);
    await becomes(() => problems(path), []);
  });

  it('take their severity from the settings', async () => {
    const configuration = vscode.workspace.getConfiguration('treeUnifier', uriOf(''));
    await configuration.update('severities', { historical: 'none' }, vscode.ConfigurationTarget.WorkspaceFolder);
    await becomes(() => problems('DOCUMENTATION_CHANGELOG.md'), []);
    assert.deepEqual(severities('tests/test_plugins.py'), ['Warning']);
    await configuration.update('severities', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    await becomes(() => severities('DOCUMENTATION_CHANGELOG.md'), ['Hint']);
  });
});

/** One occurrence in each place that is marked. */
const keptOccurrences = sampleFacts.kept.length;

function severities(path: string): string[] {
  return [...new Set(problems(path).map((one) => one.split(' ').at(-1) ?? ''))];
}
