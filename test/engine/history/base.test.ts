import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import path from 'node:path';
import { findBase } from '../../../src/engine/history/base.ts';
import { readBaseTree, readBlobs } from '../../../src/engine/history/objects.ts';
import type { TreePair } from '../../../src/engine/tree/pair.ts';
import { createGit } from '../../../src/node/git.ts';
import { temporaryFolders, type TemporaryFolder } from '../../node/temporaryFolder.ts';

const pair: TreePair = {
  legacy: { root: 'old_app', package: 'old_app' },
  canonical: { root: 'new/app', package: 'new.app' },
};

/** A small package; `marks` are lines that a test adds to tell versions apart, by path. */
function tree(root: string, marks: Readonly<Record<string, string>> = {}): Record<string, string> {
  const name = root.replaceAll('/', '.');
  const files: Record<string, string> = { '__init__.py': '', 'api/__init__.py': '' };
  for (const module of ['main', 'api/users', 'api/items', 'services/mail', 'services/jobs']) {
    const lines = Array.from({ length: 8 }, (_, i) => `def ${module.replace('/', '_')}_${i}():\n    return ${i}`);
    files[`${module}.py`] = [`import ${name}.settings`, `from ${name}.api import users`, ...lines, ''].join('\n');
  }
  for (const [path, mark] of Object.entries(marks)) files[path] = `${files[path] ?? ''}${mark}\n`;
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]));
}

function only(files: Readonly<Record<string, string>>, part: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.includes(part)));
}

function find(folder: TemporaryFolder, given: Partial<TreePair> = {}): ReturnType<typeof findBase> {
  return findBase(createGit(folder.path), { ...pair, ...given });
}

const setIt = 'If you know the commit, put it in the setting treeUnifier.mergeBase.';

