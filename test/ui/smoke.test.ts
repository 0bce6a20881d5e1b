import assert from 'node:assert/strict';
import { makeSample } from '../fixtures/sample.ts';
import { useWorkbench } from './support/useWorkbench.ts';

describe('the workbench with the extension', () => {
  const workbench = useWorkbench(makeSample);

  it('shows the inventory of the sample repository under its own icon', async () => {
    await workbench().openView('Backend Trees');
    const items = await workbench().treeItems('Inventory');
    await workbench().screenshot('inventory');
    assert.ok(items.length > 0);
  });
});
