import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { wholeTree } from '../../node/wholeTree.ts';
import { activated, execute, uriOf } from '../support.ts';

const conflict = 'pixsim7/backend/main/routes/websocket/manifest.py';
const drifted = 'pixsim7/backend/main/api/v1/assets.py';

describe('in restricted mode nothing is written', () => {
  before(activated);

  for (const [command, argument] of [
    ['takeLegacy', drifted],
    ['takeCanonical', drifted],
    ['merge', drifted],
    ['writeMarkers', conflict],
    ['resolveConflict', conflict],
    ['applyPhase', { phase: 'canonicalize', isConfirmed: true }],
    ['previewPhase', { phase: 'canonicalize' }],
    ['restoreCheckpoint', { name: 'any', isConfirmed: true }],
    ['resolveInterrupted', 'finish'],
  ] as const) {
    it(`by ${command}`, async () => {
      const before = wholeTree(uriOf('').fsPath, []);
      const answer = await execute(
        command,
        typeof argument === 'string' && argument.includes('/') ? uriOf(argument) : argument,
      );
      assert.ok(answer === undefined || answer === false, String(answer));
      assert.deepEqual(wholeTree(uriOf('').fsPath, []), before);
    });
  }

  for (const command of ['takeLegacyHunk', 'takeCanonicalHunk']) {
    it(`by ${command}`, async () => {
      await vscode.commands.executeCommand('treeUnifier.compareCopies', uriOf(drifted));
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      const line = editor.document
        .getText()
        .split('\n')
        .findIndex((one) => one.includes('return {'));
      editor.selection = new vscode.Selection(line, 0, line, 0);
      assert.equal(await execute(command), false);
      assert.deepEqual(
        // Of the workspace: VS Code itself writes the user's settings now and then.
        vscode.workspace.textDocuments.filter(
          ({ isDirty, uri }) => isDirty && vscode.workspace.getWorkspaceFolder(uri) !== undefined,
        ),
        [],
      );
    });
  }
});
