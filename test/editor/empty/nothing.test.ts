import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from '../support.ts';

describe('without a tree pair', () => {
  it('nothing is listed and nothing is said', async () => {
    const api = await activated();
    const rows = await Promise.all([api.rows('inventory'), api.rows('references'), api.rows('phases')]);
    assert.deepEqual(rows, [[], [], []]);
    const said = vscode.languages
      .getDiagnostics()
      .flatMap(([, diagnostics]) => diagnostics.filter(({ source }) => source === 'tree-unifier'));
    assert.deepEqual(said, []);
  });
});
