import assert from 'node:assert/strict';
import type { ApplyReport, Restored } from '../../src/engine/index.ts';
import { createGuardedWriting } from '../../src/node/apply/guardedWriting.ts';
import { createCheckpoints } from '../../src/node/checkpoint/checkpoints.ts';
import { createGit } from '../../src/node/git.ts';
import { wholeTree } from '../node/wholeTree.ts';
import { activated, changedFiles, execute, freshSample, git, readDisk, rowAt, uriOf, write } from './support.ts';

const canonicalize = { phase: 'canonicalize', isConfirmed: true } as const;

describe('applying a phase', () => {
  before(activated);
  afterEach(freshSample);

  it('writes what the plan says, and restoring puts back every byte, mode and the index', async () => {
    await write('pixsim7_backend/api/untracked.py', 'x = 1\n');
    git('add', 'pixsim7_backend/api/untracked.py');
    await write('pixsim7_backend/api/untracked.py', 'x = 1\ny = 2\n');
    await (await activated()).ready();
    const root = uriOf('').fsPath;
    const state = (): unknown => [wholeTree(root), git('ls-files', '--stage'), git('status', '--porcelain')];
    const before = state();
    const report = await execute<ApplyReport>('applyPhase', canonicalize);
    assert.deepEqual(report.refused, []);
    const changed = changedFiles().map((line) => line.replace(/^\S+ /u, ''));
    assert.deepEqual(
      report.files.filter((path) => !changed.includes(path)),
      [],
    );
    assert.match(await readDisk('tests/test_plugins.py'), /pixsim7\.backend\.main\.api\.dependencies/u);
    assert.notDeepEqual(state(), before);
    const restored = await execute<Restored>('restoreCheckpoint', { name: report.checkpoint, isConfirmed: true });
    assert.deepEqual(restored.checkpoint.phase, 'restore');
    assert.deepEqual(state(), before);
    const again = await execute<Restored>('restoreCheckpoint', { name: restored.checkpoint.name, isConfirmed: true });
    assert.deepEqual([...again.written, ...again.deleted].sort(), [...restored.written, ...restored.deleted].sort());
    assert.match(await readDisk('tests/test_plugins.py'), /pixsim7\.backend\.main\.api\.dependencies/u);
  });

  it('leaves out what needs review and what is blocked, and the view says what is left', async () => {
    const api = await activated();
    const report = await execute<ApplyReport>('applyPhase', canonicalize);
    const blocked = ['routes/websocket/__init__.py', 'routes/websocket/manifest.py', 'services/generation_service.py'];
    assert.deepEqual(
      report.files.filter((path) => blocked.some((one) => path.endsWith(one))),
      [],
    );
    assert.match(await readDisk('tests/test_health.py'), /from pixsim7_backend\.main import app/u);
    const places = [
      ...['__init__.py', 'manifest.py', 'leaderboard_draft.py', 'generation_service.py', 'offline.py'],
      ...['services.py:9', 'alembic.ini:3', 'backup.sh:4', 'env.py:5', 'main.py:11', 'storage.py:4'],
    ];
    const spoken =
      'Left in pixsim7_backend/routes/websocket/manifest.py: Both sides changed it in the same place: the conflict is not resolved.';
    const { children } = rowAt(await api.rows('phases'), '34.2 Fix Canonical Package & Update Imports');
    assert.deepEqual(
      children.filter(({ context }) => context === undefined).map(({ label }) => label),
      [...report.left, ...places],
    );
    assert.deepEqual(rowAt(children, 'manifest.py').spoken, spoken);
  });

  it('finds nothing to apply the second time', async () => {
    await execute('applyPhase', canonicalize);
    const before = wholeTree(uriOf('').fsPath);
    const second = await execute<ApplyReport | undefined>('applyPhase', canonicalize);
    assert.equal(second, undefined);
    assert.deepEqual(wholeTree(uriOf('').fsPath), before);
  });
});

describe('an apply that was interrupted', () => {
  before(activated);
  afterEach(freshSample);

  const paths = ['scripts/one.py', 'scripts/two.py'] as const;

  /** As if the editor had been killed after the first of two files. */
  const interrupt = async (): Promise<void> => {
    const root = uriOf('').fsPath;
    const ports = { git: createGit(root) };
    const { name } = await createCheckpoints(root, ports).create('align');
    const outcomes = paths.map((path) => ({ path, before: undefined, after: Buffer.from(`# ${path}\n`) }));
    const writing = createGuardedWriting(root, ports).run(
      outcomes,
      { phase: 'align', checkpoint: name },
      {
        holds: () => undefined,
        write: async ([first = '']) => {
          await write(first, `# ${first}\n`);
          throw new Error('Killed');
        },
      },
    );
    await assert.rejects(writing, {
      message: 'The editor wrote only 1 of 2 files (Killed): finish the apply, or restore its checkpoint.',
    });
  };

  it('is finished', async () => {
    await interrupt();
    assert.deepEqual(changedFiles(), ['?? scripts/one.py']);
    assert.equal(await execute('resolveInterrupted', 'finish'), 'finish');
    assert.deepEqual(changedFiles(), ['?? scripts/one.py', '?? scripts/two.py']);
    assert.equal(await execute('resolveInterrupted', 'finish'), undefined);
  });

  it('is taken back', async () => {
    await interrupt();
    assert.equal(await execute('resolveInterrupted', 'restore'), 'restore');
    assert.deepEqual(changedFiles(), []);
    assert.equal(await execute('resolveInterrupted', 'restore'), undefined);
  });

  it('stands in the way of another one', async () => {
    await interrupt();
    assert.equal(await execute('applyPhase', canonicalize), undefined);
    assert.deepEqual(changedFiles(), ['?? scripts/one.py']);
    await execute('resolveInterrupted', 'restore');
  });
});
