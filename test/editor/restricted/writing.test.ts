import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { wholeTree } from '../../node/wholeTree.ts';
import { createGuardedWriting } from '../../../src/node/apply/guardedWriting.ts';
import { createCheckpoints } from '../../../src/node/checkpoint/checkpoints.ts';
import { createGit } from '../../../src/node/git.ts';
import { activated, execute, uriOf, write } from '../support.ts';

const conflict = 'pixsim7/backend/main/routes/websocket/manifest.py';
const drifted = 'pixsim7/backend/main/api/v1/assets.py';

/** There is something to restore, and something to finish: refusing is all that keeps them from it. */
async function tempt(): Promise<string> {
  const root = uriOf('').fsPath;
  const ports = { git: createGit(root) };
  const { name } = await createCheckpoints(root, ports).create('canonicalize');
  const paths = ['docs/one.md', 'docs/two.md'];
  const outcomes = paths.map((path) => ({ path, before: undefined, after: Buffer.from('new\n') }));
  const editor = {
    holds: () => undefined,
    write: async ([first = '']: readonly string[]) => {
      await write(first, 'new\n');
      throw new Error('Killed');
    },
  };
  const writing = createGuardedWriting(root, ports).run(outcomes, { phase: 'canonicalize', checkpoint: name }, editor);
  await assert.rejects(writing, { code: 'interrupted' });
  return name;
}

describe('in restricted mode nothing is written', () => {
  let checkpoint: string;
  before(async () => {
    await activated();
    checkpoint = await tempt();
  });

  it('by restoreCheckpoint', async () => {
    const before = wholeTree(uriOf('').fsPath, []);
    assert.equal(await execute('restoreCheckpoint', { name: checkpoint, isConfirmed: true }), undefined);
    assert.deepEqual(wholeTree(uriOf('').fsPath, []), before);
  });

  for (const [command, argument] of [
    ['takeLegacy', drifted],
    ['takeCanonical', drifted],
    ['merge', drifted],
    ['writeMarkers', conflict],
    ['resolveConflict', conflict],
    ['applyPhase', { phase: 'canonicalize', isConfirmed: true }],
    ['previewPhase', { phase: 'canonicalize' }],
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
