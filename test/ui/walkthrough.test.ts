import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSample } from '../fixtures/sample.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const taskFile = 'claude-tasks/34-backend-tree-unification-and-packaging.md';

describe('the walkthrough', () => {
  const workbench = useWorkbench(makeSample);

  it('leads to the phases, and ticks a step when its phase is measured to be done', async () => {
    const { page } = workbench();
    await workbench().openView('Backend Trees');
    await workbench().runCommand('Welcome: Open Walkthrough...');
    await workbench().pick('Unify two drifted trees');
    const step = (id: string) => page.locator(`.getting-started-step[data-step-id$="#${id}"]`);
    const ticked = (id: string) => page.locator(`.codicon.complete[data-done-step-id$="#${id}"]`).first();
    await step('inventory').click();
    await workbench().screenshot('walkthrough');
    assert.equal(await ticked('inventory').count(), 0);
    await step('inventory').getByRole('button', { name: 'Apply', exact: true }).click();
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Apply', exact: true }).click();
    await ticked('inventory').waitFor({ state: 'attached' });
    const text = await readFile(join(workbench().folder, taskFile), 'utf8');
    assert.match(text, /^- \[X\] \*\*Phase 34\.1 /mu);
    assert.equal(await ticked('canonicalize').count(), 0);
  });
});
