import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { createFileSystem } from '../../src/node/fileSystem.ts';
import { createGit, findGit } from '../../src/node/git.ts';
import { temporaryFolders, type TemporaryFolder } from './temporaryFolder.ts';

const gitignore = ['*.log', '!keep.log', '/build/', 'deep/**/gen', 'cache/', '# a comment', '', 'space\\ '].join('\n');

/** Everything that both listings must agree on; nothing here is tracked against `.gitignore`. */
function writeTree(folder: TemporaryFolder): void {
  folder.write({
    '.gitignore': gitignore,
    '.hidden/file': '',
    'Z.py': '',
    'a b/grüße.py': '',
    'a.py': '',
    'build/out.py': '',
    'cache/x': '',
    'deep/er/gen/made.py': '',
    'deep/gen': '',
    'keep.log': '',
    'nested/.gitignore': '!*.log\n/local.py\n!cache/\nsub/*\n!sub/kept\n',
    'nested/cache/y': '',
    'nested/local.py': '',
    'nested/more/build/fine.py': '',
    'nested/more/local.py': '',
    'nested/shown.log': '',
    'nested/sub/dropped': '',
    'nested/sub/kept': '',
    'node_modules/p/index.js': '',
    'pkg/__pycache__/a.pyc': '',
    'pkg/tree[1].py': '',
    'pkg/x.log': '',
    'old/drop.py': '',
    '日本/語.py': '',
  });
  symlinkSync('..', path.join(folder.path, 'pkg/cycle'));
  symlinkSync('/etc', path.join(folder.path, 'pkg/outside'));
  symlinkSync('../a.py', path.join(folder.path, 'pkg/inside.py'));
  symlinkSync('nowhere', path.join(folder.path, 'pkg/dangling.py'));
}

const listed = [
  '.gitignore',
  '.hidden/file',
  'Z.py',
  'a b/grüße.py',
  'a.py',
  'keep.log',
  'nested/.gitignore',
  'nested/cache/y',
  'nested/more/build/fine.py',
  'nested/more/local.py',
  'nested/shown.log',
  'nested/sub/kept',
  'pkg/tree[1].py',
  '日本/語.py',
];

describe('listing files', () => {
  const newFolder = temporaryFolders();

  it('by walking honours nested .gitignore files, and follows no link', async () => {
    const folder = newFolder();
    writeTree(folder);
    const files = createFileSystem(folder.path, { exclude: ['old/**'] });
    assert.deepEqual(await files.list(), listed);
  });

  it('by git gives the same, tracked or not', async () => {
    const folder = newFolder();
    writeTree(folder);
    folder.git('init', '--quiet');
    const files = createFileSystem(folder.path, { git: createGit(folder.path), exclude: ['old/**'] });
    assert.deepEqual(await files.list(), listed);
    folder.commit('all');
    assert.deepEqual(await files.list(), listed);
  });

  it('by git has tracked files that .gitignore excludes, and no deleted one', async () => {
    const folder = newFolder().write({ 'a.log': '', 'b.py': '', 'd/c.py': '', 'e/f.py': '' });
    folder.git('init', '--quiet');
    folder.commit('all');
    folder.write({ '.gitignore': '*.log\n', 'new.log': '', 'new.py': '' });
    unlinkSync(path.join(folder.path, 'b.py'));
    folder.remove('d');
    const files = createFileSystem(folder.path, { git: createGit(folder.path) });
    assert.deepEqual(await files.list(), ['.gitignore', 'a.log', 'e/f.py', 'new.py']);
  });

  it('by git does not look behind a folder that has become a link, nor at one that has become a file', async () => {
    const folder = newFolder().write({ 'd/e/a.py': '', 'f/a.py': '', 'g.py': '' });
    folder.git('init', '--quiet');
    folder.commit('all');
    const elsewhere = newFolder();
    renameSync(path.join(folder.path, 'd'), path.join(elsewhere.path, 'd'));
    symlinkSync(path.join(elsewhere.path, 'd'), path.join(folder.path, 'd'));
    folder.remove('f').write({ f: '' });
    folder.remove('g.py').write({ 'g.py/h.py': '' });
    const files = createFileSystem(folder.path, { git: createGit(folder.path) });
    assert.deepEqual(await files.list(), ['f', 'g.py/h.py']);
  });

  it('by git leaves out submodules, repositories inside, and what a sparse checkout has not', async () => {
    const module = newFolder().write({ 'm.py': '' });
    module.git('init', '--quiet');
    module.commit('module');
    const folder = newFolder().write({ 'a/x.py': '', 'b/y.py': '', 'inner/z.py': '' });
    folder.git('init', '--quiet', 'inner');
    folder.git('init', '--quiet');
    folder.git('submodule', '--quiet', 'add', module.path, 'module');
    folder.git('add', 'a', 'b');
    folder.git('commit', '--quiet', '-m', 'all');
    folder.git('sparse-checkout', 'set', '--no-cone', '/a/', '/module/');
    const files = createFileSystem(folder.path, { git: createGit(folder.path) });
    assert.deepEqual(await files.list(), ['a/x.py']);
  });

  it('by git names a file in conflict once', async () => {
    const folder = newFolder().write({ 'a.py': 'base' });
    folder.git('init', '--quiet');
    folder.commit('base');
    folder.git('checkout', '--quiet', '-b', 'side');
    folder.write({ 'a.py': 'side' }).commit('side');
    folder.git('checkout', '--quiet', 'main');
    folder.write({ 'a.py': 'main' }).commit('main');
    assert.throws(() => folder.git('merge', '--quiet', 'side'));
    const files = createFileSystem(folder.path, { git: createGit(folder.path) });
    assert.deepEqual(await files.list(), ['a.py']);
  });

  it('gives paths relative to a root inside a larger repository', async () => {
    const folder = newFolder().write({ '.gitignore': '*.log\n', 'sub/a.py': '', 'sub/a.log': '', 'other.py': '' });
    folder.git('init', '--quiet');
    folder.commit('all');
    const root = path.join(folder.path, 'sub');
    const git = await findGit(root);
    assert.ok(git);
    assert.deepEqual(await createFileSystem(root, { git }).list(), ['a.py']);
  });

  it('walks a root that the repository around it ignores', async () => {
    const folder = newFolder().write({ '.gitignore': '/scratch/\n', 'scratch/a.py': '' });
    folder.git('init', '--quiet');
    const root = path.join(folder.path, 'scratch');
    const git = await findGit(root);
    assert.equal(git, undefined);
    assert.deepEqual(await createFileSystem(root, { git }).list(), ['a.py']);
  });

  it('leaves out FIFOs', async function () {
    if (process.platform === 'win32') return;
    const folder = newFolder().write({ 'a.py': '', 'b.py': '' });
    folder.git('init', '--quiet');
    folder.commit('all');
    folder.remove('b.py');
    execFileSync('mkfifo', ['b.py', 'c.py'], { cwd: folder.path });
    assert.deepEqual(await createFileSystem(folder.path, { git: createGit(folder.path) }).list(), ['a.py']);
    assert.deepEqual(await createFileSystem(folder.path).list(), ['a.py']);
  });

  it('stops when cancelled', async () => {
    const folder = newFolder().write({ 'a.py': '' });
    folder.git('init', '--quiet');
    const token = { isCancellationRequested: true };
    const git = createGit(folder.path);
    await assert.rejects(createFileSystem(folder.path, { git }).list(token), { name: 'CancelledError' });
    await assert.rejects(createFileSystem(folder.path).list(token), { name: 'CancelledError' });
  });
});
