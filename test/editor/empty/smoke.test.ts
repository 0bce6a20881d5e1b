import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension, in a folder without any tree pair', () => {
  it('activates without an error', async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.backend-tree-unifier'));
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });
});
