import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runIn } from '../cli/commandLine.ts';
import { makeSample, sampleFacts } from '../fixtures/sample.ts';
import { becomes } from '../helpers/becomes.ts';
import { wholeTree } from '../node/wholeTree.ts';
import { RefactorPreview } from './support/refactorPreview.ts';
import { useWorkbench } from './support/useWorkbench.ts';
import { WalkthroughPage } from './support/walkthroughPage.ts';

const taskFile = 'claude-tasks/34-backend-tree-unification.md';
const settings = '.vscode/settings.json';
const { legacy, canonical } = sampleFacts;

/** What a person decides in the Inventory: the conflicts. */
const decisions = [
  ['routes/websocket/__init__.py', 'Take Legacy'],
  ['routes/websocket/manifest.py', 'Take Legacy'],
  ['services/generation_service.py', 'Take Canonical'],
  ['services/llm/offline.py', 'Take Canonical'],
] as const;

type Tree = Readonly<Record<string, string>>;

function differing(a: Tree, b: Tree): string[] {
  return Object.keys(files({ ...a, ...b })).filter((path) => a[path] !== b[path]);
}

/** Without empty folders: where VS Code undoes the making of a file, it leaves the file's folder. */
function files(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !path.endsWith('/')));
}

describe('the walkthrough, from its first step to its last', () => {
  const workbench = useWorkbench(async (dir) => {
    await makeSample(dir);
    await mkdir(join(dir, '.vscode'), { recursive: true });
    await writeFile(join(dir, settings), `{ "treeUnifier.taskFile": "${taskFile}" }\n`);
  });
  const page = (): WalkthroughPage => new WalkthroughPage(workbench());
  const preview = (): RefactorPreview => new RefactorPreview(workbench());
  const tree = (): Tree => wholeTree(workbench().folder);
  const read = (path: string): Promise<string> => readFile(join(workbench().folder, path), 'latin1');
  const confirm = async (button: string): Promise<void> => {
    const dialog = workbench().page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  const boxes = async (): Promise<string> =>
    [...(await read(taskFile)).matchAll(/^- \[(.)\]/gmu)].map(([, x]) => x).join('');
  const checkpoints = (): string[] => {
    const args = ['for-each-ref', '--format=%(refname:lstrip=3)', 'refs/tree-unifier/checkpoints'];
    const names = execFileSync('git', args, { cwd: workbench().folder, encoding: 'utf8' }).trim().split('\n');
    return names.map((name) => name.replace(/^[\d-]+/u, ''));
  };

  // Each step goes on from the one before.
  let failed: string | undefined;
  beforeEach(() => {
    assert.equal(failed, undefined, 'a step before failed, and this one goes on from it');
  });
  afterEach(function () {
    if (this.currentTest?.isFailed() === true) failed = this.currentTest.title;
  });

  let start: Tree;

  it('the trees that were found before it was opened are ticked; detected, they are in the settings', async () => {
    start = tree();
    await page().open();
    await page().becomesTicked('choose');
    await page().press('choose', 'Detect Trees');
    const { page: window } = workbench();
    await window.getByText(`${legacy.root} → ${canonical.root}`).first().waitFor();
    await window.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await workbench().waitForNotification('Chosen, and written into the settings');
    const [{ legacy: old, canonical: kept }] = (
      JSON.parse(await read(settings)) as { 'treeUnifier.pairs': { legacy: object; canonical: object }[] }
    )['treeUnifier.pairs'] as [{ legacy: object; canonical: object }];
    assert.deepEqual(
      [old, kept],
      [legacy, canonical].map(({ root, package: name }) => ({ root, package: name })),
    );
    start = { ...start, [settings]: tree()[settings] ?? '' };
    assert.deepEqual(tree(), start);
    await page().becomesTicked('choose');
  });

  it('the inventory goes into the task file', async () => {
    await page().press('inventory', 'Open the Inventory');
    await workbench().treeItem('Inventory', 'assets.py').waitFor();
    await page().press('inventory', 'Apply');
    await confirm('Apply');
    await workbench().waitForNotification('34.1: 1 file changed. Nothing is left in this phase.');
    await page().becomesTicked('choose', 'inventory');
    assert.deepEqual(tree(), { ...start, [taskFile]: tree()[taskFile] });
    assert.equal(await boxes(), 'X   ');
  });

  it('the merge is previewed, and what is unticked is not applied; it is undone', async () => {
    const before = tree();
    await page().press('canonicalize', 'Preview');
    await preview().opened();
    await workbench().screenshot('walkthrough');
    await preview().discard();
    await becomes(checkpoints, ['inventory']);
    assert.deepEqual(tree(), before);

    await page().press('canonicalize', 'Preview');
    await preview().opened();
    await preview().untick('ARCHITECTURE.md');
    await preview().apply();
    await workbench().waitForNotification('34.2: applied. Left: ');
    assert.deepEqual(checkpoints(), ['inventory', 'canonicalize']);
    assert.notEqual(tree()['docs/APP_MAP.md'], before['docs/APP_MAP.md']);
    assert.equal(tree()['ARCHITECTURE.md'], before['ARCHITECTURE.md']);

    await workbench().openFile('README.md');
    await workbench().page.keyboard.press('ControlOrMeta+Z');
    // What was made is undone on the disk, all other files in their editors, one after the other; the record is a unit of its own.
    const others = (): string[] => differing(before, tree()).filter((path) => path !== taskFile);
    await becomes(async () => (await workbench().unsavedFiles()) - others().length, 0);
    await workbench().saveAll();
    await becomes(others, []);
    await workbench().openFile(taskFile);
    await workbench().page.keyboard.press('ControlOrMeta+Z');
    await workbench().saveAll();
    await becomes(() => files(tree()), files(before));
  });

  it('the merge is applied, and taken back and forth by checkpoints', async () => {
    const before = tree();
    await page().press('canonicalize', 'Apply');
    await confirm('Apply');
    await workbench().waitForNotification('34.2: 32 files changed. Left: 5 files to reconcile.');
    const [applied, counts] = [tree(), (await workbench().statusItem().innerText()).trim()];
    await page().press('canonicalize', 'Restore a checkpoint');
    await workbench().pick('Before canonicalize');
    await confirm('Restore');
    await workbench().waitForNotification('Restored: ');
    assert.deepEqual(files(tree()), files(before));
    await workbench().waitForNotification('Restored: ', 'Undo Restore…');
    await confirm('Restore');
    await becomes(tree, applied);
    await workbench().statusItem().filter({ hasText: counts }).waitFor(); // measured, too
    await page().becomesTicked('choose', 'inventory');
  });

  it('what waits for a person is decided in the Inventory, and what needs review ticked in the preview', async () => {
    const { page: window } = workbench();
    await page().press('canonicalize', 'Inventory');
    for (const view of ['Legacy References', 'Phases'])
      await window.getByRole('button', { name: `${view} Section` }).click();
    for (const [path, decision] of decisions) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      await workbench().pressInRow('Inventory', name, decision);
      await workbench().treeItem('Inventory', name).waitFor({ state: 'detached' });
      const inBoth = [legacy, canonical].map(({ root }) => tree()[`${root}/${path}`]);
      const [old, kept] = inBoth.map((text) => text?.replaceAll(canonical.package, legacy.package));
      assert.equal(old, kept);
    }
    await page().press('canonicalize', 'Preview');
    await preview().tickAll();
    await preview().apply();
    await workbench().waitForNotification(
      '34.2: applied. Left: 1 live reference in code and documentation to rewrite.',
    );
    await page().becomesTicked('choose', 'inventory');
    assert.equal(await boxes(), 'X   ');
  });

  it('scripts and Docker are aligned, and verified', async () => {
    await page().press('align', 'Apply');
    await confirm('Apply');
    await workbench().waitForNotification('34.3: 24 files changed. Left: 2 live references');
    await page().press('align', 'Preview');
    await preview().tickAll();
    await preview().apply();
    await workbench().waitForNotification('34.3: applied. Nothing is left in this phase.');
    await page().becomesTicked('choose', 'inventory', 'align');
    await page().press('align', 'Verify');
    await workbench().page.locator('.tab.active', { hasText: 'Verification of sample.md' }).waitFor();
    const report = await workbench().editorText();
    assert.deepEqual(
      [...report.matchAll(/^## (.*)\n\n(.*)$/gmu)].map(([, check, state]) => `${check}: ${state}`),
      ['Imports resolve', 'Python files parse', 'Paths lead somewhere', 'Containers run the same code'].map(
        (check) => `${check}: In order.`,
      ),
    );
  });

  it('nothing is deleted while something is in the way, which a click leads to', async () => {
    const before = tree();
    await page().press('deduplicate', 'Apply');
    const message =
      '34.4 Remove Code Duplication (Single Source of Truth): nothing to apply. 1 thing is in the way, first';
    await workbench().waitForNotification(`${message} tools/asset_report.py`, 'Show What Is Left');
    const phase = '34.4 Remove Code Duplication (Single Source of Truth)';
    await workbench().clickTreeItem('Phases', phase, 'asset_report.py:3');
    await workbench().page.locator('.tab.active', { hasText: 'asset_report.py' }).waitFor();
    await workbench().page.locator('.part.statusbar').getByText('Ln 3, Col 1').waitFor();
    assert.deepEqual(tree(), before);

    // By hand, and in another program: it is in Latin-1, which no tool should guess.
    const file = join(workbench().folder, 'tools/asset_report.py');
    await writeFile(file, (await readFile(file, 'latin1')).replaceAll(legacy.package, canonical.package), 'latin1');
    await page().becomesTicked('choose', 'inventory', 'canonicalize', 'align');
    await page().press('canonicalize', 'Apply');
    await confirm('Apply');
    await workbench().waitForNotification('34.2: 1 file changed. Nothing is left in this phase.');
    assert.equal(await boxes(), 'XXX ');
  });

  it('the legacy tree becomes a shim, and everything is done', async () => {
    await page().press('deduplicate', 'Apply');
    await confirm('Apply');
    await workbench().waitForNotification(`Left: The shim in ${legacy.root} stays until `);
    await page().becomesTicked('choose', 'inventory', 'canonicalize', 'align', 'deduplicate', 'keep');
    await page().press('keep', 'Verify');
    await workbench().page.locator('.tab.active', { hasText: 'Verification of sample.md' }).waitFor();
    assert.equal(await boxes(), 'XXXX');
    const left = await readdir(join(workbench().folder, legacy.root), { recursive: true });
    const shims = [
      'api',
      'domain',
      'infrastructure',
      'main',
      'routes',
      'server',
      'services',
      'shared',
      'web',
      'workers',
    ];
    assert.deepEqual(left.sort(), ['__init__.py', ...shims.map((name) => `${name}.py`), 'test_shim.py'].sort());
    const run = async (...args: string[]): Promise<number> => (await runIn({ path: workbench().folder }, args)).code;
    assert.deepEqual([await run('status'), await run('check')], [0, 0]);
  });

  it('the first checkpoint gives the start back, byte for byte, and the ticks go', async () => {
    await page().press('deduplicate', 'Restore a checkpoint');
    // The oldest of many: below what the list shows at once.
    await workbench().page.locator('.quick-input-box input').fill('Before inventory');
    await workbench().pick('Before inventory');
    await confirm('Restore');
    await workbench().waitForNotification('Restored: ');
    assert.deepEqual(tree(), start);
    await page().becomesTicked('choose');
  });
});
