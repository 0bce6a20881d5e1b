import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSample } from '../fixtures/sample.ts';
import { useWorkbench } from './support/useWorkbench.ts';

async function setPair(dir: string, legacy: string, canonical: string): Promise<void> {
  await mkdir(join(dir, '.vscode'), { recursive: true });
  const pairs = [{ legacy: { root: legacy }, canonical: { root: canonical } }];
  await writeFile(join(dir, '.vscode', 'settings.json'), JSON.stringify({ 'treeUnifier.pairs': pairs }));
}

describe('roots that cannot be, in the workbench', () => {
  const workbench = useWorkbench(
    async (dir) => {
      await makeSample(dir);
      await setPair(dir, 'nowhere', 'pixsim7/backend/main');
    },
    { hasPair: false },
  );

  it('a missing root is said once, with the way to mend it, and the view says it too', async () => {
    await workbench().waitForNotification('There is no folder nowhere, the legacy tree.');
    await workbench().openView('Backend Trees');
    const { text, buttons } = await workbench().welcome('Inventory');
    assert.match(text[0] ?? '', /^The two trees could not be compared\./u);
    assert.deepEqual(buttons, ['Open Settings', 'Show Log']);
  });

  for (const [name, legacy, canonical, message] of [
    ['a file as root', 'pyproject.toml', 'pixsim7/backend/main', 'pyproject.toml, is a file, not a folder'],
    ['nested roots', 'pixsim7', 'pixsim7/backend/main', 'One tree of the pair lies inside the other'],
    ['a bad setting', '/absolute', 'pixsim7/backend/main', 'treeUnifier.pairs'],
  ] as const) {
    it(`${name}, after the settings changed`, async () => {
      await setPair(workbench().folder, legacy, canonical);
      await workbench().waitForNotification(message);
    });
  }

  it('settings that are right again fill the view', async () => {
    await setPair(workbench().folder, 'pixsim7_backend', 'pixsim7/backend/main');
    await workbench().statusItem().waitFor();
  });
});

describe('a folder without git, in the workbench', () => {
  const workbench = useWorkbench(async (dir) => {
    await makeSample(dir, { git: false });
  });

  it('is compared, and nobody is said to be ahead', async () => {
    await workbench().openView('Backend Trees');
    const assets = (await workbench().treeItems('Inventory')).find(({ label }) => label === 'assets.py');
    assert.equal(assets?.description, '2 hunks');
    await workbench().clickTreeItem('Inventory', 'Diverged');
    await workbench().page.keyboard.press('End');
    await workbench().page.getByText('Without git there is no history').first().waitFor();
  });
});
