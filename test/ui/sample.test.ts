import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSample, sampleFacts } from '../fixtures/sample.ts';
import { useWorkbench } from './support/useWorkbench.ts';

describe('the sample, seen and used as a person would', () => {
  const workbench = useWorkbench(makeSample);

  it('the sidebar has both trees, the references by category, and the phases', async () => {
    await workbench().openView('Backend Trees');
    const [first, ...files] = await workbench().treeItems('Inventory');
    assert.deepEqual([first?.label, first?.description], ['Diverged', `${sampleFacts.counts.diverged}`]);
    const assets = files.find(({ label }) => label === 'assets.py');
    assert.equal(assets?.description, 'legacy ahead · 2 hunks · merge: takes legacy');
    const categories = (await workbench().treeItems('Legacy References')).map(({ label }) => label);
    assert.ok(categories.includes('Docker') && categories.includes('Tests'), categories.join(', '));
    const phases = (await workbench().treeItems('Phases')).filter(({ level }) => level === 1);
    assert.deepEqual(
      phases.map(({ label }) => label.slice(0, 4)),
      ['34.1', '34.2', '34.3', '34.4'],
    );
  });

  it('a click on a diverged file opens a diff whose left side speaks the canonical names', async () => {
    await workbench().openView('Backend Trees');
    await workbench().clickTreeItem('Inventory', 'Diverged', 'api', 'v1', 'assets.py');
    await workbench().page.locator('.tab.active', { hasText: 'assets.py (legacy ↔ canonical)' }).waitFor();
    const left = workbench().page.locator('.monaco-diff-editor .editor.original .view-lines');
    await left.filter({ hasText: 'provider_status' }).waitFor();
    assert.doesNotMatch(await left.innerText(), /pixsim7_backend/u);
    await workbench().screenshot('overview');
  });

  it('the light bulb rewrites an import, and the file on the disk has it after saving', async () => {
    const path = 'tests/test_health.py';
    const before = await readFile(join(workbench().folder, path), 'utf8');
    const lines = before.split('\n');
    const line = lines.findIndex((text) => text.includes('pixsim7_backend'));
    const column = (lines[line]?.indexOf('pixsim7_backend') ?? 0) + 3;
    await workbench().openFile(path, line + 1, column);
    await workbench().page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    const rewrite = (await workbench().lightBulb()).find((label) => label.startsWith('Rewrite to'));
    assert.ok(rewrite !== undefined);
    await workbench().lightBulb(rewrite);
    await workbench().saveAll();
    const after = await readFile(join(workbench().folder, path), 'utf8');
    assert.equal(after, before.replace('pixsim7_backend', 'pixsim7.backend.main'));
  });

  for (const theme of ['light', 'dark', 'highContrast'] as const) {
    it(`is legible in the theme ${theme}`, async () => {
      await workbench().setTheme(theme);
      await workbench().openView('Backend Trees');
      await workbench().openFile('launcher/gui/services.py', 1, 1);
      await workbench().page.keyboard.press('ControlOrMeta+Shift+M');
      await workbench().page.locator('.markers-panel .monaco-list-row').first().waitFor();
      const picture = await workbench().screenshot(`problems-${theme}`);
      assert.ok((await readFile(picture)).length > 20_000);
      await workbench().page.keyboard.press('ControlOrMeta+Shift+M');
      await workbench().page.locator('.markers-panel').first().waitFor({ state: 'hidden' });
    });
  }
});
