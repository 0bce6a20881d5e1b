import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sampleFacts } from '../../fixtures/sample/facts.ts';
import { activated, leaves, problems, rowAt } from '../support.ts';

describe('in restricted mode', () => {
  it('both trees are compared, but without git nobody is ahead', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const rows = await (await activated()).rows('inventory');
    assert.equal(rowAt(rows, 'Diverged').description, String(sampleFacts.counts.diverged));
    const words = leaves(rowAt(rows, 'Diverged').children).map(({ description }) => description ?? '');
    assert.deepEqual(
      words.filter((word) => !/^(?:\d+ hunks?|not text)$/u.test(word)),
      [],
    );
  });

  it('says in rows, not in messages, what limits it', async () => {
    const labels = (await (await activated()).rows('inventory')).map(({ label }) => label);
    assert.ok(labels.includes('1 file could not be read or rewritten'), labels.join('\n'));
    assert.ok(
      labels.some((label) => label.startsWith('Without git ')),
      labels.join('\n'),
    );
  });

  it('references are reported', async () => {
    await activated();
    assert.deepEqual(problems('tests/test_health.py'), ['7:10 legacy-import Warning']);
  });
});
