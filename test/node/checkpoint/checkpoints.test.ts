import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Checkpoints } from '../../../src/engine/index.ts';
import { createCheckpoints } from '../../../src/node/checkpoint/checkpoints.ts';
import { createFileSystem } from '../../../src/node/fileSystem.ts';
import { createGit } from '../../../src/node/git.ts';
import type { Disk } from '../../../src/node/state/disk.ts';
import { faultyDisk, hastyDisk } from '../apply/faultyDisk.ts';
import { temporaryFolders, type TemporaryFolder } from '../temporaryFolder.ts';
import { wholeTree } from '../wholeTree.ts';

function inGit(folder: TemporaryFolder, root = folder.path, disk?: Disk): Checkpoints {
  return createCheckpoints(root, { git: createGit(root), ...(disk && { disk }) });
}

function indexOf(folder: TemporaryFolder): string {
  return readFileSync(path.join(folder.path, '.git/index')).toString('hex');
}

describe('a checkpoint', () => {
  const newFolder = temporaryFolders();

  const newRepository = (files: Readonly<Record<string, string>>, ...options: string[]): TemporaryFolder => {
    const folder = newFolder().write(files);
    folder.git('init', '--quiet', '--template=', ...options);
    return folder;
  };

  it('says when, what for and where it was taken, and is listed oldest first', async () => {
    const folder = newRepository({ 'a.py': 'a' });
    const commit = folder.commit('first');
    const checkpoints = inGit(folder);
    assert.deepEqual(await checkpoints.list(), []);
    const first = await checkpoints.create('canonicalize');
    const second = await checkpoints.create('canonicalize');
    const stamp = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}Z$/u.exec(first.time) ?? [];
    const [, day, hours, minutes, seconds] = stamp;
    const name = `${day}-${hours}${minutes}${seconds}-canonicalize`;
    assert.deepEqual(first, { name, phase: 'canonicalize', time: first.time, head: { commit, branch: 'main' } });
    folder.git('checkout', '--quiet', '--detach');
    const third = await checkpoints.create('align');
    assert.deepEqual(third.head, { commit });
    assert.deepEqual(await checkpoints.list(), [first, second, third]);
    assert.equal(new Set([first.name, second.name, third.name]).size, 3);
    assert.equal(folder.git('show', `refs/tree-unifier/checkpoints/${name}:files/a.py`), 'a');
  });

  it('leaves git as it was: HEAD, branches, index, and objects that are there already', async () => {
    const folder = newRepository({ 'a.py': 'a', 'd/b.py': 'b' });
    folder.commit('first');
    folder.git('gc', '--quiet');
    const seen = () => [folder.git('for-each-ref', 'refs/heads'), folder.git('rev-parse', 'HEAD'), indexOf(folder)];
    const before = seen();
    await inGit(folder).create('align');
    assert.deepEqual(seen(), before);
    // The commit, its tree and that of `staged`; what `files` holds is the commit's own tree. The index and the details.
    const count = Number(folder.git('count-objects').split(' ')[0]);
    assert.ok(count <= 7, `${count} new objects`);
  });

  it('is not confused by a repository without a commit or an index', async () => {
    const folder = newRepository({ 'a.py': 'a\r\n', '.gitignore': '*.log\n', 'x.log': 'x' });
    const before = wholeTree(folder.path);
    const checkpoints = inGit(folder);
    const { name, head } = await checkpoints.create('align');
    assert.deepEqual(head, { branch: 'main' });
    folder.write({ 'b.py': 'b', 'a.py': 'changed' });
    folder.git('add', '--all');
    const { written, deleted } = await checkpoints.restore(name);
    assert.deepEqual({ written, deleted }, { written: ['a.py'], deleted: ['b.py'] });
    assert.deepEqual(wholeTree(folder.path), before);
    assert.equal(existsSync(path.join(folder.path, '.git/index')), false);
  });

  it('holds names that are not UTF-8', async function () {
    if (process.platform !== 'linux') return;
    const folder = newRepository({ 'a.py': 'a' });
    const odd = Buffer.concat([Buffer.from(`${folder.path}/gr`), Buffer.from([0xfc, 0xdf, 0x0a])]);
    writeFileSync(odd, 'odd');
    const checkpoints = inGit(folder);
    await checkpoints.create('align');
    writeFileSync(odd, 'changed');
    await checkpoints.restore();
    assert.equal(readFileSync(odd, 'utf8'), 'odd');
    const names = readdirSync(folder.path, { encoding: 'latin1' });
    assert.deepEqual(names.sort(), ['.git', 'a.py', 'gr\xfc\xdf\n']);
  });

  it('of a folder in a repository holds that folder, and the whole index', async () => {
    const folder = newRepository({ 'sub/a.py': 'a', 'other.py': 'o', 'sub/two words/b.py': 'b' });
    folder.commit('first');
    folder.write({ 'other.py': 'staged' }).git('add', '--all');
    const index = indexOf(folder);
    const root = path.join(folder.path, 'sub');
    const checkpoints = inGit(folder, root);
    const { name } = await checkpoints.create('align');
    assert.deepEqual(await inGit(folder).list(), []);
    folder.remove('sub/two words').write({ 'sub/a.py': 'A', 'sub/new.py': 'n', 'other.py': 'not ours' });
    folder.git('add', '--all');
    const { written, deleted } = await checkpoints.restore();
    assert.deepEqual({ written, deleted }, { written: ['a.py', 'two words/b.py'], deleted: ['new.py'] });
    assert.deepEqual(wholeTree(folder.path), {
      'other.py': '644 not ours',
      'sub/a.py': '644 a',
      'sub/two words/b.py': '644 b',
    });
    assert.equal(indexOf(folder), index);
    await assert.rejects(inGit(folder).restore(name), {
      code: 'noCheckpoint',
      message: 'There is no checkpoint to restore.',
    });
  });

  it('belongs to the work tree that it was taken in', async () => {
    const folder = newRepository({ 'a.py': 'a' });
    folder.commit('first');
    const other = newFolder();
    folder.git('worktree', 'add', '--quiet', path.join(other.path, 'w'), '-b', 'side');
    const root = path.join(other.path, 'w');
    const checkpoints = inGit(other, root);
    const made = await checkpoints.create('align');
    assert.deepEqual(await inGit(folder).list(), []);
    assert.deepEqual(await checkpoints.list(), [made]);
    other.write({ 'w/a.py': 'changed' });
    await checkpoints.restore();
    assert.deepEqual(wholeTree(root), { 'a.py': '644 a' });
    assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 a' });
  });

  it('keeps a conflict as it is, and all its versions through a garbage collection', async () => {
    const folder = newRepository({ 'a.py': 'base\n' });
    folder.commit('base');
    folder.git('checkout', '--quiet', '-b', 'side');
    folder.write({ 'a.py': 'side\n' }).commit('side');
    folder.git('checkout', '--quiet', 'main');
    folder.write({ 'a.py': 'main\n' }).commit('main');
    assert.throws(() => folder.git('merge', '--quiet', 'side'));
    folder.write({ 'staged.py': 'only staged\n' }).git('add', 'staged.py');
    folder.remove('staged.py');
    const before = [indexOf(folder), wholeTree(folder.path)];
    const staged = folder.git('ls-files', '--stage');
    const checkpoints = inGit(folder);
    await checkpoints.create('align');
    folder.git('reset', '--quiet', '--hard', 'main');
    folder.git('branch', '--quiet', '-D', 'side');
    folder.git('reflog', 'expire', '--expire=now', '--all');
    folder.git('gc', '--quiet', '--prune=now');
    await checkpoints.restore();
    assert.deepEqual([indexOf(folder), wholeTree(folder.path)], before);
    assert.equal(folder.git('ls-files', '--stage'), staged);
    const contents = staged.split('\n').map((line) => folder.git('cat-file', 'blob', line.split(' ')[1] ?? ''));
    assert.deepEqual(contents, ['base', 'main', 'side', 'only staged']);
  });

  it('keeps the shared part of a split index', async () => {
    const folder = newRepository({ 'a.py': 'a', 'b.py': 'b' });
    folder.commit('first');
    folder.git('update-index', '--split-index');
    folder.write({ 'c.py': 'c' }).git('add', 'c.py');
    const staged = folder.git('ls-files', '--stage');
    const checkpoints = inGit(folder);
    await checkpoints.create('align');
    folder.git('update-index', '--no-split-index');
    for (const name of readdirSync(path.join(folder.path, '.git')))
      if (name.startsWith('sharedindex.')) folder.remove(`.git/${name}`);
    folder.git('rm', '--quiet', '--cached', 'a.py');
    await checkpoints.restore();
    assert.equal(folder.git('ls-files', '--stage'), staged);
  });

  it('puts the index back as old as it was: git still sees what changed in the breath in which it was staged', async () => {
    const folder = newRepository({ 'a.py': 'one', 'b.py': 'b' });
    folder.commit('first');
    folder.git('config', 'core.trustctime', 'false');
    const [file, index] = ['a.py', '.git/index'].map((name) => path.join(folder.path, name)) as [string, string];
    const moment = 1_700_000_000.25;
    const touch = (): void => {
      for (const one of [file, index]) utimesSync(one, moment, moment);
    };
    folder.write({ 'a.py': 'two' });
    touch();
    folder.git('add', 'a.py');
    // As big as what is staged, and as old.
    writeFileSync(file, 'six');
    touch();
    const checkpoints = inGit(folder);
    await checkpoints.create('align');
    folder.write({ 'b.py': 'c' }).git('add', 'b.py');
    const { checkpoint } = await checkpoints.restore();
    assert.equal(Math.floor(statSync(index).mtimeMs / 1000), Math.floor(moment));
    // One that holds the same and is younger, as after an update of nothing, is put back too.
    utimesSync(index, moment + 5, moment + 5);
    await checkpoints.restore();
    assert.equal(folder.git('diff', '--name-only'), 'a.py');
    await checkpoints.restore(checkpoint.name);
    assert.equal(folder.git('diff', '--cached', '--name-only'), 'a.py\nb.py');
  });

  it('restores one that does not say how old the index was', async () => {
    const folder = newRepository({ 'a.py': 'a' });
    folder.commit('first');
    const checkpoints = inGit(folder);
    const { name } = await checkpoints.create('align');
    const ref = `refs/tree-unifier/checkpoints/${name}`;
    const details = JSON.parse(folder.git('show', `${ref}:details.json`)) as Record<string, unknown>;
    delete details['indexModified'];
    folder.write({ 'details.json': JSON.stringify(details) });
    const blob = folder.git('hash-object', '-w', 'details.json');
    folder.remove('details.json');
    const entries = folder.git('ls-tree', ref).split('\n');
    const lines = entries.map((line) => (line.endsWith('details.json') ? `100644 blob ${blob}\tdetails.json` : line));
    const tree = execFileSync('git', ['mktree'], { cwd: folder.path, input: `${lines.join('\n')}\n` })
      .toString()
      .trim();
    const message = folder.git('log', '-1', '--format=%B', ref);
    folder.git('update-ref', ref, folder.git('commit-tree', tree, '-m', message));
    folder.write({ 'a.py': 'b' }).git('add', 'a.py');
    await checkpoints.restore(name);
    assert.deepEqual(
      [folder.git('status', '--short'), readFileSync(path.join(folder.path, 'a.py'), 'utf8')],
      ['', 'a'],
    );
  });

  it('leaves submodules, repositories inside, and what a sparse checkout has not', async () => {
    const module = newRepository({ 'm.py': 'm' });
    module.commit('module');
    const folder = newRepository({ 'a/x.py': 'x', 'b/y.py': 'y', 'inner/z.py': 'z' });
    folder.git('init', '--quiet', '--template=', 'inner');
    folder.git('submodule', '--quiet', 'add', module.path, 'module');
    folder.git('add', 'a', 'b');
    folder.git('commit', '--quiet', '-m', 'all');
    folder.git('sparse-checkout', 'set', '--no-cone', '/a/', '/module/');
    const index = indexOf(folder);
    const checkpoints = inGit(folder);
    await checkpoints.create('align');
    folder.write({ 'a/x.py': 'X', 'inner/z.py': 'changed', 'module/m.py': 'changed', 'b/y.py': 'here now' });
    const { written, deleted } = await checkpoints.restore();
    assert.deepEqual({ written, deleted }, { written: ['a/x.py'], deleted: ['b/y.py'] });
    assert.equal(indexOf(folder), index);
    const after = wholeTree(folder.path, ['.git', '.gitmodules']);
    assert.equal(after['inner/z.py'], '644 changed');
    assert.equal(after['module/m.py'], '644 changed');
    assert.equal(after['a/x.py'], '644 x');
    assert.equal('b/y.py' in after, false);
  });

  for (const withGit of [true, false]) {
    const open = (folder: TemporaryFolder, disk?: Disk): Checkpoints =>
      withGit ? inGit(folder, folder.path, disk) : createCheckpoints(folder.path, disk && { disk });
    const start = (files: Readonly<Record<string, string>>): TemporaryFolder =>
      withGit ? newRepository(files) : newFolder().write(files);

    describe(withGit ? 'with git' : 'without git', () => {
      it('never touches what is ignored, whichever rules say so', async () => {
        const folder = start({ '.gitignore': '/build/\n*.log\n', 'build/x': 'x', 'a.log': 'l', 'a.py': 'a' });
        const checkpoints = open(folder);
        await checkpoints.create('align');
        // Nothing ignores them any more, while `a.py` and `new.tmp` are.
        folder.write({ '.gitignore': '*.tmp\na.py\n', 'new.tmp': 't', 'a.py': 'changed', 'new.log': 'n' });
        const restored = await checkpoints.restore();
        const expected = {
          '.gitignore': '644 /build/\n*.log\n',
          'a.log': '644 l',
          'a.py': '644 a',
          'build/x': '644 x',
          'new.log': '644 n',
          'new.tmp': '644 t',
        };
        assert.deepEqual(wholeTree(folder.path), expected);
        assert.deepEqual(restored.written, ['.gitignore', 'a.py']);
        assert.deepEqual(restored.deleted, []);
        await checkpoints.restore(restored.checkpoint.name);
        assert.deepEqual(wholeTree(folder.path), {
          ...expected,
          '.gitignore': '644 *.tmp\na.py\n',
          'a.py': '644 changed',
        });
      });

      it('takes back what was made since, though it is ignored by now', async () => {
        const folder = start({ '.gitignore': '/data/\n!/old/data/\n', 'old/data/a.py': 'a' });
        const checkpoints = open(folder);
        const first = await checkpoints.create('align');
        folder.write({ '.gitignore': 'data/\n' });
        await checkpoints.create('deduplicate', ['old/data/made.py', 'old/main.py']);
        folder.write({ 'old/data/made.py': 'm', 'old/main.py': 'm', 'old/data/mine.py': 'not of the tool' });
        const restored = await checkpoints.restore(first.name);
        assert.deepEqual(restored.deleted, ['old/data/made.py', 'old/main.py']);
        const before = {
          '.gitignore': '644 /data/\n!/old/data/\n',
          'old/data/a.py': '644 a',
          'old/data/mine.py': '644 not of the tool',
        };
        assert.deepEqual(wholeTree(folder.path), before);
        // And back again.
        await checkpoints.restore(restored.checkpoint.name);
        assert.deepEqual(wholeTree(folder.path), {
          ...before,
          '.gitignore': '644 data/\n',
          'old/data/made.py': '644 m',
          'old/main.py': '644 m',
        });
      });

      it('says what is in the way of a file, and puts back the others', async () => {
        const folder = start({ '.gitignore': '*.log\n', a: 'a', 'b.py': 'b' });
        const checkpoints = open(folder);
        await checkpoints.create('align');
        folder.remove('a').write({ 'a/x.log': 'ignored', 'b.py': 'B' });
        await assert.rejects(checkpoints.restore(), {
          code: 'unrestorable',
          message: 'All is put back but a: a folder or an ignored file is in the way. Move it away, and restore again.',
        });
        assert.deepEqual(wholeTree(folder.path), {
          '.gitignore': '644 *.log\n',
          'a/x.log': '644 ignored',
          'b.py': '644 b',
        });
        folder.remove('a');
        await checkpoints.restore();
        assert.deepEqual(wholeTree(folder.path), { '.gitignore': '644 *.log\n', a: '644 a', 'b.py': '644 b' });
      });

      it('is restored by its name, else the latest that an apply made', async () => {
        const folder = start({ 'a.py': '1' });
        const checkpoints = open(folder);
        await assert.rejects(checkpoints.restore(), {
          code: 'noCheckpoint',
          message: 'There is no checkpoint to restore.',
        });
        const first = await checkpoints.create('align');
        folder.write({ 'a.py': '2' });
        const second = await checkpoints.create('align');
        folder.write({ 'a.py': '3' });
        const restored = await checkpoints.restore(first.name);
        assert.deepEqual([restored.checkpoint.phase, wholeTree(folder.path)], ['restore', { 'a.py': '644 1' }]);
        await checkpoints.restore();
        assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 2' });
        await checkpoints.restore(restored.checkpoint.name);
        assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 3' });
        const names = (await checkpoints.list()).map(({ name }) => name);
        assert.deepEqual(names.slice(0, 2), [first.name, second.name]);
        await assert.rejects(checkpoints.restore('none'), {
          code: 'noCheckpoint',
          message: `There is no checkpoint none. There are: ${names.join(', ')}.`,
        });
      });

      it('is forgotten by its name, and no other is', async () => {
        const folder = start({ 'a.py': '1' });
        const checkpoints = open(folder);
        const [first, second] = [await checkpoints.create('align'), await checkpoints.create('align')];
        await checkpoints.remove(second.name);
        assert.deepEqual(await checkpoints.list(), [first]);
        const message = `There is no checkpoint ../${first.name}. There are: ${first.name}.`;
        await assert.rejects(checkpoints.remove(`../${first.name}`), { code: 'noCheckpoint', message });
        folder.write({ 'a.py': '2' });
        await checkpoints.restore(first.name);
        assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 1' });
        const state = path.join(folder.path, withGit ? '.git/tree-unifier' : '.tree-unifier');
        assert.deepEqual(
          readdirSync(state).filter((name) => name.startsWith('gone')),
          [],
        );
      });

      it('follows no link out of the root', async () => {
        const elsewhere = newFolder().write({ 'x.py': 'elsewhere' });
        const folder = start({ 'd/x.py': 'here' });
        symlinkSync(elsewhere.path, path.join(folder.path, 'away'));
        if (withGit) folder.commit('first');
        const before = wholeTree(folder.path);
        const checkpoints = open(folder);
        await checkpoints.create('align');
        folder.remove('d').remove('away');
        symlinkSync(elsewhere.path, path.join(folder.path, 'd'));
        const damaged = wholeTree(folder.path);
        const { checkpoint } = await checkpoints.restore();
        assert.deepEqual(wholeTree(folder.path), before);
        await checkpoints.restore(checkpoint.name);
        assert.deepEqual(wholeTree(folder.path), damaged);
        assert.deepEqual(wholeTree(elsewhere.path), { 'x.py': '644 elsewhere' });
      });

      it('is restored by running it again, wherever it was stopped', async () => {
        const files = { '.gitignore': '*.log\n', 'a.py': 'a', 'b/c.py': 'c', 'b/d.py': 'd', e: 'e', 'x.log': 'x' };
        let isStopped = true;
        for (let last = 0; isStopped; last += withGit ? 7 : 2) {
          const folder = start(files);
          chmodSync(path.join(folder.path, 'e'), 0o640);
          const before = wholeTree(folder.path);
          await open(folder).create('align');
          folder.remove('b').remove('e').write({ b: 'file', 'e/f.py': 'f', 'a.py': 'A', '.gitignore': '' });
          isStopped = await isStoppedAt(last, (disk) => open(folder, disk).restore());
          // The process is still alive here: its lock would hold.
          folder.remove(withGit ? '.git/tree-unifier/lock' : '.tree-unifier/lock');
          await open(folder).restore();
          assert.deepEqual(wholeTree(folder.path), before, `moment ${last}`);
          folder.remove();
        }
      });
    });
  }

  it('without git is a copy that nothing lists', async () => {
    const folder = newFolder().write({ 'a/b.py': 'b' });
    const { name } = await createCheckpoints(folder.path).create('align');
    assert.deepEqual(wholeTree(path.join(folder.path, '.tree-unifier/checkpoints', name, 'files')), {
      'a/b.py': '600 b',
    });
    assert.deepEqual(await createFileSystem(folder.path).list(), ['a/b.py']);
    folder.git('init', '--quiet');
    assert.equal(folder.git('status', '--short'), '?? a/');
  });

  it('without git is not written through a link', async () => {
    const elsewhere = newFolder();
    const folder = newFolder().write({ 'a.py': 'a' });
    symlinkSync(elsewhere.path, path.join(folder.path, '.tree-unifier'));
    const message = `${path.join(folder.path, '.tree-unifier')} is not a folder, where checkpoints are kept: move it away.`;
    await assert.rejects(createCheckpoints(folder.path).create('align'), { code: 'unwritable', message });
    mkdirSync(path.join(folder.path, 'w/.tree-unifier'), { recursive: true });
    symlinkSync(elsewhere.path, path.join(folder.path, 'w/.tree-unifier/checkpoints'));
    await assert.rejects(createCheckpoints(path.join(folder.path, 'w')).create('align'), { code: 'unwritable' });
    assert.deepEqual(readdirSync(elsewhere.path), []);
  });

  it('is not restored while git writes the index', async () => {
    const folder = newRepository({ 'a.py': 'a' });
    const checkpoints = inGit(folder);
    await checkpoints.create('align');
    folder.write({ 'a.py': 'changed', '.git/index.lock': '' });
    const lock = path.join(folder.path, '.git/index.lock');
    await assert.rejects(checkpoints.restore(), {
      code: 'locked',
      message: `Git is at work: wait, or delete ${lock} if no git process is left.`,
    });
    assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 changed' });
  });

  it('can be cancelled', async () => {
    const folder = newRepository({ 'a.py': 'a' });
    const token = { isCancellationRequested: true };
    await assert.rejects(inGit(folder).create('align', [], token), { name: 'CancelledError' });
    await assert.rejects(createCheckpoints(folder.path).create('align', [], token), { name: 'CancelledError' });
    assert.deepEqual(await inGit(folder).list(), []);
  });
});

/** Runs the task on a disk that does nothing more from that moment on; answers whether it got there. */
async function isStoppedAt(last: number, task: (disk: Disk) => Promise<unknown>): Promise<boolean> {
  let isDead = false;
  const disk = faultyDisk((_, index) => {
    isDead ||= index === last;
    if (isDead) throw new Error('Stopped here.');
  }, hastyDisk);
  const [result] = await Promise.allSettled([task(disk)]);
  assert.equal(result.status === 'rejected', isDead);
  return isDead;
}
