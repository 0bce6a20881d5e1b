import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EditorApi } from '../../src/editor/index.ts';
import { sampleFacts } from '../fixtures/sample/facts.ts';
import {
  activated,
  becomes,
  changedFiles,
  execute,
  freshSample,
  hearMessages,
  placeAt,
  readDisk,
  rowAt,
  uriOf,
  watchProgress,
} from './support.ts';

const legacy = 'pixsim7_backend/api/v1/assets.py';
const canonical = 'pixsim7/backend/main/api/v1/assets.py';

describe('commands that open something', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  afterEach(freshSample);

  const activeTab = (): vscode.Tab | undefined => vscode.window.tabGroups.activeTabGroup.activeTab;

  it('Open Settings shows the settings editor', async () => {
    await execute('openSettings');
    await becomes(() => activeTab()?.label, 'Settings');
  });

  // What stands in it cannot be asked for: VS Code's server writes logs by a native module that the tests do without.
  it('Show Log shows the output channel', async () => {
    const shown = (): boolean =>
      vscode.window.visibleTextEditors.some(({ document: { uri } }) =>
        /^output:.*Backend Trees/u.test(uri.toString(true)),
      );
    assert.equal(shown(), false);
    await execute('showLog');
    await becomes(shown, true);
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('Compare with Legacy, of the active editor, puts the legacy copy beside it', async () => {
    await vscode.window.showTextDocument(uriOf(canonical));
    await execute('compareWithLegacy');
    await becomes(() => activeTab()?.label, 'assets.py (legacy ↔ canonical)');
    const { original, modified } = activeTab()?.input as vscode.TabInputTextDiff;
    assert.deepEqual([original.path, modified.path], [uriOf(legacy).path, uriOf(canonical).path]);
  });

  it('Compare with Legacy says what to do where there is nothing to compare', async () => {
    await vscode.window.showTextDocument(uriOf('README.md'));
    const { messages, stop } = hearMessages();
    await execute('compareWithLegacy');
    stop();
    assert.deepEqual(messages, ['Open a file of the legacy or the canonical tree to compare its two copies.']);
  });

  it('Open Legacy File and Open Canonical File open the copies of a row', async () => {
    const row = await placeAt(api, 'Diverged', 'api', 'v1', 'assets.py');
    for (const [command, path] of [
      ['openLegacy', legacy],
      ['openCanonical', canonical],
    ] as const) {
      await execute(command, row);
      await becomes(() => (activeTab()?.input as vscode.TabInputText | undefined)?.uri.path, uriOf(path).path);
    }
  });
});

describe('Preview Phase', () => {
  const path = '.coveragerc';
  const record = '?? claude-tasks/34-backend-tree-unification-and-packaging.md';
  const phase = '34.3 Align Dev Scripts, Launcher & Docker';

  before(activated);
  afterEach(freshSample);

  /** Previews the phase and applies it; what is changed is in the files then. */
  async function previewed(): Promise<boolean> {
    const before = await readDisk(path);
    const answer = execute<boolean>('previewPhase', { phase: 'align' });
    await becomes(async () => {
      const text = await readDisk(path);
      assert.ok(text === before || text.includes('pixsim7/backend/main'));
      await vscode.commands.executeCommand('refactorPreview.apply');
      return text !== before;
    }, true);
    return await answer;
  }

  it('writes nothing before the preview is accepted, and then what was ticked', async () => {
    const { titles, stop } = watchProgress();
    assert.equal(await previewed(), true);
    stop();
    assert.deepEqual(titles, [`Planning ${phase}`, `Recording ${phase}`]);
    assert.ok(changedFiles().includes(`M ${path}`));
    assert.ok(changedFiles().includes(record));
  });

  it('cancelled once it is accepted, leaves out the record alone, and says so', async () => {
    const { stop } = watchProgress(`Recording ${phase}`);
    const heard = hearMessages();
    assert.equal(await previewed(), true);
    stop();
    heard.stop();
    assert.ok(changedFiles().includes(`M ${path}`));
    assert.ok(!changedFiles().includes(record));
    const left = 'Left: 2 live references in scripts, launcher, Docker and configuration to rewrite.';
    assert.deepEqual(heard.messages, [`34.3: applied, and not recorded in the task file. ${left}`]);
  });
});

describe('Detect Trees', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  afterEach(freshSample);

  it('proposes the copies, and writes the chosen pair into the settings', async () => {
    const detected = execute('detect');
    const pairs = (): unknown =>
      vscode.workspace.getConfiguration('treeUnifier', uriOf('')).inspect('pairs')?.workspaceFolderValue;
    await becomes(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return pairs();
    }, [
      {
        legacy: { root: 'pixsim7_backend', package: 'pixsim7_backend' },
        canonical: { root: 'pixsim7/backend/main', package: 'pixsim7.backend.main' },
      },
    ]);
    await detected;
    await api.ready();
    assert.equal(rowAt(await api.rows('inventory'), 'Diverged').description, String(sampleFacts.counts.diverged));
  });
});
