import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { violations } from './support/axe.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const WELCOME = '.part.sidebar .welcome-view-content';
const HALF = { width: 700, height: 450 };

describe('a window without a folder', () => {
  const workbench = useWorkbench(undefined, { hasPair: false });

  it('says what to open', async () => {
    await workbench().openView('Backend Trees');
    assert.deepEqual(await workbench().welcome('Inventory'), {
      text: ['Open the folder of a repository that holds two copies of one Python package.'],
      buttons: ['Open Folder'],
    });
    assert.deepEqual(await violations(workbench().page, WELCOME), []);
  });
});

describe('a folder without a tree pair', () => {
  const workbench = useWorkbench((dir) => writeFile(join(dir, 'README.md'), '# Nothing to unify here\n'), {
    hasPair: false,
  });

  it('says what was looked for, and offers to look further', async () => {
    await workbench().openView('Backend Trees');
    const { text, buttons } = await workbench().welcome('Inventory');
    assert.equal(
      text[0],
      'This workspace has no tree pair: there is no folder pixsim7_backend beside a folder pixsim7/backend/main.',
    );
    assert.deepEqual(buttons, ['Detect Trees']);
    assert.deepEqual(await violations(workbench().page, WELCOME), []);
    await workbench().page.locator(WELCOME).getByRole('button', { name: 'Detect Trees' }).click();
    await workbench().waitForNotification('No two folders of "sample" look like copies of one Python package.');
  });

  it('fits into half the window', async () => {
    const { page } = workbench();
    await workbench().runCommand('Notifications: Clear All Notifications');
    await page.setViewportSize(HALF);
    const button = await page.locator(WELCOME).getByRole('button', { name: 'Detect Trees' }).boundingBox();
    const sidebar = await page.locator('.part.sidebar').boundingBox();
    assert.ok(button && sidebar);
    assert.ok(button.x >= sidebar.x && button.x + button.width <= sidebar.x + sidebar.width);
    await workbench().screenshot('zoom-welcome');
  });
});

describe('a folder whose trees come while its view is open', () => {
  const workbench = useWorkbench((dir) => writeFile(join(dir, 'README.md'), '# Not yet\n'), { hasPair: false });

  it('has the welcome replaced by the files', async () => {
    await workbench().openView('Backend Trees');
    assert.deepEqual((await workbench().welcome('Inventory')).buttons, ['Detect Trees']);
    await makeTrees(workbench().folder);
    await workbench().treeItem('Inventory', 'Diverged').waitFor();
    await workbench().treeItem('Phases', '34.1 Inventory & Diff Backend Trees').waitFor();
    assert.equal(await workbench().page.locator(WELCOME).getByRole('button').count(), 0);
  });
});

describe('a pair that nothing refers to', () => {
  const workbench = useWorkbench(makeTrees);

  it('says so, of all references and of the live ones', async () => {
    await workbench().openView('Backend Trees');
    assert.deepEqual(await workbench().welcome('Legacy References'), {
      text: ['Nothing mentions the legacy name outside the legacy tree.'],
      buttons: [],
    });
    await workbench().runCommand('Backend Trees: Show Live References Only');
    await workbench().page.getByText('No live reference to the legacy name is left.').first().waitFor();
    assert.deepEqual(await workbench().welcome('Legacy References'), {
      text: ['No live reference to the legacy name is left.'],
      buttons: ['Show All References'],
    });
    assert.deepEqual(await violations(workbench().page, WELCOME), []);
  });
});

async function makeTrees(dir: string): Promise<void> {
  for (const tree of ['pixsim7_backend', 'pixsim7/backend/main']) {
    await mkdir(join(dir, tree), { recursive: true });
    await writeFile(join(dir, tree, '__init__.py'), '');
  }
}