describe('the merge base', () => {
  const newFolder = temporaryFolders();

  function repository(): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    return folder;
  }

  /** A move by git, made on disk. */
  function move(folder: TemporaryFolder, from: string, to: string): void {
    folder.write({ [path.posix.join(path.posix.dirname(to), '.keep')]: '' });
    renameSync(path.join(folder.path, from), path.join(folder.path, to));
  }

  it('is the commit that made the copy', async () => {
    const folder = repository();
    folder.write(tree('old_app')).commit('legacy');
    folder.write(tree('old_app', { 'main.py': '# more' })).commit('legacy goes on');
    folder.write({ 'new/app/README.md': 'soon' }).commit('a skeleton');
    const commit = folder.write(tree('new/app', { 'main.py': '# more' })).commit('the copy');
    folder.write({ 'new/app/extra.py': 'x = 1' }).commit('canonical goes on');
    folder.write({ 'old_app/extra.py': 'y = 1' }).commit('legacy goes on again');
    assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
  });

  it('is found when the copy was touched up in its own commit, and other files went', async () => {
    const folder = repository();
    folder.write(tree('old_app')).write({ 'attic/api/note.txt': 'n' }).commit('legacy');
    const commit = folder
      .write(tree('new/app', { 'main.py': '# touched' }))
      .remove('attic')
      .commit('the copy');
    assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
  });

  it('is not a commit that has the same paths with other contents', async () => {
    const folder = repository();
    folder.write(tree('old_app')).commit('legacy');
    const paths = Object.keys(tree('new/app'));
    folder
      .write(Object.fromEntries(paths.map((file) => [file, `# ${file}, written anew\n`])))
      .commit('another package');
    assert.deepEqual(await find(folder), {
      base: null,
      noBase: `No commit makes new/app as a copy of old_app: too few files ever had the same path and contents in both. ${setIt}`,
    });
  });

  it('is the first commit of a copy made in several', async () => {
    const folder = repository();
    folder.write(tree('old_app')).commit('legacy');
    const commit = folder.write(only(tree('new/app'), '/api/')).commit('copy the API');
    folder.write(tree('old_app', { 'api/users.py': '# fixed in between' })).commit('legacy goes on');
    folder.write(only(tree('new/app'), '/services/')).commit('copy the services');
    folder.write(only(tree('new/app'), 'main.py')).commit('copy the rest');
    assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
  });

  it('is found in a merged side branch', async () => {
    const folder = repository();
    folder.write(tree('old_app')).commit('legacy');
    folder.git('checkout', '--quiet', '-b', 'side');
    const commit = folder.write(tree('new/app')).commit('the copy');
    folder.git('checkout', '--quiet', 'main');
    folder.write(tree('old_app', { 'main.py': '# fixed on main' })).commit('legacy goes on');
    folder.git('merge', '--quiet', '--no-edit', 'side');
    assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
  });

  it('is a merge commit when that made the copy', async () => {
    const folder = repository();
    folder.write(tree('old_app')).commit('legacy');
    folder.git('checkout', '--quiet', '-b', 'side');
    folder.write({ 'notes.md': 'n' }).commit('notes');
    folder.git('checkout', '--quiet', 'main');
    folder.write({ 'more.md': 'm' }).commit('more');
    folder.git('merge', '--quiet', '--no-commit', 'side');
    const commit = folder.write(tree('new/app')).commit('merge, and the copy');
    assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
  });

  it('is the second copy when the first was taken back', async () => {
    const folder = repository();
    folder.write(tree('old_app')).commit('legacy');
    folder.write(tree('new/app')).commit('the copy');
    folder.remove('new').commit('taken back');
    folder.write(tree('old_app', { 'main.py': '# fixed' })).commit('legacy goes on');
    const commit = folder.write(tree('new/app', { 'main.py': '# fixed' })).commit('the copy again');
    assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
  });

  it('is the commit that copied legacy from canonical, when it was that way round', async () => {
    const folder = repository();
    folder.write(tree('new/app')).commit('canonical');
    const commit = folder.write(tree('old_app')).commit('the copy');
    folder.write(tree('new/app', { 'main.py': '# fixed' })).commit('canonical goes on');
    assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
  });

  describe('when a tree was moved after the copy', () => {
    it('names the folder where legacy was then', async () => {
      const folder = repository();
      folder.write(tree('backend')).commit('legacy');
      const commit = folder.write(tree('new/app')).commit('the copy');
      folder.write(tree('new/app', { 'main.py': '# fixed' })).commit('canonical goes on');
      folder
        .remove('backend')
        .write(tree('old_app', { 'api/users.py': '# fixed' }))
        .commit('legacy moves');
      assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'backend' } });
    });

    it('follows canonical back to the folder that was the copy', async () => {
      const folder = repository();
      folder.write(tree('old_app')).commit('legacy');
      const commit = folder.write(tree('third')).commit('the copy');
      folder.write(tree('third', { 'main.py': '# fixed' })).commit('canonical goes on');
      folder.write(tree('old_app', { 'api/users.py': '# fixed' })).commit('legacy goes on');
      folder
        .remove('third')
        .write(tree('new/app', { 'main.py': '# fixed' }))
        .commit('canonical moves');
      assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
    });

    it('follows both at once', async () => {
      const folder = repository();
      folder.write(tree('src/old_app')).commit('legacy');
      const commit = folder.write(tree('src/new/app')).commit('the copy');
      folder.write(tree('src/new/app', { 'main.py': '# fixed' })).commit('canonical goes on');
      move(folder, 'src/old_app', 'old_app');
      move(folder, 'src/new', 'new');
      folder.commit('both move');
      assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'src/old_app' } });
    });

    it('follows canonical back to the workspace root', async () => {
      const folder = repository();
      const atRoot = Object.fromEntries(Object.entries(tree('x')).map(([file, text]) => [file.slice(2), text]));
      folder.write(atRoot).commit('canonical');
      const commit = folder.write(tree('old_app')).commit('the copy');
      folder.write({ 'main.py': `${atRoot['main.py'] ?? ''}# fixed\n` }).commit('canonical goes on');
      for (const file of ['__init__.py', 'main.py', 'api', 'services']) move(folder, file, `new/app/${file}`);
      folder.commit('canonical moves');
      assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
    });
  });

  describe('when the history begins with both trees', () => {
    it('is its first commit if they are the same there', async () => {
      const folder = repository();
      const commit = folder.write(tree('old_app')).write(tree('new/app')).commit('import');
      folder.write(tree('new/app', { 'main.py': '# fixed' })).commit('canonical goes on');
      assert.deepEqual(await find(folder), { base: { commit, legacyRoot: 'old_app' } });
    });

    it('is unknown if they differ there', async () => {
      const folder = repository();
      const commit = folder
        .write(tree('old_app'))
        .write(tree('new/app', { 'main.py': '# fixed' }))
        .commit('import');
      assert.deepEqual(await find(folder), {
        base: null,
        noBase: `Both trees are in the history from commit ${commit.slice(0, 10)} on, and differ in it already: when the copy was made is not recorded. ${setIt}`,
      });
    });
  });

  describe('in a shallow clone', () => {
    function origin(): { folder: TemporaryFolder; commit: string } {
      const folder = repository();
      folder.write(tree('old_app')).commit('legacy');
      const commit = folder.write(tree('new/app')).commit('the copy');
      folder.write(tree('new/app', { 'main.py': '# fixed' })).commit('canonical goes on');
      return { folder, commit };
    }

    function clone(from: TemporaryFolder, depth: number): TemporaryFolder {
      const folder = newFolder();
      folder.git('clone', '--quiet', '--depth', `${depth}`, `file://${from.path}`, '.');
      return folder;
    }

    it('is found when the clone reaches back to it', async () => {
      const { folder, commit } = origin();
      assert.deepEqual(await find(clone(folder, 2)), { base: { commit, legacyRoot: 'old_app' } });
    });

    it('is unknown when it does not', async () => {
      const { folder } = origin();
      assert.deepEqual(await find(clone(folder, 1)), {
        base: null,
        noBase: `This clone is shallow, and its history does not reach back to where the copy was made. Run git fetch --unshallow. ${setIt}`,
      });
    });
  });

  it('is found with a detached HEAD, and in a workspace that is a folder of the repository', async () => {
    const folder = repository();
    const inside = (files: Record<string, string>): Record<string, string> =>
      Object.fromEntries(Object.entries(files).map(([file, text]) => [`work/${file}`, text]));
    folder.write(inside(tree('old_app'))).commit('legacy');
    const commit = folder.write(inside(tree('new/app'))).commit('the copy');
    folder.git('checkout', '--quiet', '--detach');
    const git = createGit(path.join(folder.path, 'work'));
    const base = { commit, legacyRoot: 'old_app' };
    assert.deepEqual(await findBase(git, pair), { base });
    const files = await readBaseTree(git, base);
    assert.deepEqual(
      [...files.keys()].sort(),
      Object.keys(tree('old_app'))
        .map((file) => file.slice(8))
        .sort(),
    );
  });

  it('is unknown without git, without commits, and for trees that were never committed', async () => {
    assert.deepEqual(await findBase(undefined, pair), {
      base: null,
      noBase: 'There is no git repository here (or no git), so nothing tells when the copy was made.',
    });
    const folder = repository();
    folder.write(tree('old_app')).write(tree('new/app'));
    assert.deepEqual(await find(folder), {
      base: null,
      noBase: 'The repository has no commits yet, so nothing tells when the copy was made.',
    });
    folder.git('add', 'old_app');
    folder.git('commit', '--quiet', '-m', 'legacy alone');
    assert.deepEqual(await find(folder), {
      base: null,
      noBase: 'No commit has any file of new/app. Commit both trees, then look again.',
    });
  });

  describe('given in the settings', () => {
    it('is used, wherever legacy was then', async () => {
      const folder = repository();
      const commit = folder.write(tree('backend')).commit('legacy');
      folder.write(tree('new/app')).commit('the copy');
      folder.remove('backend').write(tree('old_app')).commit('legacy moves');
      folder.git('tag', 'copied', commit);
      assert.deepEqual(await find(folder, { base: 'copied' }), { base: { commit, legacyRoot: 'backend' } });
      const head = folder.git('rev-parse', 'HEAD');
      assert.deepEqual(await find(folder, { base: 'HEAD' }), { base: { commit: head, legacyRoot: 'old_app' } });
    });

    it('is refused when it is no commit, or has no legacy tree', async () => {
      const folder = repository();
      folder.write({ 'a.txt': 'a' }).commit('before all');
      folder.write(tree('old_app')).commit('legacy');
      for (const base of ['nowhere', '--all', '']) {
        assert.deepEqual(await find(folder, { base }), {
          base: null,
          noBase: `The merge base ${base}, given in the settings, is no commit of this repository.`,
        });
      }
      assert.deepEqual(await find(folder, { base: 'HEAD^' }), {
        base: null,
        noBase: 'The merge base HEAD^, given in the settings, has no folder old_app. Give a commit that has it.',
      });
    });
  });

  it('gives its files and their contents', async () => {
    const folder = repository();
    const odd = Uint8Array.of(0, 255, 10, 10);
    folder.write({ 'old_app/a b/ü.py': 'x = 1\n', 'old_app/bin': odd, 'old_app/empty': '', 'other.py': '' });
    const commit = folder.commit('legacy');
    const git = createGit(folder.path);
    const files = await readBaseTree(git, { commit, legacyRoot: 'old_app' });
    assert.deepEqual([...files.keys()], ['a b/ü.py', 'bin', 'empty']);
    const ids = [...files.values()].map(({ blob }) => blob);
    const blobs = await readBlobs(git, [...ids, '0'.repeat(40)]);
    const contents = [...files].map(([file, { blob }]) => [file, new Uint8Array(blobs.get(blob) ?? [])]);
    assert.deepEqual(contents, [
      ['a b/ü.py', new TextEncoder().encode('x = 1\n')],
      ['bin', odd],
      ['empty', new Uint8Array()],
    ]);
    assert.equal(blobs.size, 3);
  });

  it('can be cancelled', async () => {
    const folder = repository();
    const token = { isCancellationRequested: true };
    await assert.rejects(findBase(createGit(folder.path), pair, token), { name: 'CancelledError' });
  });
});
