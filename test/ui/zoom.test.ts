import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { makeSample } from '../fixtures/sample.ts';
import { useWorkbench } from './support/useWorkbench.ts';

/** What is left of the usual window at a zoom of 200 %: half of it in each direction. */
const HALF = { width: 700, height: 450 };

interface Sized {
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

describe('at a zoom of 200 %', () => {
  const workbench = useWorkbench(makeSample);

  before(async () => {
    await workbench().page.setViewportSize(HALF);
    await workbench().openView('Backend Trees');
  });

  /** Fails for what reaches over the edge of the window, or has text that it cuts off. */
  const isWhole = async (element: Locator): Promise<void> => {
    const box = await element.boundingBox();
    assert.ok(box, 'it is not there');
    assert.ok(box.x >= 0 && box.y >= 0, JSON.stringify(box));
    assert.ok(box.x + box.width <= HALF.width && box.y + box.height <= HALF.height, JSON.stringify(box));
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = await element.evaluate((one: Sized) => ({
      scrollWidth: one.scrollWidth,
      clientWidth: one.clientWidth,
      scrollHeight: one.scrollHeight,
      clientHeight: one.clientHeight,
    }));
    assert.ok(
      scrollWidth <= clientWidth && scrollHeight <= clientHeight,
      `${scrollWidth}×${scrollHeight} in ${clientWidth}×${clientHeight}`,
    );
  };

  it('all three views are there, each with rows', async () => {
    for (const view of ['Inventory', 'Legacy References', 'Phases']) {
      const row = workbench().tree(view).getByRole('treeitem').first();
      await row.waitFor();
      await isWhole(row);
    }
    await isWhole(workbench().statusItem());
    await workbench().screenshot('zoom-sidebar');
  });

  it('the whole context menu can be reached', async () => {
    const { page } = workbench();
    await workbench().treeItem('Inventory', 'migrations.py').click({ button: 'right' });
    const menu = page.locator('.monaco-menu').first();
    await menu.waitFor();
    await isWhole(menu);
    await workbench().screenshot('zoom-menu');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
  });

  it('questions and dialogs are whole', async () => {
    const { page } = workbench();
    await workbench().runCommand('Backend Trees: Apply Phase…');
    await page.getByRole('option', { name: '34.2 Fix Canonical Package & Update Imports, ' }).waitFor();
    await isWhole(page.locator('.quick-input-widget'));
    await workbench().screenshot('zoom-phases');
    await workbench().pick('34.2 Fix Canonical Package & Update Imports');
    await page.locator('.monaco-dialog-box').waitFor();
    await isWhole(page.locator('.monaco-dialog-box'));
    await isWhole(page.locator('.monaco-dialog-box .dialog-message-detail'));
    for (const button of await page.locator('.monaco-dialog-box .monaco-button').all()) await isWhole(button);
    await workbench().screenshot('zoom-dialog');
    await page.keyboard.press('Escape');
    await page.locator('.monaco-dialog-box').waitFor({ state: 'hidden' });
  });

  it('the comparison has a way to take a hunk', async () => {
    const { page } = workbench();
    await workbench().clickTreeItem('Inventory', 'Diverged', 'api', 'admin', 'migrations.py');
    await page
      .locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .line-delete')
      .first()
      .waitFor({ state: 'attached' });
    for (const name of ['Take Legacy Hunk', 'Take Canonical Hunk'])
      await isWhole(page.locator('.editor-actions').getByRole('button', { name }));
    await workbench().screenshot('zoom-comparison');
  });
});
