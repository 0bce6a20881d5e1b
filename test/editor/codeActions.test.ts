import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  activated,
  becomes,
  closeEditors,
  freshPath,
  problems,
  readDisk,
  remove,
  run,
  textOf,
  uriOf,
  write,
} from './support.ts';

let path: string;

/** Writes a file and waits until its references are known. */
async function probe(text: string, count: number, at: string = path): Promise<void> {
  await write(at, text);
  await becomes(() => problems(at).length, count);
}

describe('code actions', () => {
  before(activated);
  beforeEach(() => {
    path = freshPath('scripts/probe.py');
  });
  afterEach(async () => {
    await closeEditors();
    await remove(path);
    await becomes(() => problems(path), []);
  });

  it('rewrite an import, preferred, and the diagnostic goes', async () => {
    await probe('import os\nfrom pixsim7_backend.web import App  # mine\n', 1);
    const actions = await actionsAt(path, 'pixsim7_backend.web');
    const [first] = actions;
    assert.deepEqual([first?.title, first?.isPreferred], ['Rewrite to `pixsim7.backend.main.web`', true]);
    await run(actions, 'Rewrite to `pixsim7.backend.main.web`');
    assert.equal(await textOf(path), 'import os\nfrom pixsim7.backend.main.web import App  # mine\n');
    await becomes(() => problems(path), []);
  });

  it('fit text that is not saved', async () => {
    await probe('import pixsim7_backend.web\n', 1);
    const editor = await vscode.window.showTextDocument(uriOf(path));
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '# one\n# two\n');
    });
    await run(await actionsAt(path, 'pixsim7_backend.web'), 'Rewrite to `pixsim7.backend.main.web`');
    assert.equal(await textOf(path), '# one\n# two\nimport pixsim7.backend.main.web\n');
  });

  it('keep the byte order mark and the line endings', async () => {
    await probe('\uFEFFimport pixsim7_backend.web\r\nx = 1\r\n', 1);
    await run(await actionsAt(path, 'pixsim7_backend.web'), 'Rewrite to `pixsim7.backend.main.web`');
    await (await vscode.workspace.openTextDocument(uriOf(path))).save();
    assert.equal(await readDisk(path), '\uFEFFimport pixsim7.backend.main.web\r\nx = 1\r\n');
  });

  it('offer both forms where the form is unclear', async () => {
    await probe('NAME = "pixsim7_backend"\n', 1);
    const titles = (await actionsAt(path, 'pixsim7_backend')).map(({ title }) => title);
    assert.deepEqual(
      ['Rewrite to `pixsim7.backend.main`', 'Rewrite to `pixsim7/backend/main`'].filter((title) =>
        titles.includes(title),
      ).length,
      2,
      titles.join('\n'),
    );
  });

  it('fix all that is sure in the file at once, also as a source action', async () => {
    const text = 'import pixsim7_backend.web\nAPP = "pixsim7_backend.main:app"\nNAME = "pixsim7_backend"\n';
    const fixed = 'import pixsim7.backend.main.web\nAPP = "pixsim7.backend.main.main:app"\nNAME = "pixsim7_backend"\n';
    await probe(text, 3);
    await run(await actionsAt(path, 'pixsim7_backend.web'), 'Fix all legacy references in this file');
    assert.equal(await textOf(path), fixed);
    await closeEditors();
    const kind = vscode.CodeActionKind.SourceFixAll.append('treeUnifier');
    const all = await actionsAt(path, text, kind);
    assert.deepEqual(
      all.map((action) => [action.title, action.kind?.value]),
      [['Fix all legacy references in this file', 'source.fixAll.treeUnifier']],
    );
  });

  it('mark as intentional with a comment, after which nothing is said', async () => {
    await probe('import pixsim7_backend.web\n', 1);
    await run(await actionsAt(path, 'pixsim7_backend.web'), 'Mark as intentional');
    assert.equal(await textOf(path), 'import pixsim7_backend.web  # tree-unifier: keep\n');
    await becomes(() => problems(path), []);
  });

  it('mark as intentional on a line of its own in a batch file', async () => {
    const batch = 'scripts/probe.bat';
    await write(path, '');
    await probe('@echo off\r\n  python pixsim7_backend\\main.py\r\n', 1, batch);
    await run(await actionsAt(batch, 'pixsim7_backend\\main.py'), 'Mark as intentional');
    assert.equal(await textOf(batch), '@echo off\r\n  REM tree-unifier: keep\r\n  python pixsim7_backend\\main.py\r\n');
    await becomes(() => problems(batch), []);
    await closeEditors();
    await remove(batch);
  });

  it('mark as intentional in the settings where no comment can stand', async () => {
    const json = 'launcher/probe.json';
    await write(path, '');
    await probe('{ "app": "pixsim7_backend.main:app" }\n', 1, json);
    await run(await actionsAt(json, 'pixsim7_backend.main:app'), 'Mark as intentional in the settings');
    await becomes(() => problems(json), []);
    const configuration = vscode.workspace.getConfiguration('treeUnifier', uriOf(''));
    assert.deepEqual(configuration.get('keep'), ['launcher/probe.json:pixsim7_backend.main:app']);
    await configuration.update('keep', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    await becomes(() => problems(json).length, 1);
    await closeEditors();
    await remove(json);
    await becomes(() => problems(json), []);
  });

  it('open the canonical target', async () => {
    await probe('from pixsim7_backend.api.v1.assets import router\n', 1);
    await run(await actionsAt(path, 'pixsim7_backend.api.v1.assets'), 'Open the canonical target');
    const shown = vscode.window.activeTextEditor?.document.uri.path ?? '';
    assert.match(shown, /\/pixsim7\/backend\/main\/api\/v1\/assets\.py$/u);
  });

  it('rewrite all of a category once the preview is accepted, and nothing before', async () => {
    const script = 'frontend/src/probe.ts';
    const others = 'frontend/src/backend.ts';
    const before = await readDisk(others);
    await write(path, '');
    await probe('const app = "pixsim7_backend.main:app";\n', 1, script);
    const actions = await actionsAt(script, 'pixsim7_backend.main:app');
    const rewritten = run(actions, 'Rewrite all references in category "Frontend" in the workspace…');
    await becomes(async () => {
      await vscode.commands.executeCommand('refactorPreview.apply');
      return textOf(script);
    }, 'const app = "pixsim7.backend.main.main:app";\n');
    await rewritten;
    await becomes(() => problems(script), []);
    await vscode.workspace.saveAll();
    await closeEditors();
    assert.match(await readDisk(others), /pixsim7\/backend\/main/u);
    await write(others, before);
    await remove(script);
    await becomes(() => problems(others).length > 0, true);
  });

  it('fit a file with mixed line endings', async () => {
    await probe('import os\r\nimport sys\nimport re\r\nimport pixsim7_backend.web\n', 1);
    await run(await actionsAt(path, 'pixsim7_backend.web'), 'Rewrite to `pixsim7.backend.main.web`');
    const lines = (await textOf(path)).split(/\r?\n/u);
    assert.deepEqual(lines, ['import os', 'import sys', 'import re', 'import pixsim7.backend.main.web', '']);
  });
});
