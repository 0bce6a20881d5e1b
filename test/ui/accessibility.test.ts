import assert from 'node:assert/strict';
import { makeSample } from '../fixtures/sample.ts';
import { becomes } from '../helpers/becomes.ts';
import { useWorkbench } from './support/useWorkbench.ts';
import type { PageElement, TreeItem } from './support/workbench.ts';

const TALL = { width: 1400, height: 4500 };
const VIEWS = ['Inventory', 'Legacy References', 'Phases'] as const;

describe('what a screen reader says', () => {
  const workbench = useWorkbench(makeSample);
  const rows = async (view: string): Promise<TreeItem[]> => await workbench().treeItems(view);
  const spoken = async (view: string, label: string, parts = ''): Promise<string | undefined> =>
    (await rows(view)).find((row) => row.label === label && row.spoken.includes(parts))?.spoken;

  before(async () => {
    await workbench().page.setViewportSize(TALL); // so that every row is drawn
    await workbench().openView('Backend Trees');
    await workbench().expand('Inventory', 'Equivalent');
    for (const [category, file] of [
      ['Launcher', 'services.py'],
      ['Scripts', 'manage.sh'],
      ['Tests', 'test_websocket_contract.py'],
      ['Documentation', 'DOCUMENTATION_CHANGELOG.md'],
      ['Configuration', 'alembic.ini'],
    ] as const)
      await workbench().expand('Legacy References', category, file);
    await workbench().expand('Phases', '34.3 Align Dev Scripts, Launcher & Docker');
    await workbench().expand('Phases', '34.4 Remove Code Duplication (Single Source of Truth)');
    await workbench().runCommand('Backend Trees: Verify');
    await workbench().page.locator('.tab.active', { hasText: 'Verification of sample.md' }).waitFor();
    // Below both phases that are open; then rows are drawn anew no more.
    const lastChecks = async (): Promise<number> =>
      (await rows('Phases')).filter((row) => row.spoken.startsWith('Check Containers: 2 problems')).length;
    await becomes(lastChecks, 2);
    await workbench().expand('Phases', 'Paths');
  });

  it('is a sentence for every row, with its label in it', async () => {
    for (const view of VIEWS) {
      const all = await rows(view);
      assert.ok(all.length > 0);
      for (const { label, spoken: sentence } of all) {
        assert.match(sentence, /^[A-Z0-9._a-z][^·]*[.…]$/u);
        const visible = label.replaceAll('\u00A0', ' ').replace(/:(?<line>\d+)$/u, ', line $<line>');
        assert.ok(sentence.includes(visible), `"${sentence}" does not say "${label}"`);
      }
    }
  });

  it('has the status of a file, who is ahead, how much differs, and what the merge gives', async () => {
    const labels = ['Diverged', 'v1', 'assets.py', 'dependencies.py', 'generations.py', 'manifest.py'];
    assert.deepEqual(await Promise.all(labels.map((label) => spoken('Inventory', label))), [
      'Diverged: 12 files with differences.',
      'Folder api/v1 with 2 files.',
      'api/v1/assets.py diverged: legacy is ahead, 2 hunks differ, the merge takes legacy.',
      'api/dependencies.py diverged: canonical is ahead, 1 hunk differs, the merge takes canonical.',
      'api/v1/generations.py diverged: both sides changed it, 3 hunks differ, the merge takes both without a conflict.',
      'routes/websocket/manifest.py diverged: both sides changed it, 4 hunks differ, the merge is in conflict.',
    ]);
    const others = ['node_cache.py', 'types.py', 'social_context_service.py', 'storyteller.py'];
    assert.deepEqual(await Promise.all(others.map((label) => spoken('Inventory', label))), [
      'domain/narrative/node_cache.py is only in legacy: it was deleted in canonical, the merge deletes it.',
      'infrastructure/websocket/types.py is only in legacy: it was added in legacy, the merge takes legacy.',
      'services/game/social_context_service.py is only in canonical: it was added in canonical, the merge takes canonical.',
      'services/game/storyteller.py is equivalent in both trees.',
    ]);
    const groups = ['Only in legacy', 'Only in canonical', 'Equivalent', '1 file could not be read or rewritten'];
    assert.deepEqual(await Promise.all(groups.map((label) => spoken('Inventory', label))), [
      'Only in legacy: 7 files without a canonical copy.',
      'Only in canonical: 4 files without a legacy copy.',
      'Equivalent: 10 files that say the same in both trees.',
      '1 file could not be read or rewritten.',
    ]);
  });

  it('has what becomes of a reference', async () => {
    const view = 'Legacy References';
    assert.equal(await spoken(view, 'Tests'), 'Tests: 41 live references and 2 other in 6 files.');
    assert.equal(await spoken(view, 'Backend Code'), 'Backend Code: 9 live references in 6 files.');
    assert.equal(await spoken(view, 'manage.sh'), 'scripts/manage.sh with 5 references.');
    const sentences = (await rows(view)).map((row) => row.spoken);
    for (const one of [
      'Line 11: python pixsim7_backend/main.py &. Becomes python -m pixsim7.backend.main.main.',
      'Line 7: PID_FILE="${TMPDIR:-/tmp}/pixsim7_backend.pid". Not the package, but a name like it.',
      'Line 17: pkill -f "pixsim7_backend/worker.py" || true # tree-unifier: keep (workers of old installations). Marked as intentional.',
      'Line 5: - The development guide says how to start `pixsim7_backend` on Windows. A record of the past.',
      "Line 10: return 'pixsim7_backend' in cmd or 'pixsim7.backend.main' in cmd. The rewrite needs review.",
    ])
      assert.ok(sentences.includes(one), `${one}\nis not among:\n${sentences.join('\n')}`);
    assert.match(
      sentences.find((one) => one.includes('billing.charge')) ?? '',
      /^Line 22: .*\. The canonical tree has no such target\.$/u,
    );
  });

  it('has the state of a phase, what blocks it, and what is left', async () => {
    const sentences = (await rows('Phases')).map((row) => row.spoken);
    assert.deepEqual(
      sentences.filter((one) => one.startsWith('Phase ')),
      [
        'Phase 34.1 Inventory & Diff Backend Trees is open, 1 left.',
        'Phase 34.2 Fix Canonical Package & Update Imports is open, 119 left, verified.',
        'Phase 34.3 Align Dev Scripts, Launcher & Docker is open, 72 left, 8 problems.',
        'Phase 34.4 Remove Code Duplication (Single Source of Truth) is blocked, 50 left, 8 problems.',
      ],
    );
    for (const one of [
      'Check Imports: in order.',
      'Check Paths: 6 problems.',
      'Left: 72 live references in scripts, launcher, Docker and configuration to rewrite.',
      'Blocker in pixsim7_backend/.env.example: Only the legacy tree has it.',
      'Blocker in .coveragerc, line 3: It still refers to `pixsim7_backend`: rewrite it, or mark it as intentional.',
    ])
      assert.ok(sentences.includes(one), sentences.join('\n'));
    assert.ok(
      sentences.some((one) => /^Problem in pixsim7\/backend\/main\/main\.py, line \d+: .*\.$/u.test(one)),
      sentences.join('\n'),
    );
  });

  it('names every button of ours', async () => {
    // Those too that show only while the mouse or the focus is near.
    const buttons = workbench().page.locator('.part.sidebar .pane [role=toolbar] [role=button]');
    const labels = await buttons.evaluateAll((all: readonly PageElement[]) =>
      all.map((one) => one.getAttribute('aria-label')),
    );
    assert.deepEqual([...new Set(labels)].sort(), [
      'Apply Phase…',
      'Collapse All',
      'More Actions...',
      'Open the Canonical Target',
      'Preview Phase…',
      'Refresh',
      'Resolve in Merge Editor',
      'Restore Checkpoint…',
      'Show Live References Only',
      'Show Verification Report',
      'Take Canonical',
      'Take Legacy',
      'Verify',
      'Verify Backends…',
      'Verify Phase',
      'Verify This Check',
    ]);
    assert.equal(
      await workbench().statusItem().getAttribute('aria-label'),
      'Backend Trees in sample: 12 diverged, 168 legacy references.',
    );
  });
});
