import assert from 'node:assert/strict';
import { makeSample } from '../fixtures/sample.ts';
import { iconContrasts, violations } from './support/axe.ts';
import { useWorkbench } from './support/useWorkbench.ts';

/** Parts of the window with something of ours in them. */
const parts = {
  sidebar: '.part.sidebar',
  quickPick: '.quick-input-widget',
  dialog: '.monaco-dialog-box',
  notification: '.notifications-toasts',
  walkthrough: '.gettingStartedDetailsContent',
} as const;
type Part = keyof typeof parts;

/**
 * What axe finds in these parts whoever fills them, and why: VS Code's to mend. The last test shows that each is found in
 * VS Code's own views, questions and messages too.
 */
const theirs: Readonly<Record<Part, Readonly<Record<string, string>>>> = {
  sidebar: {
    'nested-interactive on div.pane-header':
      'The header of a view is a button that has the buttons of its title in it.',
    'label-content-name-mismatch on div.monaco-list-row':
      'Label and description have no blank between them ("main.py1 hunk"), so no name holds the text of both.',
  },
  quickPick: {
    'aria-allowed-attr on div.monaco-list-row': 'An entry has a level, as if it stood in a tree.',
    'aria-prohibited-attr on div.monaco-keybinding': 'A key is named on an element without a role.',
    'label-content-name-mismatch on div.monaco-list-row': 'As in the views.',
    'color-contrast on span.monaco-highlighted-label': 'The light theme gives the second line of an entry 4.4 for 4.5.',
  },
  dialog: {
    'aria-prohibited-attr on div.dialog-icon': 'The icon is named on an element without a role.',
  },
  notification: {
    'aria-allowed-attr on div.monaco-list': 'The list is said to be one line.',
    'aria-allowed-attr on div.monaco-list-row': 'A message is a dialog that has a level.',
    'aria-required-children on div.monaco-list': 'The list holds dialogs.',
  },
  walkthrough: {
    'aria-allowed-attr on button.getting-started-step': 'A step is a button that can be checked.',
    'aria-required-children on div.getting-started-detail-container': 'The list of steps holds buttons.',
    'frame-title on iframe.webview': 'The frame around the picture of a step has no title.',
    'label-content-name-mismatch on button.getting-started-step': 'A step is named by a sentence about its id.',
    'nested-interactive on button.getting-started-step': 'A step is a button that has the buttons of its text in it.',
  },
};

describe('the accessibility checker', () => {
  const workbench = useWorkbench(makeSample);
  const ours = async (part: Part): Promise<string[]> => {
    const found = await violations(workbench().page, parts[part]);
    return found.filter((one) => !Object.hasOwn(theirs[part], one));
  };

  for (const theme of ['dark', 'light', 'highContrast', 'highContrastLight'] as const) {
    it(`finds nothing of ours in the theme ${theme}`, async () => {
      const { page } = workbench();
      await workbench().setTheme(theme);
      await workbench().openView('Backend Trees');
      await workbench().expand('Legacy References', 'Tests', 'test_websocket_contract.py');
      await workbench().expand('Phases', '34.2 Fix Canonical Package & Update Imports');
      assert.deepEqual(await ours('sidebar'), []);
      assert.deepEqual(await violations(page, '[id$="treeUnifier.counts"]'), []);
      await workbench().screenshot(`sidebar-${theme}`);
      await workbench().runCommand('Backend Trees: Apply Phase…');
      await page.getByRole('option', { name: '34.1 Inventory & Diff Backend Trees, ' }).waitFor();
      assert.deepEqual(await ours('quickPick'), []);
      await workbench().screenshot(`phases-${theme}`);
      await workbench().pick('34.1 Inventory & Diff Backend Trees');
      await page.locator(parts.dialog).waitFor();
      assert.deepEqual(await ours('dialog'), []);
      await workbench().screenshot(`dialog-${theme}`);
      await page.keyboard.press('Escape');
      await page.locator(parts.dialog).waitFor({ state: 'hidden' });
      await workbench().runCommand('Backend Trees: Restore Checkpoint…');
      await workbench().waitForNotification('There is no checkpoint yet');
      assert.deepEqual(await ours('notification'), []);
      await workbench().runCommand('Notifications: Clear All Notifications');
    });

    it(`sees every icon of ours stand out in the theme ${theme}`, async () => {
      await workbench().setTheme(theme);
      await workbench().openView('Backend Trees');
      await workbench().treeItem('Phases', '34.1 Inventory & Diff Backend Trees').waitFor();
      await workbench().expand('Legacy References', 'Tests');
      const icons = await iconContrasts(workbench().page, '.part.sidebar .custom-view-tree-node-item-icon');
      assert.ok(Object.keys(icons).length >= 6, JSON.stringify(icons));
      assert.deepEqual(
        Object.entries(icons).filter(([, contrast]) => contrast < 3),
        [],
      );
    });
  }

  it('finds nothing of ours in the walkthrough', async () => {
    await workbench().runCommand('Welcome: Open Walkthrough...');
    await workbench().pick('Unify two drifted trees');
    await workbench().page.locator('.getting-started-step').first().waitFor();
    assert.deepEqual(await ours('walkthrough'), []);
  });

  it("finds what is set aside in VS Code's own parts too", async () => {
    const { page } = workbench();
    await workbench().setTheme('light');
    const missing = async (part: Part, ...more: readonly string[]): Promise<string[]> => {
      const found = [...(await violations(page, parts[part])), ...more];
      return Object.keys(theirs[part]).filter((one) => !found.includes(one));
    };
    await workbench().openView('Explorer');
    await page.locator('.part.sidebar .pane-header').first().hover();
    const explorer = await violations(page, parts.sidebar);
    await workbench().openView('Search');
    await page.keyboard.type('pixsim7_backend');
    await page.keyboard.press('Enter');
    await page.locator('.search-view .monaco-list-row').first().waitFor();
    assert.deepEqual(await missing('sidebar', ...explorer), []);

    await page.keyboard.press('ControlOrMeta+P');
    await page.keyboard.type('assets');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'assets.py' }).first().waitFor();
    const files = await violations(page, parts.quickPick);
    await page.keyboard.press('Escape');
    await workbench().runCommand('Welcome: Open Walkthrough...');
    await page.getByRole('option', { name: 'Learn the Fundamentals' }).waitFor();
    assert.deepEqual(await missing('quickPick', ...files), []);
    await workbench().pick('Learn the Fundamentals');
    await page.locator('.getting-started-step').first().waitFor();
    assert.deepEqual(await missing('walkthrough'), []);

    await workbench().runCommand('Help: About');
    await page.locator(parts.dialog).waitFor();
    assert.deepEqual(await missing('dialog'), []);
    await page.keyboard.press('Escape');
    await page.locator(parts.dialog).waitFor({ state: 'hidden' });

    await workbench().runCommand('Git: Push');
    await workbench().waitForNotification('Your repository has no remotes configured to push to.');
    assert.deepEqual(await missing('notification'), []);
  });
});
