import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  it('activates in a workspace with a tree pair', async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.backend-tree-unifier'));
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });
});
