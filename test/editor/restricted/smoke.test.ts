import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension, in restricted mode', () => {
  it('activates without the workspace being trusted', async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.backend-tree-unifier'));
    await extension?.activate();
    assert.deepEqual([vscode.workspace.isTrusted, extension?.isActive], [false, true]);
  });
});
