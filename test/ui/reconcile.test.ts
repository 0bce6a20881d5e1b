import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSample } from '../fixtures/sample.ts';
import { becomes } from '../helpers/becomes.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const assets = 'api/v1/assets.py';

describe('deciding with the mouse', () => {
  const workbench = useWorkbench(makeSample);
  const read = (path: string): Promise<string> => readFile(join(workbench().folder, path), 'utf8');

  it('the context menu of a file takes legacy', async () => {
    const canonical = `pixsim7/backend/main/${assets}`;
    await workbench().openView('Backend Trees');
    await workbench().clickTreeItem('Inventory', 'Diverged', 'api', 'v1', 'assets.py');
    // The comparison takes the focus when it is there, and with it an open menu.
    await workbench().page.locator('.monaco-diff-editor .editor.original .view-line').first().waitFor();
    const item = workbench().treeItem('Inventory', 'assets.py');
    await item.click({ button: 'right' });
    await workbench().page.getByRole('menuitem', { name: 'Take Legacy', exact: true }).waitFor();
    await workbench().screenshot('context-menu');
    await workbench().page.getByRole('menuitem', { name: 'Take Legacy', exact: true }).click();
    const legacy = await read(`pixsim7_backend/${assets}`);
    await becomes(() => read(canonical), legacy.replaceAll('pixsim7_backend', 'pixsim7.backend.main'));
    await workbench().waitForNotification('1 file changed.');
  });

  it('a conflict opens in the merge editor', async () => {
    const path = 'pixsim7/backend/main/routes/websocket/manifest.py';
    await workbench().openFile(path);
    await workbench().runCommand('Backend Trees: Resolve in Merge Editor');
    const editor = workbench().page.locator('.merge-editor');
    await editor.getByText('Accept Combination').first().waitFor();
    await workbench().screenshot('merge-editor');
    await workbench().runCommand('Merge Editor: Accept All Incoming Changes from Left');
    await workbench().page.getByRole('button', { name: 'Complete Merge for Both Copies' }).first().click();
    await becomes(async () => {
      const [old, kept] = [await read('pixsim7_backend/routes/websocket/manifest.py'), await read(path)];
      return old.includes('PROTOCOL') && old === kept.replaceAll('pixsim7.backend.main', 'pixsim7_backend');
    }, true);
  });
});

describe('undoing a phase', () => {
  const workbench = useWorkbench(makeSample);
  const status = (): string[] => {
    const options = { cwd: workbench().folder, encoding: 'utf8' } as const;
    const lines = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], options).split('\n');
    return lines.filter((line) => line !== '');
  };

  it('takes one step', async () => {
    const { page } = workbench();
    const before = (await workbench().statusItem().innerText()).trim();
    await workbench().openFile('README.md');
    await workbench().runCommand('Backend Trees: Apply Phase…');
    await workbench().pick('34.2 Fix Canonical Package & Update Imports');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await workbench().waitForNotification('33 files changed.');
    assert.equal(status().length, 33);
    assert.notEqual((await workbench().statusItem().innerText()).trim(), before);
    await workbench().runCommand('View: Focus Active Editor Group');
    await page.locator('.monaco-editor.focused').first().waitFor();
    await page.keyboard.press('ControlOrMeta+Z');
    // The counts have unsaved text in them; what was made and deleted is undone on the disk as well.
    await workbench().statusItem().filter({ hasText: before }).waitFor();
    assert.deepEqual(
      status().filter((line) => !line.startsWith(' M')),
      [],
    );
  });
});

describe('previewing a phase', () => {
  const workbench = useWorkbench(makeSample);
  const read = (path: string): Promise<string> => readFile(join(workbench().folder, path), 'utf8');

  it('opens with everything ticked that needs no review, and what is unticked is not applied', async () => {
    const { page } = workbench();
    // One is unticked by hand, and the one mention in the last needs review.
    const paths = ['.coveragerc', '.dockerignore', 'Makefile', 'pixsim7/backend/main/Dockerfile'];
    const before = Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));
    await workbench().openView('Backend Trees');
    await workbench().treeItem('Inventory', 'assets.py').waitFor();
    const row = workbench().treeItem('Phases', '34.3 Align Dev Scripts, Launcher & Docker');
    await row.hover();
    await workbench().screenshot('phases');
    await row.getByRole('button', { name: 'Preview Phase…' }).click();
    const panel = page.locator('.bulk-edit-panel');
    await panel.locator('.monaco-list-row').first().waitFor();
    await page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
    await workbench().screenshot('refactor-preview');
    assert.equal(await read('.dockerignore'), before['.dockerignore']);
    const file = panel.locator('.monaco-list-row', { hasText: '.coveragerc' }).first();
    await file.locator('.edit-checkbox').uncheck();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await workbench().waitForNotification('Applied. Left: ');
    const changed = [];
    for (const path of paths) if ((await read(path)) !== before[path]) changed.push(path);
    assert.deepEqual(changed, ['.dockerignore', 'Makefile']);
  });
});
