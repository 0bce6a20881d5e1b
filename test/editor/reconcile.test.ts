import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EditorApi } from '../../src/editor/index.ts';
import type { ApplyReport } from '../../src/engine/index.ts';
import {
  activated,
  becomes,
  changedFiles,
  execute,
  freshSample,
  git,
  placeAt,
  readDisk,
  rowAt,
  textOf,
  uriOf,
  watchProgress,
} from './support.ts';

const legacyOf = (path: string): string => `pixsim7_backend/${path}`;
const canonicalOf = (path: string): string => `pixsim7/backend/main/${path}`;
const inCanonical = (text: string): string => text.replaceAll('pixsim7_backend', 'pixsim7.backend.main');
const inLegacy = (text: string): string => text.replaceAll('pixsim7.backend.main', 'pixsim7_backend');

describe('deciding about files', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  afterEach(freshSample);

  /** What the view says of a file of `api/v1`, wherever it stands. */
  const stateOf = async (name: string): Promise<string> => {
    const rows = await api.rows('inventory');
    const group = rows.find(({ children }) => children.some(({ label }) => label.startsWith('api')));
    const found = rows.flatMap((row) =>
      row.children.some(({ label }) => label === 'api')
        ? rowAt(row.children, 'api')
            .children.filter(({ label }) => label === 'v1')
            .flatMap(({ children }) => children.filter(({ label }) => label === name).map(() => row.label))
        : row.children
            .filter(({ label }) => label === 'api/v1')
            .flatMap(({ children }) => children.filter(({ label }) => label === name).map(() => row.label)),
    );
    assert.ok(group);
    return found.join();
  };

  it('takes legacy: its lines stand in the canonical copy, in canonical words', async () => {
    const path = 'api/v1/assets.py';
    const legacy = await readDisk(legacyOf(path));
    const report = await execute<ApplyReport>('takeLegacy', uriOf(canonicalOf(path)));
    assert.deepEqual([report.files, report.refused], [[canonicalOf(path)], []]);
    assert.deepEqual(changedFiles(), [`M ${canonicalOf(path)}`]);
    assert.equal(await readDisk(canonicalOf(path)), inCanonical(legacy));
    await becomes(() => stateOf('assets.py'), 'Equivalent');
  });

  it('takes canonical: the legacy copy follows, in legacy words', async () => {
    const path = 'api/v1/assets.py';
    const canonical = await readDisk(canonicalOf(path));
    const report = await execute<ApplyReport>('takeCanonical', uriOf(legacyOf(path)));
    assert.deepEqual([report.files, report.refused], [[legacyOf(path)], []]);
    assert.deepEqual(changedFiles(), [`M ${legacyOf(path)}`]);
    assert.equal(await readDisk(legacyOf(path)), inLegacy(canonical));
    await becomes(() => stateOf('assets.py'), 'Equivalent');
  });

  it('merges a file that both sides changed, into both copies', async () => {
    const path = 'api/v1/generations.py';
    const report = await execute<ApplyReport>('merge', uriOf(canonicalOf(path)));
    assert.deepEqual(report.files, [canonicalOf(path), legacyOf(path)]);
    const merged = await readDisk(canonicalOf(path));
    // One line of either side.
    assert.match(merged, / {4}seed = sum\(map\(ord, generation\.prompt\)\) % 1000\n/u);
    assert.match(merged, / {4}if prompt == "" and get_current_user_optional\(request\) is None:\n/u);
    assert.equal(await readDisk(legacyOf(path)), inLegacy(merged));
    await becomes(() => stateOf('generations.py'), 'Equivalent');
  });

  it('counts text that is not saved', async () => {
    const path = 'api/v1/assets.py';
    const editor = await vscode.window.showTextDocument(uriOf(canonicalOf(path)));
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '# mine\n');
    });
    await execute('takeCanonical');
    assert.match(await readDisk(canonicalOf(path)), /^# mine\n/u);
    assert.equal(await readDisk(legacyOf(path)), inLegacy(await readDisk(canonicalOf(path))));
  });

  it('takes a folder of the view, and everything below it', async () => {
    const report = await execute<ApplyReport>('takeLegacy', await placeAt(api, 'Only in legacy', 'infrastructure'));
    assert.deepEqual(report.files, [
      canonicalOf('infrastructure/database/migrations/versions/20251113_0900_add_api_keys.py'),
      canonicalOf('infrastructure/websocket/__init__.py'),
      canonicalOf('infrastructure/websocket/types.py'),
    ]);
    assert.deepEqual(
      changedFiles(),
      report.files.map((path) => `?? ${path}`),
    );
    await becomes(async () => rowAt(await api.rows('inventory'), 'Only in legacy').description, '4');
  });

  it('takes what is selected, and no other', async () => {
    const assets = await placeAt(api, 'Diverged', 'api', 'v1', 'assets.py');
    const main = await placeAt(api, 'Diverged', 'main.py');
    const report = await execute<ApplyReport>('takeCanonical', main, [main, assets]);
    assert.deepEqual(report.files, [legacyOf('api/v1/assets.py'), legacyOf('main.py')]);
    assert.deepEqual(changedFiles(), [`M ${legacyOf('api/v1/assets.py')}`, `M ${legacyOf('main.py')}`]);
  });

  it('takes the row that was clicked when another one is selected', async () => {
    const assets = await placeAt(api, 'Diverged', 'api', 'v1', 'assets.py');
    const main = await placeAt(api, 'Diverged', 'main.py');
    const report = await execute<ApplyReport>('takeCanonical', main, [assets]);
    assert.deepEqual(report.files, [legacyOf('main.py')]);
  });

  it('leaves no tab of a file that was not open', async () => {
    const labels = (): string[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await vscode.window.showTextDocument(uriOf('README.md'));
    await execute('takeCanonical', await placeAt(api, 'Diverged'));
    await becomes(labels, ['README.md']);
  });
});

