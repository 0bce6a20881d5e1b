import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { makeSample, sampleFacts } from '../fixtures/sample.ts';
import { ROOT } from '../host/cache.ts';
import { installVsix } from '../host/install.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { useWorkbench } from './support/useWorkbench.ts';

const MOST_BYTES = 1_000_000;

/** All that runs, shows or has to be told to whoever installs it; VS Code adds the last one. */
const CONTENTS = [
  'LICENSE.txt',
  'changelog.md',
  'docs/problems.md',
  'media/icon.png',
  'media/trees.svg',
  ...['align', 'canonicalize', 'choose', 'deduplicate', 'inventory', 'keep'].map(
    (name) => `media/walkthrough/${name}.svg`,
  ),
  'out/engine.cjs',
  'out/errors.cjs',
  'out/extension.cjs',
  'out/features.cjs',
  'out/glob.cjs',
  'out/javascript.cjs',
  'out/toml.cjs',
  'out/yaml.cjs',
  'package.json',
  'readme.md',
  '.vsixmanifest',
];

describe('the package, installed', () => {
  const made = { output: '', bytes: 0, extensionsDir: '', remove: () => Promise.resolve() };

  before(async () => {
    const folder = await temporaryFolder('package');
    made.remove = folder.remove;
    const vsix = join(folder.path, 'extension.vsix');
    made.output = execFileSync(process.execPath, ['scripts/package.ts', vsix], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    made.bytes = statSync(vsix).size;
    made.extensionsDir = join(folder.path, 'extensions');
    await installVsix(vsix, made.extensionsDir);
  });
  const workbench = useWorkbench(makeSample, {
    // Read when the workbench is opened: by then it is there.
    get extensionsDir() {
      return made.extensionsDir;
    },
  });
  after(async () => {
    await made.remove();
  });

  it('was made without a warning, and is small', () => {
    assert.doesNotMatch(made.output, /WARN|ERR/u);
    assert.ok(made.bytes < MOST_BYTES, `${made.bytes} bytes`);
  });

  it('holds what runs, and nothing else', () => {
    const [folder = ''] = readdirSync(made.extensionsDir).filter((name) => name.startsWith('backend-tree-unifier.'));
    const dir = join(made.extensionsDir, folder);
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(dir.length + 1)
        .replaceAll(sep, '/'),
    );
    assert.deepEqual(paths.sort(), [...CONTENTS].sort());
  });

  it('fills its views', async () => {
    await workbench().openView('Backend Trees');
    const [first] = await workbench().treeItems('Inventory');
    assert.deepEqual([first?.label, first?.description], ['Diverged', `${sampleFacts.counts.diverged}`]);
    // Compose files are YAML, whose scanner is a file of its own.
    const categories = await workbench().treeItems('Legacy References');
    assert.equal(categories.find(({ label }) => label === 'Docker')?.description, '12 live, 1 other');
  });

  it('runs its commands', async () => {
    await workbench().openView('Backend Trees');
    await workbench().runCommand('Backend Trees: Show Live References Only');
    await workbench().treeItem('Legacy References', 'Docker').getByText('12', { exact: true }).waitFor();
  });

  it('explains a problem when its code is clicked, in the panel and in the editor', async () => {
    const { page } = workbench();
    const explanation = page.locator('.tab.active', { hasText: 'Preview problems.md' });
    await page.keyboard.press('ControlOrMeta+Shift+M');
    await page.locator('.markers-panel a', { hasText: 'missing-target' }).first().click();
    await explanation.waitFor();
    await workbench().openFile('tests/test_health.py', 7, 12);
    await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
    await workbench().runCommand('Show or Focus Hover');
    await page.locator('.monaco-hover a', { hasText: 'legacy-import' }).first().click();
    await explanation.waitFor();
    await page.locator('.tab', { hasText: 'legacy-import' }).waitFor({ state: 'detached' });
  });
});
