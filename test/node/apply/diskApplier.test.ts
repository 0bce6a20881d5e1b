import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { FileOutcome } from '../../../src/engine/index.ts';
import { EngineError, outcomesOf } from '../../../src/engine/index.ts';
import { createDiskApplier } from '../../../src/node/apply/diskApplier.ts';
import { createGit } from '../../../src/node/git.ts';
import type { Disk } from '../../../src/node/state/disk.ts';
import { applierContract, type ApplierWorkspace } from '../../contract/applier.ts';
import { temporaryFolders, type TemporaryFolder } from '../temporaryFolder.ts';
import { wholeTree } from '../wholeTree.ts';
import { faultyDisk, type Moment } from './faultyDisk.ts';

const source = { phase: 'canonicalize', checkpoint: 'a-checkpoint' } as const;

describe('applying to the disk', () => {
  const newFolder = temporaryFolders();

  const workspace = (folder: TemporaryFolder, withGit: boolean): ApplierWorkspace => ({
    write: (files) => Promise.resolve(void folder.write(files)),
    read: () => Promise.resolve(filesBelow(folder.path)),
    apply: (changes) => {
      const git = withGit ? createGit(folder.path) : undefined;
      return createDiskApplier(folder.path, { git }).apply(outcomesOf(changes), source);
    },
  });

  applierContract('of the disk, without git', () => Promise.resolve(workspace(newFolder(), false)));
  applierContract('of the disk, with git', () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    return Promise.resolve(workspace(folder, true));
  });

  const applyTo = (folder: TemporaryFolder, outcomes: readonly FileOutcome[], disk?: Disk) =>
    createDiskApplier(folder.path, disk && { disk }).apply(outcomes, source);

  describe('modes', () => {
    it('are kept, and the executable bit follows the plan', async () => {
      const folder = newFolder().write({ 'a.sh': 'a', 'b.sh': 'b', 'c.sh': 'c', 'd.sh': 'd' });
      for (const [file, mode] of [
        ['a.sh', 0o664],
        ['b.sh', 0o600],
        ['c.sh', 0o775],
        ['d.sh', 0o640],
      ] as const)
        chmodSync(path.join(folder.path, file), mode);
      const answer = await applyTo(folder, [
        { path: 'a.sh', ...change('a', 'A') },
        { path: 'b.sh', ...change('b', 'B'), executable: true },
        { path: 'c.sh', ...change('c', 'c'), executable: false },
        { path: 'd.sh', ...change('d', 'd'), executable: true },
        { path: 'e.sh', before: undefined, after: Buffer.from('e'), executable: true },
        { path: 'f.py', before: undefined, after: Buffer.from('f'), executable: false },
      ]);
      assert.deepEqual(answer.refused, []);
      assert.deepEqual(wholeTree(folder.path), {
        'a.sh': '664 A',
        'b.sh': '700 B',
        'c.sh': '664 c',
        'd.sh': '750 d',
        'e.sh': '755 e',
        'f.py': '644 f',
      });
    });

    it('of new files honour the umask', async () => {
      const folder = newFolder();
      const before = process.umask(0o077);
      try {
        await applyTo(folder, [
          { path: 'a.sh', before: undefined, after: Buffer.from('a'), executable: true },
          { path: 'b.py', before: undefined, after: Buffer.from('b') },
        ]);
      } finally {
        process.umask(before);
      }
      assert.deepEqual(wholeTree(folder.path), { 'a.sh': '700 a', 'b.py': '600 b' });
    });
  });

  describe('what must not be written', () => {
    it('is refused: links, what lies behind them, folders, and repositories inside', async () => {
      const elsewhere = newFolder().write({ 'x.py': 'x' });
      const folder = newFolder().write({ 'real.py': 'x', 'inner/x.py': 'x' });
      mkdirSync(path.join(folder.path, 'inner/.git'));
      mkdirSync(path.join(folder.path, 'folder.py'));
      symlinkSync('real.py', path.join(folder.path, 'link.py'));
      symlinkSync('nowhere', path.join(folder.path, 'dangling.py'));
      symlinkSync(elsewhere.path, path.join(folder.path, 'away'));
      const before = wholeTree(folder.path, []);
      const answer = await applyTo(folder, [
        { path: 'away/new.py', before: undefined, after: Buffer.from('n') },
        { path: 'away/x.py', ...change('x', 'y') },
        { path: 'dangling.py', before: undefined, after: Buffer.from('n') },
        { path: 'folder.py', before: undefined, after: Buffer.from('n') },
        { path: 'inner/x.py', ...change('x', 'y') },
        { path: 'link.py', ...change('x', 'y') },
        { path: 'real.py/x.py', before: undefined, after: Buffer.from('n') },
      ]);
      assert.deepEqual(answer, {
        applied: [],
        refused: [
          { path: 'away/new.py', reason: 'The folder away is a symbolic link.' },
          { path: 'away/x.py', reason: 'The folder away is a symbolic link.' },
          { path: 'dangling.py', reason: 'It is a symbolic link.' },
          { path: 'folder.py', reason: 'A folder is in its place.' },
          { path: 'inner/x.py', reason: 'The folder inner is a repository of its own.' },
          { path: 'link.py', reason: 'It is a symbolic link.' },
          { path: 'real.py/x.py', reason: 'real.py is a file, not a folder.' },
        ],
      });
      assert.deepEqual(wholeTree(folder.path, ['.tree-unifier']), before);
      assert.deepEqual(wholeTree(elsewhere.path), { 'x.py': '644 x' });
    });

    const ways = [
      '../a.py',
      'a/../../b.py',
      '/etc/a.py',
      'C:/a.py',
      '.git/config',
      'a/.GIT/hooks/x',
      'git~1/x',
      '.git./x',
    ];
    for (const way of [...ways, './a.py', 'a//b.py', '', '.tree-unifier/journal/x', 'a\0b']) {
      it(`is a defect of the plan: ${JSON.stringify(way)}`, async () => {
        const folder = newFolder().write({ 'w/ok.py': 'a' });
        const root = path.join(folder.path, 'w');
        const outcomes = [
          { path: 'ok.py', ...change('a', 'b') },
          { path: way, before: undefined, after: Buffer.from('n') },
        ];
        await assert.rejects(createDiskApplier(root).apply(outcomes, source), {
          name: 'RangeError',
          message: `${way} is not a path in the workspace that a plan may change.`,
        });
        assert.deepEqual(wholeTree(root), { 'ok.py': '644 a' });
        assert.deepEqual(readdirSync(folder.path), ['w']);
      });
    }

    it('is a file that is marked as read-only: nothing of the plan is applied', async () => {
      const folder = newFolder().write({ 'a.py': 'a', 'b.py': 'b' });
      chmodSync(path.join(folder.path, 'b.py'), 0o444);
      const outcomes = [
        { path: 'a.py', ...change('a', 'A') },
        { path: 'b.py', ...change('b', 'B') },
      ];
      await assert.rejects(applyTo(folder, outcomes), {
        name: 'EngineError',
        code: 'unwritable',
        message: 'Nothing was changed: b.py is read-only. Make it writable, and apply again.',
      });
      assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 a', 'b.py': '444 b' });
    });
  });

  describe('folders that hold nothing but Python’s cache', () => {
    it('go with it, and any other stays', async () => {
      const folder = newFolder().write({
        'p/a.py': 'a',
        'p/__pycache__/a.cpython-312.pyc': 'c',
        'p/q/b.py': 'b',
        'p/q/__pycache__/b.cpython-312.pyc': 'c',
        'r/c.py': 'c',
        'r/__pycache__/notes.txt': 'mine',
        's/d.py': 'd',
        's/data.bin': 'd',
        's/__pycache__/d.cpython-312.pyc': 'c',
      });
      await applyTo(folder, [
        { path: 'p/a.py', before: Buffer.from('a'), after: undefined },
        { path: 'p/q/b.py', before: Buffer.from('b'), after: undefined },
        { path: 'r/c.py', before: Buffer.from('c'), after: undefined },
        { path: 's/d.py', before: Buffer.from('d'), after: undefined },
      ]);
      assert.deepEqual(wholeTree(folder.path), {
        'r/__pycache__/notes.txt': '644 mine',
        's/__pycache__/d.cpython-312.pyc': '644 c',
        's/data.bin': '644 d',
      });
    });
  });

  it('refuses files that the disk takes for one', async () => {
    const folder = newFolder().write({ 'b.py': 'b' });
    // A disk that ignores case has our own folder under this name, too.
    mkdirSync(path.join(folder.path, '.TREE-UNIFIER'));
    const answer = await applyTo(folder, [
      { path: 'A.py', before: undefined, after: Buffer.from('A') },
      { path: 'a.py', before: undefined, after: Buffer.from('a') },
      { path: 'b.py', ...change('b', 'B') },
    ]);
    assert.deepEqual(answer, {
      applied: ['b.py'],
      refused: [
        { path: 'A.py', reason: 'This disk does not tell it from a.py, which the plan also names.' },
        { path: 'a.py', reason: 'This disk does not tell it from A.py, which the plan also names.' },
      ],
    });
    folder.remove('.TREE-UNIFIER');
    const both = { 'A.py': '644 A', 'a.py': '644 a' };
    await applyTo(folder, [
      { path: 'A.py', before: undefined, after: Buffer.from('A') },
      { path: 'a.py', before: undefined, after: Buffer.from('a') },
    ]);
    assert.deepEqual(wholeTree(folder.path), { ...both, 'b.py': '644 B' });
  });

  it('in one of two workspaces of a repository is finished from either', async () => {
    const folder = newFolder().write({ 'one/a.py': 'a', 'one/b.py': 'b', 'two/a.py': 'a' });
    folder.git('init', '--quiet');
    const applierOf = (name: string, disk?: Disk) => {
      const root = path.join(folder.path, name);
      return createDiskApplier(root, { git: createGit(root), ...(disk && { disk }) });
    };
    const dying = faultyDisk(({ operation, path: file }) => {
      if (operation === 'rename' && file.endsWith('b.py')) folder.remove('.git/tree-unifier/lock');
      if (
        !existsSync(path.join(folder.path, '.git/tree-unifier/lock')) &&
        existsSync(path.join(folder.path, '.git/tree-unifier/journal'))
      )
        throw new Error('Dead.');
    });
    const outcomes = [
      { path: 'a.py', ...change('a', 'A') },
      { path: 'b.py', ...change('b', 'B') },
    ];
    await assert.rejects(applierOf('one', dying).apply(outcomes, source));
    await assert.rejects(applierOf('two').apply(outcomes.slice(0, 1), source), {
      code: 'interrupted',
      message:
        /^The apply of canonicalize in one\/ at \S+Z was interrupted: finish it, or restore the checkpoint a-checkpoint\.$/u,
    });
    assert.deepEqual(await applierOf('two').finish(), { applied: ['a.py', 'b.py'], refused: [] });
    assert.deepEqual(wholeTree(folder.path), { 'one/a.py': '644 A', 'one/b.py': '644 B', 'two/a.py': '644 a' });
  });

  describe('when the disk fails', () => {
    const files = { 'a.py': 'a', 'b.py': 'b', 'c.sh': 'c', 'd/d.py': 'd' };
    const outcomes: readonly FileOutcome[] = [
      { path: 'a.py', ...change('a', 'A') },
      { path: 'b.py', ...change('b', 'B') },
      { path: 'c.sh', ...change('c', 'c'), executable: true },
      { path: 'd/d.py', before: Buffer.from('d'), after: undefined },
      { path: 'n/m/new.py', before: undefined, after: Buffer.from('n') },
    ];
    const written: Readonly<Record<string, string>> = {
      'a.py': '644 A',
      'b.py': '644 B',
      'c.sh': '755 c',
      'n/m/new.py': '644 n',
    };
    const fill = (folder: TemporaryFolder): Record<string, string> => {
      folder.write(files);
      chmodSync(path.join(folder.path, 'b.py'), 0o660);
      return wholeTree(folder.path);
    };
    const failure = (code: string): Error => Object.assign(new Error(`${code}: as told`), { code });
    const fullAt = (moment: number): Disk =>
      faultyDisk((_, index) => {
        if (index === moment) throw failure('ENOSPC');
      });
    const messageOf = async (apply: Promise<unknown>): Promise<string> => {
      const [result] = await Promise.allSettled([apply]);
      const error: unknown = result.status === 'rejected' ? result.reason : undefined;
      assert.ok(error instanceof EngineError, error instanceof Error ? error.stack : 'It did not fail.');
      return error.message;
    };
    /** What an apply does that nothing disturbs. */
    const momentsOf = async (): Promise<Moment[]> => {
      const folder = newFolder();
      fill(folder);
      const moments: Moment[] = [];
      await applyTo(
        folder,
        outcomes,
        faultyDisk((moment) => moments.push(moment)),
      );
      assert.deepEqual(wholeTree(folder.path), { ...written, 'b.py': '660 B' });
      return moments;
    };

    it('changes nothing, or says that all is applied, wherever that is', async () => {
      const after = { ...written, 'b.py': '660 B' };
      const total = (await momentsOf()).length;
      let undone = 0;
      for (let broken = 0; broken < total; broken++) {
        const folder = newFolder();
        const before = fill(folder);
        const message = await messageOf(applyTo(folder, outcomes, fullAt(broken)));
        const applier = createDiskApplier(folder.path);
        if (/^(?:Nothing was changed: cannot write |Cannot write in )/u.test(message)) {
          assert.deepEqual(wholeTree(folder.path), before, `${broken}: ${message}`);
          assert.equal(await applier.findInterrupted(), undefined);
          undone++;
        } else {
          assert.match(message, /^(?:Everything is applied, but cannot be cleaned up after|Cannot remove the lock): /u);
          folder.remove('.tree-unifier/lock');
          if ((await applier.findInterrupted()) !== undefined) await applier.finish();
          assert.deepEqual(wholeTree(folder.path), after, `${broken}: ${message}`);
        }
        assert.match(message, /: the disk is full\.$/u);
      }
      assert.ok(undone > total / 2, `${undone} of ${total}`);
    });

    it('says which file it was, and why', async () => {
      const folder = newFolder();
      fill(folder);
      const disk = faultyDisk(({ operation, path }) => {
        if (operation === 'rename' && path.endsWith('b.py')) throw failure('EACCES');
      });
      await assert.rejects(applyTo(folder, outcomes, disk), {
        name: 'EngineError',
        code: 'unwritable',
        message: 'Nothing was changed: cannot write b.py: permission is denied.',
      });
    });

    it('leaves the apply to be finished when not even putting back succeeds', async () => {
      const folder = newFolder();
      fill(folder);
      let isBroken = false;
      const disk = faultyDisk(({ operation, path }) => {
        isBroken ||= operation === 'unlink' && path.endsWith('d.py');
        if (isBroken && !path.includes('.tree-unifier/')) throw failure('EIO');
      });
      await assert.rejects(applyTo(folder, outcomes, disk), {
        code: 'interrupted',
        message:
          'Cannot write d/d.py: the disk has an error. Then what was written could not all be put back: the disk has ' +
          'an error. Mend that, and finish the apply or restore its checkpoint.',
      });
      const applier = createDiskApplier(folder.path);
      const { time, ...interrupted } = (await applier.findInterrupted()) ?? { time: '' };
      assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u);
      const paths = outcomes.map(({ path }) => path);
      assert.deepEqual(interrupted, { ...source, paths });
      assert.deepEqual(await applier.finish(), { applied: paths, refused: [] });
      assert.deepEqual(wholeTree(folder.path), { ...written, 'b.py': '660 B' });
      assert.equal(await applier.findInterrupted(), undefined);
    });

    it('notices a file that is saved at the same moment', async () => {
      const folder = newFolder();
      const before = fill(folder);
      const disk = faultyDisk(({ operation, path: file }) => {
        if (operation === 'rename' && file.endsWith('a.py')) folder.write({ 'b.py': 'saved' });
      });
      await assert.rejects(applyTo(folder, outcomes, disk), {
        code: 'unwritable',
        message: 'Nothing was changed: b.py was changed at the same moment. Apply again.',
      });
      assert.deepEqual(wholeTree(folder.path), { ...before, 'b.py': '660 saved' });
    });
  });

  describe('two at once', () => {
    it('are not let in, in one process or two', async () => {
      const folder = newFolder().write({ 'a.py': 'a' });
      let second: Promise<unknown> | undefined;
      const disk = faultyDisk(({ operation, path }) => {
        if (operation === 'rename' && path.endsWith('a.py'))
          second ??= assert.rejects(applyTo(folder, [{ path: 'a.py', ...change('a', 'B') }]), (error: Error) => {
            assert.match(error.message, /^Process \d+ on .+ has been applying or restoring here since \S+Z: wait/u);
            return 'code' in error && error.code === 'locked';
          });
      });
      await applyTo(folder, [{ path: 'a.py', ...change('a', 'A') }], disk);
      assert.ok(second);
      await second;
      assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 A' });
    });

    it('are not hindered by the lock of a process that has ended', async () => {
      const folder = newFolder().write({ 'a.py': 'a' });
      const { hostname } = await import('node:os');
      const lockOf = (mark: object): void => {
        folder.write({ '.tree-unifier/lock/holder.json': JSON.stringify(mark) });
      };
      const gone = { pid: 2 ** 22 + 1, host: hostname(), time: Date.now(), started: 1 };
      for (const mark of [gone, { ...gone, pid: process.pid }, { ...gone, pid: process.ppid, time: 1 }]) {
        lockOf(mark);
        await applyTo(folder, [{ path: 'a.py', ...change('a', 'a!') }]);
        folder.write({ 'a.py': 'a' });
      }
      folder.write({ '.tree-unifier/lock/holder.json': '{"pid":' });
      await applyTo(folder, [{ path: 'a.py', ...change('a', 'b') }]);
      assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 b' });
      lockOf({ ...gone, host: 'elsewhere' });
      await assert.rejects(applyTo(folder, [{ path: 'a.py', ...change('b', 'c') }]), { code: 'locked' });
      assert.deepEqual(readdirSync(path.join(folder.path, '.tree-unifier')).sort(), ['.gitignore', 'lock']);
    });
  });

  it('keeps nothing when it is done', async () => {
    const folder = newFolder().write({ 'a.py': 'a' });
    folder.git('init', '--quiet');
    await createDiskApplier(folder.path, { git: createGit(folder.path) }).apply(
      [{ path: 'a.py', ...change('a', 'A') }],
      source,
    );
    assert.deepEqual(readdirSync(path.join(folder.path, '.git/tree-unifier')), []);
    assert.equal(statSync(path.join(folder.path, 'a.py')).nlink, 1);
    assert.equal(readFileSync(path.join(folder.path, 'a.py'), 'utf8'), 'A');
  });

  it('can be cancelled until the first file is touched', async () => {
    const folder = newFolder().write({ 'a.py': 'a' });
    const applier = createDiskApplier(folder.path);
    const token = { isCancellationRequested: true };
    const outcomes = [{ path: 'a.py', ...change('a', 'A') }];
    await assert.rejects(applier.apply(outcomes, source, token), { name: 'CancelledError' });
    assert.equal(await applier.findInterrupted(), undefined);
    assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 a' });
  });
});

function change(before: string, after: string): { before: Uint8Array; after: Uint8Array } {
  return { before: Buffer.from(before), after: Buffer.from(after) };
}

/** As the contract wants them. */
function filesBelow(root: string): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.keys(wholeTree(root)).map((file): [string, Uint8Array] => [
      file,
      file.endsWith('/') ? new Uint8Array() : readFileSync(path.join(root, file)),
    ]),
  );
}
