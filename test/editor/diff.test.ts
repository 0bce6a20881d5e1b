import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, becomes, closeEditors, uriOf } from './support.ts';

const legacy = 'pixsim7_backend/api/v1/assets.py';
const canonical = 'pixsim7/backend/main/api/v1/assets.py';

async function compare(path: string): Promise<vscode.TabInputTextDiff> {
  await vscode.commands.executeCommand('treeUnifier.compareCopies', uriOf(path));
  await becomes(() => input() instanceof vscode.TabInputTextDiff, true);
  return input() as vscode.TabInputTextDiff;
}

function input(): unknown {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input;
}

async function leftText(diff: vscode.TabInputTextDiff): Promise<string> {
  return (await vscode.workspace.openTextDocument(diff.original)).getText();
}

describe('comparing the two copies', () => {
  before(activated);
  afterEach(closeEditors);

  for (const path of [legacy, canonical]) {
    it(`shows the rewritten legacy file beside the canonical one, from ${path}`, async () => {
      const diff = await compare(path);
      assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, 'assets.py (legacy ↔ canonical)');
      assert.equal(diff.modified.toString(), uriOf(canonical).toString());
      const left = await leftText(diff);
      assert.match(left, /from pixsim7\.backend\.main\./u);
      assert.doesNotMatch(left, /pixsim7_backend/u);
    });
  }

  it('shows the legacy file as it is, and rewritten again', async () => {
    const diff = await compare(canonical);
    await vscode.commands.executeCommand('treeUnifier.showRawLegacy');
    await becomes(async () => (await leftText(diff)).includes('pixsim7_backend'), true);
    await vscode.commands.executeCommand('treeUnifier.showRewrittenLegacy');
    await becomes(async () => (await leftText(diff)).includes('pixsim7_backend'), false);
  });

  it('follows the legacy file', async () => {
    const diff = await compare(canonical);
    const before = await vscode.workspace.fs.readFile(uriOf(legacy));
    await vscode.workspace.fs.writeFile(uriOf(legacy), Buffer.concat([before, Buffer.from('# added\n')]));
    await becomes(async () => (await leftText(diff)).endsWith('# added\n'), true);
    await vscode.workspace.fs.writeFile(uriOf(legacy), before);
    await becomes(async () => (await leftText(diff)).endsWith('# added\n'), false);
  });

  it('opens a file that one tree alone has', async () => {
    const path = 'pixsim7_backend/infrastructure/websocket/types.py';
    await vscode.commands.executeCommand('treeUnifier.compareCopies', uriOf(path));
    await becomes(
      () => (input() instanceof vscode.TabInputText ? (input() as vscode.TabInputText).uri.path : ''),
      uriOf(path).path,
    );
  });
});
