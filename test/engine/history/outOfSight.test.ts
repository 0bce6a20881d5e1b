import assert from 'node:assert/strict';
import { openWorkspace, type Workspace } from '../../helpers/workspace.ts';
import { temporaryFolders, type TemporaryFolder } from '../../node/temporaryFolder.ts';

const settings = { pairs: [{ legacy: { root: 'old' }, canonical: { root: 'src/new', package: 'src.new' } }] };

describe('what git tracks and nobody can look into', () => {
  const newFolder = temporaryFolders();

  function repository(): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    for (const root of ['old', 'src/new'])
      folder.write({ [`${root}/__init__.py`]: '', [`${root}/api/__init__.py`]: '', [`${root}/api/a.py`]: 'a = 1\n' });
    folder.write({ 'run.txt': '', 'web/more.ts': '', 'web/use.ts': '' }).commit('the copy');
    return folder;
  }

  const open = (folder: TemporaryFolder): Promise<Workspace> => openWorkspace(folder.path, settings);

  for (const [cone, args] of [
    ['cone', ['--cone', 'src', 'old/nothing']],
    ['no cone', ['--no-cone', '/*', '!/old/api/']],
  ] as const) {
    it(`refuses a tree that a sparse checkout leaves out in part (${cone}): its files are not deleted`, async () => {
      const folder = repository();
      folder.git('sparse-checkout', 'set', ...args);
      await assert.rejects(open(folder), {
        code: 'sparseTree',
        message:
          'The legacy tree, old, is not wholly here: the sparse checkout leaves out old/api/__init__.py and 1 more file. Bring them here with git sparse-checkout add old, or git sparse-checkout disable.',
      });
    });
  }

  it('refuses one that is left out altogether: it is not gone for good', async () => {
    const folder = repository();
    folder.git('sparse-checkout', 'set', '--no-cone', '/*', '!/old/');
    await assert.rejects(open(folder), { code: 'sparseTree' });
  });

  it('refuses to plan when it was left out meanwhile', async () => {
    const folder = repository();
    const { session } = await open(folder);
    folder.git('sparse-checkout', 'set', '--no-cone', '/*', '!/old/api/');
    await session.refresh('all');
    await assert.rejects(session.plan('canonicalize'), { code: 'sparseTree' });
  });

  it('takes a file that is there, though it is marked as one to skip', async () => {
    const folder = repository();
    folder.git('update-index', '--skip-worktree', 'old/api/a.py');
    assert.deepEqual((await (await open(folder)).plan('deduplicate')).blockers, []);
  });

  it('proves nothing while other files are left out, and says so', async () => {
    const folder = repository();
    folder.git('sparse-checkout', 'set', '--no-cone', '/*', '!/web/');
    const { session } = await open(folder);
    assert.deepEqual((await session.references()).problems, [
      { message: 'The sparse checkout leaves out web/more.ts and 1 more file: what is said there is not known.' },
    ]);
    const blockers = [
      {
        path: 'web/more.ts',
        reason:
          'It may use the legacy tree, and the sparse checkout leaves out web/more.ts and 1 more file: run git sparse-checkout disable.',
      },
    ];
    assert.deepEqual((await session.plan('deduplicate')).blockers, blockers);
    assert.deepEqual((await session.phase('deduplicate')).blockers, blockers);
  });

  it('names a submodule, and has a person search it', async () => {
    const [folder, other] = [repository(), repository()];
    folder.git('submodule', '--quiet', 'add', other.path, 'vendor/lib');
    folder.commit('a submodule');
    const { session } = await open(folder);
    const message = 'vendor/lib is a submodule, a repository of its own: it is not looked into.';
    assert.deepEqual((await session.inventory()).problems, [{ path: 'vendor/lib', message }]);
    const { blockers, checklist } = await session.plan('deduplicate');
    assert.deepEqual(blockers, []);
    assert.equal(checklist[0], 'vendor/lib is a submodule and was not searched: look there for old.');
  });

  it('keeps a legacy tree with a submodule in it', async () => {
    const [folder, other] = [repository(), repository()];
    folder.git('submodule', '--quiet', 'add', other.path, 'old/vendor');
    folder.commit('a submodule');
    const reason = 'It is a submodule, and not looked into: move it to the canonical tree with git mv, or remove it.';
    const { blockers } = await (await open(folder)).plan('deduplicate');
    assert.deepEqual(blockers.at(-1), { path: 'old/vendor', reason });
  });
});
