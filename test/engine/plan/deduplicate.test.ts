import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Plan } from '../../../src/engine/index.ts';
import { openWorkspace, type Workspace } from '../../helpers/workspace.ts';
import { temporaryFolders } from '../../node/temporaryFolder.ts';

const settings = {
  pairs: [{ legacy: { root: 'old' }, canonical: { root: 'src/new', package: 'src.new' } }],
  taskFile: 'TASK.md',
};

type Files = Readonly<Record<string, string>>;

describe('removing the duplicate', () => {
  const newFolder = temporaryFolders();

  const copies: Files = {
    'old/__init__.py': '',
    'old/main.py': 'import old.a\n\nif __name__ == "__main__":\n    old.a.run()\n',
    'old/a.py': 'def run():\n    return 1\n',
    'src/new/__init__.py': '',
    'src/new/main.py': 'import src.new.a\n\nif __name__ == "__main__":\n    src.new.a.run()\n',
    'src/new/a.py': 'def run():\n    return 1\n',
  };

  /** Two copies that say the same, and then more. */
  async function unified(more: Files = {}): Promise<Workspace> {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write(copies).commit('the copy');
    folder.write(more).commit('more');
    return await openWorkspace(folder.path, settings);
  }

  const reasons = ({ blockers }: Plan): string[] =>
    blockers.map(({ path, line, reason }) => `${path}${line === undefined ? '' : `:${line}`}: ${reason}`);

  const against: [string, Files, string][] = [
    [
      'one unmerged hunk',
      { 'old/a.py': 'def run():\n    return 2\n' },
      'old/a.py: It has changes that the canonical copy lacks.',
    ],
    ['one file that only legacy has', { 'old/b.py': 'b = 1\n' }, 'old/b.py: Only the legacy tree has it.'],
    [
      'one live reference',
      { 'run.sh': '#!/bin/sh\npython -m old.main\n' },
      'run.sh:2: It still refers to `old.main`: rewrite it, or mark it as intentional.',
    ],
  ];
  for (const [name, more, reason] of against) {
    it(`is refused for ${name}, which it names`, async () => {
      const plan = await (await unified(more)).plan('deduplicate');
      assert.deepEqual([plan.changes, reasons(plan)], [[], [reason]]);
    });
  }

  it('has a person look at what is called like the legacy package', async () => {
    const workspace = await unified({
      'deploy/old.service': '',
      'docs/older.md': '',
      'docs/archive/old.md': '',
      'tools/old.d/a.txt': '',
      'tools/old.d/b.txt': '',
    });
    const { checklist, blockers } = await workspace.plan('deduplicate');
    const sentence = (path: string): string =>
      `${path} is called like the legacy package: rename it, with what names it, if it stands for the canonical one.`;
    assert.deepEqual(blockers, []);
    assert.deepEqual(checklist.slice(0, 2), [sentence('deploy/old.service'), sentence('tools/old.d')]);
    assert.equal(checklist.filter((one) => one.includes('called like')).length, 2);
  });

  it('takes a canonical tree below a folder of the name for no namesake', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    const trees = ['old', 'app/old/main'].map((root) => [`${root}/__init__.py`, ''] as const);
    folder.write({ ...Object.fromEntries(trees), 'old.txt': '' }).commit('the copy');
    const workspace = await openWorkspace(folder.path, {
      ...settings,
      pairs: [{ legacy: { root: 'old' }, canonical: { root: 'app/old/main' } }],
    });
    const { checklist } = await workspace.plan('deduplicate');
    const named = checklist.flatMap((one) => /^(?<path>\S+) is called like/u.exec(one)?.groups?.['path'] ?? []);
    assert.deepEqual(named, ['old.txt']);
  });

  it('leaves the shim alone in the legacy folder', async () => {
    const workspace = await unified({ 'old/README.md': 'x\n', 'src/new/README.md': 'x\n' });
    const report = await workspace.apply('deduplicate');
    assert.deepEqual(report.files, [
      'TASK.md',
      'old/README.md',
      'old/__init__.py',
      'old/a.py',
      'old/main.py',
      'old/test_shim.py',
    ]);
    assert.equal(workspace.text('old/README.md'), undefined);
    assert.match(workspace.text('old/__init__.py') ?? '', /^# tree-unifier: shim until 2026-05-04\n/u);
    assert.match(workspace.text('TASK.md') ?? '', /^- \[X\] \*\*Phase 4 .*✅ Complete \(2026-02-03\)$/mu);
    assert.deepEqual(report.left, ['The shim in old stays until 2026-05-04.']);
    const { pairs } = await workspace.session.inventory();
    assert.deepEqual([pairs[0]?.unified, pairs[0]?.files], ['shim', []]);
  });

  it('never takes a shim for a copy: no phase deletes canonical files that legacy has no more', async () => {
    const workspace = await unified();
    await workspace.apply('deduplicate');
    const plan = await workspace.plan('canonicalize', { only: new Set(['merge']) });
    assert.deepEqual([plan.changes, plan.blockers, plan.notes], [[], [], []]);
  });

  const afterwards = '2026-05-05';

  it('keeps the shim up to its last day, and removes it after that', async () => {
    const workspace = await unified();
    await workspace.apply('deduplicate');
    workspace.setDay('2026-05-04');
    assert.deepEqual((await workspace.plan('deduplicate')).changes, []);
    workspace.setDay(afterwards);
    const { files } = await workspace.apply('deduplicate');
    assert.ok(files.includes('old/__init__.py'));
    const { pairs } = await workspace.session.inventory();
    assert.equal(pairs[0]?.unified, 'removed');
    assert.deepEqual((await workspace.plan('deduplicate')).changes, []);
  });

  it('keeps the shim while somebody uses it, even on purpose', async () => {
    const workspace = await unified({ 'use.py': 'import old.a  # tree-unifier: keep\n' });
    await workspace.apply('deduplicate');
    workspace.setDay(afterwards);
    const plan = await workspace.plan('deduplicate');
    assert.deepEqual([plan.changes, reasons(plan)], [[], ['use.py:1: It uses the shim on purpose: `old.a`.']]);
  });

  describe('two trees of one name', () => {
    const files = { '__init__.py': '', 'a.py': 'def run():\n    return 1\n' };
    const below = (root: string): Files =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]));

    it('are one without a shim, which would forward the name to itself', async () => {
      const folder = newFolder();
      folder.git('init', '--quiet');
      folder.write({
        ...below('shop'),
        ...below('src/shop'),
        'use.py': 'import shop.a\n',
        'CHANGES.md': '# Changes\n',
      });
      folder.commit('the copy');
      const workspace = await openWorkspace(folder.path, {
        pairs: [{ legacy: { root: 'shop' }, canonical: { root: 'src/shop' } }],
        taskFile: 'TASK.md',
        changelogFile: 'CHANGES.md',
      });
      const { phases } = await workspace.session.status();
      assert.deepEqual(phases.at(-1)?.left, ['2 Python files of shop to remove.']);
      const report = await workspace.apply('deduplicate');
      assert.match(report.handover?.commitMessage ?? '', /^Phase 4: one tree, src\/shop\n/u);
      assert.deepEqual(report.files, ['CHANGES.md', 'TASK.md', 'shop/__init__.py', 'shop/a.py']);
      assert.deepEqual(report.checklist, [
        '`shop` is imported from `src` from now on: see that the packaging takes it from there, and install it anew.',
        'After the commit, add its id to .git-blame-ignore-revs, so that git blame looks past the move (git config blame.ignoreRevsFile .git-blame-ignore-revs).',
      ]);
      assert.equal(workspace.text('shop/__init__.py'), undefined);
      assert.match(workspace.text('CHANGES.md') ?? '', /is the only one now, imported as `shop`\.\n*$/u);
      const { pairs } = await workspace.session.inventory();
      assert.equal(pairs[0]?.unified, 'removed');
      assert.deepEqual((await workspace.plan('deduplicate')).changes, []);
    });
  });
});
