import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { makeSample } from '../fixtures/sample.ts';
import { Keyboard } from './support/keyboard.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const canonical = 'pixsim7/backend/main/api/v1/assets.py';
const legacy = 'pixsim7_backend/api/v1/assets.py';

/** One story from start to end; each test goes on where the one before left off. */
describe('with the keyboard alone', () => {
  const workbench = useWorkbench(makeSample);
  const keyboard = (): Keyboard => new Keyboard(workbench().page);
  const read = (path: string): Promise<string> => readFile(join(workbench().folder, path), 'utf8');
  const changed = (): string[] => {
    const options = { cwd: workbench().folder, encoding: 'utf8' } as const;
    const lines = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], options).split('\n');
    return lines.filter((line) => line !== '').map((line) => line.trim());
  };
  const becomes = async <T>(value: () => T | Promise<T>, expected: T): Promise<void> => {
    const deadline = Date.now() + 20_000;
    while (!isDeepStrictEqual(await value(), expected) && Date.now() < deadline)
      await workbench().page.waitForTimeout(50);
    assert.deepEqual(await value(), expected);
  };
  const cursorAt = (line: number): Promise<void> =>
    workbench().page.locator('.part.statusbar').getByText(`Ln ${line}, Col `).waitFor();

  before(async () => {
    await workbench().page.evaluate(
      `window.clicks = 0; addEventListener('mousedown', () => { window.clicks += 1 }, { capture: true })`,
    );
  });

  it('the tree is walked, a diff opened, and hunks taken from either side', async () => {
    const { page } = workbench();
    await keyboard().walkTo('Inventory', /^api\/v1\/assets\.py /u);
    await keyboard().press('Enter');
    const right = page.locator('.monaco-diff-editor .editor.modified');
    await page.locator('.monaco-diff-editor .line-delete').first().waitFor({ state: 'attached' });
    await right.locator('.monaco-editor.focused, .native-edit-context:focus').first().waitFor();
    await keyboard().press('Control+Home');
    await cursorAt(1);
    await keyboard().press('Alt+F5');
    await cursorAt(8);
    await keyboard().press('Control+K Alt+L');
    await right.getByText('def provider_status').waitFor();
    await keyboard().press('Control+S');
    await becomes(changed, [`M ${canonical}`]);
    assert.match(await read(canonical), /^def provider_status\(asset: Asset\) -> str:\n/mu);
    await keyboard().press('Alt+F5');
    await cursorAt(16);
    await keyboard().press('Control+K Alt+C');
    await becomes(changed, [`M ${canonical}`, `M ${legacy}`]);
    assert.match(await read(legacy), /^ {4}return \{"id": asset\.id, /mu);
    await page.locator('.monaco-diff-editor .line-delete').first().waitFor({ state: 'detached' });
  });

  it('the context menu of a row settles a file', async () => {
    await keyboard().walkTo('Inventory', /^main\.py /u);
    await keyboard().menu('Take Canonical');
    await becomes(changed, [`M ${canonical}`, `M ${legacy}`, 'M pixsim7_backend/main.py']);
  });

  it('the light bulb mends the reference that a row leads to', async () => {
    const { page } = workbench();
    await keyboard().walkTo('Legacy References', /^Tests: /u);
    await keyboard().press('ArrowRight');
    await keyboard().walkTo('Legacy References', /^tests\/test_health\.py /u);
    await keyboard().press('ArrowRight');
    await keyboard().walkTo('Legacy References', /^Line 7: /u);
    await keyboard().press('Enter');
    await cursorAt(7);
    await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
    await page.locator('.editor-group-container.active [class*="lightbulb" i]').first().waitFor();
    await keyboard().press('Control+.');
    await page.locator('.action-widget .monaco-list:focus .monaco-list-row.focused').waitFor();
    await keyboard().press('Enter');
    await page.locator('.action-widget').first().waitFor({ state: 'hidden' });
    await page.locator('.squiggly-warning').first().waitFor({ state: 'detached' });
    await keyboard().press('Control+S');
    await becomes(changed, [`M ${canonical}`, `M ${legacy}`, 'M pixsim7_backend/main.py', 'M tests/test_health.py']);
  });

  it('a phase is previewed, one entry unticked, and the rest applied', async () => {
    const { page } = workbench();
    const before = changed();
    await keyboard().walkTo('Phases', /^Phase 34\.3 .* is open, \d+ left\.$/u);
    await keyboard().menu('Preview Phase…');
    const rows = page.locator('.bulk-edit-panel .monaco-list-row');
    await page.locator('.bulk-edit-panel [role=tree]:focus').waitFor();
    await rows.filter({ hasText: 'settings.local.json' }).first().waitFor();
    await keyboard().press('Home');
    await keyboard().press('Space');
    await rows.first().locator('.edit-checkbox:not(:checked)').waitFor();
    await keyboard().press('Control+Enter');
    await workbench().waitForNotification('Applied. Left: ');
    const news = changed().filter((file) => !before.includes(file));
    assert.deepEqual([news.includes('M .claude/settings.local.json'), news.includes('M .coveragerc')], [false, true]);
  });

  const phaseIs = (state: string): Promise<void> =>
    workbench()
      .tree('Phases')
      .getByRole('treeitem', { name: `Phase 34.1 Inventory & Diff Backend Trees is ${state}` })
      .waitFor();

  it('a phase of the palette is applied', async () => {
    await phaseIs('open, 1 left.');
    await keyboard().command('Backend Trees: Apply Phase…');
    await keyboard().choose('34.1 Inventory & Diff Backend Trees');
    await keyboard().dialog('Apply 34.1 Inventory & Diff Backend Trees?', 'Apply');
    await phaseIs('done.');
  });

  it('a checkpoint is restored', async () => {
    await keyboard().command('Backend Trees: Restore Checkpoint…');
    await keyboard().choose('Before inventory');
    await keyboard().dialog('Restore ', 'Restore');
    await phaseIs('open, 1 left.');
  });

  it('and the button of its notification undoes that', async () => {
    await keyboard().notification('Restored: ', 'Undo Restore…');
    await keyboard().dialog('Restore ', 'Restore');
    await phaseIs('done.');
  });

  it('and no button of a mouse was pressed', async () => {
    assert.equal(await workbench().page.evaluate('window.clicks'), 0);
  });
});