describe('conflicts', () => {
  const path = 'routes/websocket/manifest.py';
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  afterEach(freshSample);

  const row = async (): Promise<string> => {
    const rows = await api.rows('inventory');
    const { description = '', context = '' } = rowAt(rows, 'Diverged', 'routes/websocket', 'manifest.py');
    return `${context} ${description}`;
  };

  it('say so in the view', async () => {
    await becomes(row, 'inBothTrees.drifted.conflict both changed · 4 hunks · merge: conflict');
  });

  it('are refused by a merge, and nothing is written', async () => {
    const report = await execute<ApplyReport>('merge', uriOf(canonicalOf(path)));
    assert.deepEqual([report.files, report.checkpoint, report.conflicts], [[], null, [canonicalOf(path)]]);
    assert.deepEqual(changedFiles(), []);
  });

  it('are resolved in the merge editor, and then settled', async () => {
    await execute('resolveConflict', uriOf(canonicalOf(path)));
    await becomes(() => vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'Merging: manifest.py');
    await becomes(async () => (await textOf(canonicalOf(path))).includes('<<<<<<<'), false);
    await vscode.commands.executeCommand('merge.acceptAllInput2');
    await becomes(async () => (await textOf(canonicalOf(path))).includes('"protocol": "messages"'), true);
    assert.equal(await execute<boolean>('completeMerge'), true);
    const resolved = await readDisk(canonicalOf(path));
    assert.match(resolved, /"protocol": "messages"/u);
    assert.equal(await readDisk(legacyOf(path)), inLegacy(resolved));
  });

  it('stay as they are, without a checkpoint, when opening one is cancelled', async () => {
    const checkpoints = (): string => git('for-each-ref', 'refs/tree-unifier/checkpoints');
    const before = checkpoints();
    const { titles, stop } = watchProgress('Opening the conflict');
    await execute('resolveConflict', uriOf(canonicalOf(path)));
    stop();
    assert.deepEqual(titles, ['Opening the conflict']);
    assert.equal(checkpoints(), before);
    assert.deepEqual(changedFiles(), []);
  });

  it('are written with markers, shown so, and not taken for resolved', async () => {
    await execute('writeMarkers', uriOf(canonicalOf(path)));
    assert.match(await readDisk(canonicalOf(path)), /^<<<<<<< .*\n[^]*^\|\|\|\|\|\|\| [^]*^=======\n[^]*^>>>>>>> /mu);
    await becomes(async () => (await row()).split(' · ')[0], 'inBothTrees.drifted.marked conflict markers to resolve');
    const before = changedFiles();
    const report = await execute<ApplyReport>('takeCanonical', uriOf(canonicalOf(path)));
    assert.deepEqual([report.files, report.checkpoint], [[], null]);
    assert.deepEqual(changedFiles(), before);
    await execute('resolveConflict', uriOf(canonicalOf(path)));
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, uriOf(canonicalOf(path)).path);
  });
});

