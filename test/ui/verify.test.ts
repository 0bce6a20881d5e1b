import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { isAlive } from '../../src/node/state/processes.ts';
import { makeSample } from '../fixtures/sample.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const phases = {
  canonicalize: '34.2 Fix Canonical Package & Update Imports',
  align: '34.3 Align Dev Scripts, Launcher & Docker',
} as const;

const pidFile = 'pid.txt';

/** The sample with a backend of its own that never answers. */
async function makeHanging(dir: string): Promise<void> {
  await makeSample(dir);
  await mkdir(join(dir, '.vscode'), { recursive: true });
  const entryPoints = [{ name: 'Hanging', module: 'hanging', args: ['--port', '{port}'] }];
  await writeFile(join(dir, '.vscode', 'settings.json'), JSON.stringify({ 'treeUnifier.entryPoints': entryPoints }));
  const note = `open(${JSON.stringify(join(dir, pidFile))}, "w")`;
  await writeFile(
    join(dir, 'hanging.py'),
    `import os, time\nwith ${note} as f: f.write(str(os.getpid()))\ntime.sleep(1000)\n`,
  );
}

describe('verifying a phase, in the workbench', () => {
  const workbench = useWorkbench(makeSample);
  const check = (label: string): Locator => workbench().treeItem('Phases', label);

  /** Gives the view of the phases the height of the others. */
  async function onlyPhases(): Promise<void> {
    await workbench().openView('Backend Trees');
    for (const view of ['Inventory Section', 'Legacy References Section']) {
      const header = workbench().page.getByRole('button', { name: view });
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
  }

  it('is one click on its row; what is found is below it, told by shape and word, and a click opens its place', async () => {
    const { page } = workbench();
    await onlyPhases();
    await workbench().pressInRow('Phases', phases.canonicalize, 'Verify Phase');
    await check('Imports').getByText('in order').waitFor();
    await check('Imports').locator('.codicon-pass').waitFor();
    await workbench().treeItem('Phases', phases.canonicalize).locator('.monaco-tl-twistie').click(); // Room for the others.
    await workbench().pressInRow('Phases', phases.align, 'Verify Phase');
    await check('Containers').getByText('2 problems').waitFor();
    await check('Containers').locator('.codicon-error').waitFor();
    await check('Containers').locator('.monaco-tl-twistie').click();
    await check('docker-compose.yml:19').click();
    await page.locator('.tab.active', { hasText: 'docker-compose.yml' }).waitFor();
    await page.locator('.part.statusbar').getByText('Ln 19, Col 1').waitFor();
    for (const theme of ['light', 'dark', 'highContrast'] as const) {
      await workbench().setTheme(theme);
      await onlyPhases();
      await workbench().screenshot(`verified-${theme}`);
    }
  });

  it('is out of date, and says so, as soon as a file changes', async () => {
    await writeFile(join(workbench().folder, 'docs', 'new.md'), 'new\n');
    await check('Containers').getByText('2 problems · out of date').waitFor();
  });
});

describe('verifying the backends, in the workbench', () => {
  const workbench = useWorkbench(makeHanging);

  it('asks first, says what it starts, and ends it when it is cancelled', async () => {
    const { page, folder } = workbench();
    await workbench().openView('Backend Trees');
    await workbench().runCommand('Backend Trees: Verify Backends…');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('-m hanging --port <port>').waitFor();
    assert.equal(existsSync(join(folder, pidFile)), false);
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    const progress = page.locator('.notification-toast').filter({ hasText: '5 of 5: python3 -m hanging --port' });
    await progress.waitFor();
    while (!existsSync(join(folder, pidFile)) || readFileSync(join(folder, pidFile), 'utf8') === '') await delay(20);
    const pid = Number(readFileSync(join(folder, pidFile), 'utf8'));
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    // The notification goes with the click; the program is asked to end first.
    while (isAlive(pid)) await delay(20);
    assert.equal(await page.locator('.notification-toast').count(), 0);
  });
});

describe('backends that do not answer alike, in the workbench', () => {
  const workbench = useWorkbench(async (dir) => {
    await makeSample(dir);
    await writeFile(join(dir, 'pixsim7_backend', 'shared', 'config.py'), 'raise RuntimeError("no settings")\n');
  });

  it('are shown with what they answer and what is different, and there is a report', async () => {
    const { page } = workbench();
    await workbench().openView('Backend Trees');
    for (const view of ['Inventory Section', 'Legacy References Section'])
      await page.getByRole('button', { name: view }).click();
    await workbench().runCommand('Backend Trees: Verify Backends…');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Start', exact: true }).click();
    await workbench().treeItem('Phases', 'RuntimeError: no settings').waitFor();
    await workbench().screenshot('verify-backends-results');
    await workbench().waitForNotification('2 of 4 backends did not answer.', 'Show Report');
    await page.locator('.tab.active', { hasText: 'Verification of sample.md' }).waitFor();
    await page.locator('.view-lines').getByText('RuntimeError: no settings').first().waitFor();
  });
});
