import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EditorApi } from '../../src/editor/index.ts';
import { sampleFacts } from '../fixtures/sample/facts.ts';
import { activated, becomes, leaves, problems, remove, rowAt, uriOf, write } from './support.ts';

describe('the views', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });

  it('group the files of both trees and count them', async () => {
    const { diverged, legacyOnly, canonicalOnly, equivalent } = sampleFacts.counts;
    const groups = (await api.rows('inventory')).map(({ label, description }) => `${label} ${description ?? ''}`);
    assert.deepEqual(groups, [
      `Diverged ${diverged}`,
      `Only in legacy ${legacyOnly}`,
      `Only in canonical ${canonicalOnly}`,
      `Equivalent ${equivalent}`,
      '1 file could not be read or rewritten ',
    ]);
    const unread = rowAt(await api.rows('inventory'), '1 file could not be read or rewritten');
    assert.ok(String(unread.tooltip).includes(sampleFacts.notUtf8));
  });

  it('join folders that hold one folder alone, and say who is ahead', async () => {
    const rows = await api.rows('inventory');
    const row = rowAt(rows, 'Only in canonical', 'services/game', 'social_context_service.py');
    assert.equal(row.description, 'added in canonical · merge: takes canonical');
    assert.match(
      rowAt(rows, 'Diverged', 'api', 'v1', 'assets.py').description ?? '',
      /^legacy ahead · \d+ hunks? · merge: takes legacy$/u,
    );
  });

  it('tell in the tooltip what one side alone defines', async () => {
    const row = rowAt(await api.rows('inventory'), 'Diverged', 'api', 'v1', 'assets.py');
    assert.match(row.tooltip ?? '', /Defined only in legacy:\n\n- `provider_status` \(line \d+/u);
    assert.match(row.tooltip ?? '', /Lines that differ:\n\n- legacy /u);
  });

  it('list every reference by category and file, the reference marked in its line', async () => {
    const rows = await api.rows('references');
    assert.equal(leaves(rows).length, sampleFacts.occurrences);
    const [row] = rowAt(rows, 'Tests', 'test_health.py').children;
    assert.equal(row?.label, 'from pixsim7_backend.main import app');
    const [[start, end] = [0, 0]] = row.highlights ?? [];
    assert.equal(row.label.slice(start, end), 'pixsim7_backend.main');
  });

  it('show the four phases', async () => {
    const phases = await api.rows('phases');
    assert.deepEqual(
      phases.map(({ label }) => label.split(' ')[0]),
      ['34.1', '34.2', '34.3', '34.4'],
    );
  });

  it('follow a file that comes and goes', async () => {
    const counts = async (): Promise<string> =>
      rowAt(await api.rows('inventory'), 'Only in canonical').description ?? '';
    const before = await counts();
    await write('pixsim7/backend/main/services/probe.py', 'x = 1\n');
    await becomes(counts, String(sampleFacts.counts.canonicalOnly + 1));
    await remove('pixsim7/backend/main/services/probe.py');
    await becomes(counts, before);
  });

  it('are empty while the canonical tree is away, and full again when it is back', async () => {
    const labels = async (): Promise<string[]> => (await api.rows('inventory')).map(({ label }) => label);
    const before = await labels();
    await vscode.workspace.fs.rename(uriOf('pixsim7/backend/main'), uriOf('elsewhere'));
    await becomes(labels, []);
    assert.deepEqual(problems('tests/test_health.py'), []);
    await vscode.workspace.fs.rename(uriOf('elsewhere'), uriOf('pixsim7/backend/main'));
    await becomes(labels, before);
    assert.equal(problems('tests/test_health.py').length, 1);
  });

  it('show live references alone when asked to', async () => {
    const count = async (): Promise<number> => leaves(await api.rows('references')).length;
    const all = await count();
    await vscode.commands.executeCommand('treeUnifier.showLiveOnly');
    const live = await count();
    assert.ok(live < all);
    const words = leaves(await api.rows('references')).map(({ description }) => description ?? '');
    assert.deepEqual(
      words.filter((word) => /historical|kept|own name/u.test(word)),
      [],
    );
    await vscode.commands.executeCommand('treeUnifier.showAllStandings');
    assert.equal(await count(), all);
  });
});