describe('deciding about hunks', () => {
  const path = 'api/v1/assets.py';
  before(activated);
  afterEach(freshSample);

  /** Opens the comparison with the cursor on the first line that holds the text. */
  const compareAt = async (text: string, file: string = path): Promise<void> => {
    await vscode.commands.executeCommand('treeUnifier.compareCopies', uriOf(canonicalOf(file)));
    const isRight = (): boolean => vscode.window.activeTextEditor?.document.uri.path === uriOf(canonicalOf(file)).path;
    await becomes(isRight, true);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const line = editor.document
      .getText()
      .split('\n')
      .findIndex((one) => one.includes(text));
    editor.selection = new vscode.Selection(line, 0, line, 0);
  };

  it('takes the legacy lines of the hunk at the cursor, unsaved', async () => {
    await compareAt('return {"id"');
    const before = await readDisk(canonicalOf(path));
    assert.equal(await execute<boolean>('takeLegacyHunk'), true);
    const lines = [
      '    return {',
      '        "id": asset.id,',
      '        "name": asset.name,',
      '        "provider": asset.provider,',
      '        "provider_status": provider_status(asset),',
      '    }',
    ];
    const [old = ''] = /^ {4}return \{"id".*$/mu.exec(before) ?? [];
    assert.equal(await textOf(canonicalOf(path)), before.replace(old, lines.join('\n')));
    assert.deepEqual(changedFiles(), []);
    assert.equal(await execute<boolean>('takeLegacyHunk'), false);
  });

  it('takes the canonical lines into the legacy file, and the hunk is gone', async () => {
    await compareAt('return {"id"');
    const [canonical, before] = [await readDisk(canonicalOf(path)), await readDisk(legacyOf(path))];
    assert.equal(await execute<boolean>('takeCanonicalHunk'), true);
    const [line = ''] = /^ {4}return \{"id".*$/mu.exec(canonical) ?? [];
    assert.deepEqual(changedFiles(), [`M ${legacyOf(path)}`]);
    assert.equal(await readDisk(legacyOf(path)), before.replace(/^ {4}return \{$[^]*?^ {4}\}$/mu, line));
    assert.equal(await execute<boolean>('takeCanonicalHunk'), false);
  });

  it('takes a hunk that one side has not, from the line before it', async () => {
    await compareAt('def to_json');
    const before = await readDisk(legacyOf(path));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const at = editor.document
      .getText()
      .split('\n')
      .findIndex((one) => one.startsWith('def '));
    editor.selection = new vscode.Selection(at, 0, at, 0);
    assert.equal(await execute<boolean>('takeCanonicalHunk'), true);
    assert.equal(await readDisk(legacyOf(path)), before.replace(/^def provider_status[^]*?^(?=def )/mu, ''));
  });

  it('writes either side in the words of the other tree', async () => {
    const file = 'api/v1/generations.py';
    const before = await readDisk(legacyOf(file));
    await compareAt('import get_current_user_optional', file);
    assert.equal(await execute<boolean>('takeCanonicalHunk'), true);
    const line = 'from pixsim7_backend.api.dependencies import get_current_user_optional\n';
    assert.equal(await readDisk(legacyOf(file)), before.replace(/^(?=from )/mu, line));

    const socket = 'routes/websocket/manifest.py';
    await compareAt('import Plugin', socket);
    const types = 'from pixsim7.backend.main.infrastructure.websocket.types import Kind\n';
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const canonical = await readDisk(canonicalOf(socket));
    assert.equal(await execute<boolean>('takeLegacyHunk'), true);
    assert.equal(await textOf(canonicalOf(socket)), canonical.replace(/^(?=.*import Request)/mu, types));
  });

  it('says so where nothing differs', async () => {
    await compareAt('from pixsim7.backend.main.domain');
    assert.equal(await execute<boolean>('takeLegacyHunk'), false);
    assert.deepEqual(changedFiles(), []);
  });
});
