import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ImportFinding, PhaseStatus } from '../../../src/engine/index.ts';
import { openWorkspace, type Workspace } from '../../helpers/workspace.ts';
import { temporaryFolders, type TemporaryFolder } from '../../node/temporaryFolder.ts';

const settings = {
  pairs: [{ legacy: { root: 'old' }, canonical: { root: 'src/new', package: 'src.new' } }],
  taskFile: 'TASK.md',
  historical: ['attic/**'],
};

/** Two copies that say the same; `gone` is in neither. */
const copies = {
  'old/__init__.py': '',
  'old/a.py': 'def run(): ...\n',
  'src/new/__init__.py': '',
  'src/new/a.py': 'def run(): ...\n',
  'tests/use.py': 'from src.new.a import run\nfrom src.new.gone import x\n',
};

describe('imports that the move to one tree costs', () => {
  const newFolder = temporaryFolders();

  function repository(files: Readonly<Record<string, string>> = {}): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({ ...copies, ...files }).commit('the copy');
    return folder;
  }

  const brief = (findings: readonly ImportFinding[]): string[] =>
    findings.map((one) => `${one.new === true ? '!' : ' '}${one.path}:${one.line} ${one.message}`);

  async function lost(folder: TemporaryFolder, useGit = true): Promise<string[]> {
    const { session } = await openWorkspace(folder.path, settings, useGit);
    return brief(await session.lostImports());
  }

  it('are none of those that failed before', async () => {
    assert.deepEqual(await lost(repository()), []);
  });

  it('are those that did not fail at the last commit, whatever file changed', async () => {
    const folder = repository().write({ 'src/new/a.py': '', 'old/a.py': '' });
    assert.deepEqual(await lost(folder), ['!tests/use.py:1 src.new.a has no name run.']);
    folder.commit('broken');
    assert.deepEqual(await lost(folder), []);
  });

  it('are those that only the legacy tree can serve, since ever', async () => {
    const folder = repository({ 'old/b.py': 'y = 1\n', 'tests/b.py': 'from src.new.b import y\n' });
    const served = ' tests/b.py:1 There is no module src.new.b; only the legacy tree has it.';
    assert.deepEqual(await lost(folder), [served]);
    assert.deepEqual(await lost(folder, false), [served]);
  });

  it('are known without a commit by the legacy tree alone', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({ ...copies, 'old/b.py': '', 'tests/b.py': 'import src.new.b\n' });
    assert.deepEqual(await lost(folder), [' tests/b.py:1 There is no module src.new.b; only the legacy tree has it.']);
  });

  it('are none that failed by the legacy name, or in the legacy copy, when neither tree had it', async () => {
    const folder = repository({
      'tests/more.py': 'from old.a import stop\nimport old.gone\n',
      'old/b.py': 'from old.gone import x\nfrom .lost import y\n',
    });
    folder.write({
      'tests/more.py': 'from src.new.a import stop\nimport src.new.gone\n',
      'src/new/b.py': 'from src.new.gone import x\nfrom .lost import y\n',
    });
    assert.deepEqual(await lost(folder), []);
  });

  it('are those that failed in the legacy copy, once it lies over a canonical file that had mended them', async () => {
    const folder = repository({ 'old/b.py': 'from old.gone import x\n', 'src/new/b.py': 'x = 1\n' });
    folder.write({ 'src/new/b.py': 'from src.new.gone import x\n' });
    assert.deepEqual(await lost(folder), ['!src/new/b.py:1 There is no module src.new.gone.']);
  });

  it('are those that failed by the legacy name alone, and resolved by the canonical one', async () => {
    const folder = repository({ 'src/new/c.py': 'z = 1\n', 'tests/more.py': 'from old.c import z\n' });
    folder.write({ 'tests/more.py': 'from src.new.c import z\n' });
    assert.deepEqual(await lost(folder), []);
    folder.remove('src/new/c.py');
    assert.deepEqual(await lost(folder), ['!tests/more.py:1 There is no module src.new.c.']);
  });

  it('are in live code: not in the legacy tree, nor marked, nor in a record of the past', async () => {
    const folder = repository();
    folder.write({
      'old/b.py': 'import src.new.nothing\n',
      'tests/kept.py': 'import src.new.nothing  # tree-unifier: keep\n',
      'attic/tool.py': 'import src.new.nothing\n',
      'tests/live.py': 'import src.new.nothing\n',
    });
    assert.deepEqual(await lost(folder), ['!tests/live.py:1 There is no module src.new.nothing.']);
  });

  it('are measured anew when a file or the last commit changes', async () => {
    const folder = repository();
    const { session } = await openWorkspace(folder.path, settings);
    assert.deepEqual(await session.lostImports(), []);
    folder.write({ 'tests/more.py': 'import src.new.nothing\n' });
    await session.refresh(['tests/more.py']);
    const found = '!tests/more.py:1 There is no module src.new.nothing.';
    assert.deepEqual(brief(await session.lostImports()), [found]);
    folder.commit('it is so');
    assert.deepEqual(await session.lostImports(), []);
  });

  const phaseOf = async ({ session }: Workspace, id: 'canonicalize' | 'align' | 'deduplicate'): Promise<PhaseStatus> =>
    await session.phase(id);

  it('are left in one phase, block the next, and stand against removing the legacy tree', async () => {
    const folder = repository({ 'old/b.py': 'y = 1\n', 'src/new/b.py': 'y = 1\n', 'tests/b.py': 'import src.new.b\n' });
    folder.remove('src/new/b.py').write({ 'src/new/a.py': '', 'old/a.py': '' });
    const workspace = await openWorkspace(folder.path, settings);
    const lines = [
      {
        ...{ path: 'tests/b.py', line: 1 },
        reason: 'There is no module src.new.b; only the legacy tree has it. It did not fail at the last commit.',
      },
      { path: 'tests/use.py', line: 1, reason: 'src.new.a has no name run. It did not fail at the last commit.' },
    ];
    const { left } = await phaseOf(workspace, 'canonicalize');
    assert.equal(left.at(-1), '2 imports to mend, which worked before or which only the legacy tree can serve.');
    const align = await phaseOf(workspace, 'align');
    assert.deepEqual([align.state, align.blockers], ['blocked', lines]);
    const { blockers, changes } = await workspace.plan('deduplicate');
    assert.deepEqual([changes, blockers.slice(-2)], [[], lines]);
    assert.deepEqual((await phaseOf(workspace, 'deduplicate')).blockers, blockers);
  });

  it('leave those that failed before to a person, when the legacy tree goes', async () => {
    const { checklist } = await (await openWorkspace(repository().path, settings)).plan('deduplicate');
    assert.equal(checklist[0], '1 import fails as before, in either tree: tree-unifier verify imports names it.');
  });

  it('are named by whoever applied the change that broke them', async () => {
    const folder = repository({ 'tests/more.py': 'from old.a import run, stop\n' });
    // The merge deletes in the canonical tree what the legacy tree deleted since the copy.
    folder.write({ 'old/a.py': 'def walk(): ...\n' }).commit('legacy');
    const workspace = await openWorkspace(folder.path, settings);
    const choices = new Map([['src/new/a.py', 'legacy' as const]]);
    const { brokenImports, left } = await workspace.apply('canonicalize', { choices, includeReview: true });
    // Nobody has the other one's stop, and nobody had it before.
    const reason = 'src.new.a has no name run.';
    assert.deepEqual(brief(brokenImports), [`!tests/more.py:1 ${reason}`, `!tests/use.py:1 ${reason}`]);
    assert.deepEqual(left, ['2 imports to mend, which worked before or which only the legacy tree can serve.']);
  });
});
