import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EditorApi } from '../../../src/editor/index.ts';
import type { ApplyReport, Restored } from '../../../src/engine/index.ts';
import { sampleFacts } from '../../fixtures/sample/facts.ts';
import { secondPairFacts } from '../../fixtures/secondPair.ts';
import {
  activated,
  answerPicks,
  ask,
  becomes,
  changedFiles,
  execute,
  fresh,
  hearMessages,
  leaves,
  placeIn,
  problems,
  rowAt,
  settingChanges,
  uriOf,
} from '../support.ts';

const pixsim7 = 'pixsim7_backend ↔ pixsim7/backend/main';
const acme = 'src/acme_api ↔ services/api/src/acme/api';

describe('a workspace of several folders', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  afterEach(() => fresh(uriOf('', 'pixsim7'), uriOf('', 'acme')));

  const outline = async (view: 'inventory' | 'references' | 'phases'): Promise<string[]> =>
    (await api.rows(view)).map(({ label, description = '' }) => `${label} ${description}`.trim());

  it('has a row for each pair, with the name of its folder, and none for a folder without a pair', async () => {
    assert.deepEqual(await outline('inventory'), [
      `${pixsim7} pixsim7`,
      `${acme} acme`,
      '1 file could not be read or rewritten pixsim7',
    ]);
    assert.deepEqual(await outline('references'), ['pixsim7', 'acme']);
    assert.deepEqual(await outline('phases'), ['pixsim7', 'acme']);
  });

  it('compares each pair by itself', async () => {
    const rows = await api.rows('inventory');
    assert.equal(rowAt(rows, pixsim7, 'Diverged').description, String(sampleFacts.counts.diverged));
    assert.equal(rowAt(rows, acme, 'Diverged').description, String(secondPairFacts.counts.diverged));
    assert.match(rowAt(rows, acme, 'Diverged', 'orders.py').description ?? '', /^legacy ahead · /u);
    const references = await api.rows('references');
    assert.equal(leaves(rowAt(references, 'pixsim7').children).length, sampleFacts.occurrences);
    assert.equal(leaves(rowAt(references, 'acme').children).length, secondPairFacts.occurrences);
  });

  it('has the problems of each folder under its own name', () => {
    assert.deepEqual(problems(uriOf('tests/test_health.py', 'pixsim7')), ['7:10 legacy-import Warning']);
    assert.deepEqual(problems(uriOf('tests/test_orders.py', 'acme')), [
      '4:6 legacy-import Warning',
      '5:6 legacy-import Warning',
      '9:13 legacy-module-string Warning',
    ]);
  });

  it('takes the settings of the folder, and leaves the others alone', async () => {
    const weights = (): string[][] =>
      [uriOf('tests/test_health.py', 'pixsim7'), uriOf('tests/test_orders.py', 'acme')].map((uri) => [
        ...new Set(problems(uri).map((one) => one.split(' ').at(-1) ?? '')),
      ]);
    await settingChanges(
      'severities',
      { live: 'error' },
      () => ({ live: weights() }),
      { live: [['Warning'], ['Error']] },
      uriOf('', 'acme'),
    );
  });

  it('decides about a file in its own folder', async () => {
    const report = await execute<ApplyReport>('takeLegacy', uriOf('src/acme_api/orders.py', 'acme'));
    assert.deepEqual(report.files, ['services/api/src/acme/api/orders.py']);
    assert.deepEqual(changedFiles(uriOf('', 'acme')), ['M services/api/src/acme/api/orders.py']);
    assert.deepEqual(changedFiles(uriOf('', 'pixsim7')), []);
  });

  it('decides about rows of both folders at once', async () => {
    const rows = [
      await placeIn(api, 'inventory', pixsim7, 'Diverged', 'main.py'),
      await placeIn(api, 'inventory', acme, 'Diverged', 'prices.py'),
    ];
    await execute('takeCanonical', rows[0], rows);
    assert.deepEqual(changedFiles(uriOf('', 'pixsim7')), ['M pixsim7_backend/main.py']);
    assert.deepEqual(changedFiles(uriOf('', 'acme')), ['M src/acme_api/prices.py']);
  });

  it('applies the phase of the row that was clicked, and restores that folder alone', async () => {
    const align = await placeIn(api, 'phases', 'acme', '3 Align Dev Scripts, Launcher & Docker');
    const report = await execute<ApplyReport>('applyPhase', {
      phase: align.row.id,
      folder: align.row.subject?.uri,
      isConfirmed: true,
    });
    assert.deepEqual(report.refused, []);
    assert.ok(report.files.includes('pyproject.toml'));
    assert.deepEqual(changedFiles(uriOf('', 'pixsim7')), []);
    const restored = await execute<Restored>('restoreCheckpoint', {
      name: report.checkpoint,
      folder: uriOf('', 'acme'),
      isConfirmed: true,
    });
    assert.deepEqual([...restored.written, ...restored.deleted].sort(), [...report.files].sort());
    assert.deepEqual(changedFiles(uriOf('', 'acme')), []);
  });

  it('asks which folder is meant where nothing says so', async () => {
    const { messages, stop: stopHearing } = hearMessages();
    const { offered, stop } = answerPicks('acme');
    await execute('verify');
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, '/Verification of acme.md');
    await execute('applyPhase');
    stop();
    stopHearing();
    assert.deepEqual(offered[0], ['pixsim7 · ', 'acme · ']);
    assert.deepEqual(
      offered[1]?.map((line) => [line.split(' ')[0], line.split(' · ').at(-1)]),
      [
        ...['34.1', '34.2', '34.3', '34.4'].map((phase) => [phase, 'pixsim7']),
        ...['1', '2', '3', '4'].map((phase) => [phase, 'acme']),
      ],
    );
    assert.deepEqual(messages, ['Apply 1 Inventory & Diff Backend Trees?']);
  });

  it('looks for copies in the folder that is picked', async () => {
    const { messages, stop } = hearMessages();
    const detected = execute('detect');
    await becomes(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return messages;
    }, ['No two folders of "notes" look like copies of one Python package.']);
    await detected;
    stop();
  });

  it('offers the checkpoints of the folders that have one', async () => {
    const before = changedFiles(uriOf('', 'acme'));
    await execute('takeLegacy', uriOf('src/acme_api/orders.py', 'acme'));
    await execute('takeLegacy', uriOf('pixsim7_backend/main.py', 'pixsim7'));
    const { stop: stopHearing } = hearMessages('Restore');
    const { offered, stop } = answerPicks('acme', 'Before canonicalize');
    await execute('restoreCheckpoint');
    stop();
    stopHearing();
    assert.deepEqual(
      offered[0]?.map((line) => line.replace(/\d+ checkpoints?/u, 'checkpoints')),
      ['pixsim7 · checkpoints', 'acme · checkpoints'],
    );
    assert.match(offered[1]?.[0] ?? '', /^Before canonicalize · .* on main at /u);
    assert.deepEqual(changedFiles(uriOf('', 'acme')), before);
    assert.notDeepEqual(changedFiles(uriOf('', 'pixsim7')), []);
  });

  it('answers a tool for the folder that it names', async () => {
    const { pairs } = await ask('tree-unifier_inventory', { folder: 'acme' });
    assert.deepEqual((pairs as { counts: unknown }[])[0]?.counts, secondPairFacts.counts);
    const { pairs: first } = await ask('tree-unifier_inventory', {});
    assert.deepEqual((first as { counts: unknown }[])[0]?.counts, sampleFacts.counts);
    const { error } = await ask('tree-unifier_status', { folder: 'notes' });
    assert.equal(error, 'There is no such folder. Those with a tree pair: pixsim7, acme.');
  });

  it('forgets a folder that is taken away, and knows it again when it is back', async () => {
    const test = uriOf('tests/test_orders.py', 'acme');
    const folder = uriOf('', 'acme');
    const before = problems(test);
    assert.equal(vscode.workspace.updateWorkspaceFolders(2, 1), true);
    await becomes(async () => (await outline('inventory'))[0], `Diverged ${sampleFacts.counts.diverged}`);
    assert.deepEqual(problems(test), []);
    assert.equal(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: folder, name: 'acme' }), true);
    await becomes(() => outline('phases'), ['pixsim7', 'acme']);
    await becomes(() => problems(test), before);
  });

  it('goes all the way in one folder, while the other waits', async () => {
    const folder = uriOf('', 'acme');
    const states = async (name: string): Promise<string[]> =>
      rowAt(await api.rows('phases'), name).children.map(({ description = '' }) => description.replace(/ · .*/u, ''));
    const waiting = await states('pixsim7');
    assert.deepEqual(await states('acme'), ['open', 'open', 'open', 'blocked']);
    for (const phase of ['inventory', 'canonicalize', 'align'])
      await execute('applyPhase', { phase, folder, isConfirmed: true });
    const documents = async (): Promise<unknown> => {
      const { changes } = (await ask('tree-unifier_plan', { phase: 'deduplicate', folder: 'acme' })) as {
        changes: readonly { path: string; kind: string }[];
      };
      return changes.filter(({ kind }) => kind === 'document').map(({ path }) => path);
    };
    const taskFile = 'TREE_UNIFICATION.md';
    await settingChanges('changelogFile', 'README.md', documents, ['README.md', taskFile], folder);
    const report = await execute<ApplyReport>('applyPhase', { phase: 'deduplicate', folder, isConfirmed: true });
    assert.deepEqual(report.refused, []);
    assert.deepEqual(await states('acme'), ['done', 'done', 'done', 'done']);
    assert.deepEqual(await states('pixsim7'), waiting);
    assert.deepEqual(changedFiles(uriOf('', 'pixsim7')), []);
  });
});
