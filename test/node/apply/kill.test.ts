import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import type { Git } from '../../../src/engine/index.ts';
import { createDiskApplier } from '../../../src/node/apply/diskApplier.ts';
import { createCheckpoints } from '../../../src/node/checkpoint/checkpoints.ts';
import { createGit } from '../../../src/node/git.ts';
import { TemporaryFolder } from '../temporaryFolder.ts';
import { wholeTree } from '../wholeTree.ts';
import { hastyDisk } from './faultyDisk.ts';
import { killedOutcomes } from './killedOutcomes.ts';
import { Random } from '../checkpoint/randomTree.ts';

const applied = {
  applied: killedOutcomes.map(({ path }) => path),
  refused: [],
};

/** The workspace before and after, its checkpoint taken: copied for each kill. */
interface Template {
  readonly folder: TemporaryFolder;
  readonly before: Record<string, string>;
  readonly after: Record<string, string>;
}

describe('an apply that is killed', function () {
  this.timeout(60_000);
  const made: TemporaryFolder[] = [];
  const newFolder = (): TemporaryFolder => {
    const folder = new TemporaryFolder();
    made.push(folder);
    return folder;
  };
  let program = '';
  let plain: Template;
  let inGit: Template;

  before(async () => {
    // In one file: starting it fifty times is what takes the time here.
    program = path.join(newFolder().path, 'apply.cjs');
    const entry = path.join(import.meta.dirname, 'killedApply.ts');
    await build({
      entryPoints: [entry],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    plain = await makeTemplate(newFolder, false);
    inGit = await makeTemplate(newFolder, true);
  });
  afterEach(() => {
    for (const folder of made.splice(3)) folder.remove();
  });
  after(() => {
    for (const folder of made) folder.remove();
  });

  const copyOf = ({ folder }: Pick<Template, 'folder'>): TemporaryFolder => {
    const copy = newFolder();
    cpSync(folder.path, copy.path, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    return copy;
  };

  /** Applies in a process of its own, which kills itself at that moment; answers how it ended. */
  const applyUntil = async (folder: TemporaryFolder, moment: number | 'end', git: boolean): Promise<string> => {
    const child = spawn(process.execPath, [program, folder.path, String(moment), String(git)], { stdio: 'inherit' });
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    return signal ?? `exit ${code}`;
  };

  /** What is right whenever it was killed: to finish, and to put back, each on a copy. */
  const assertRecovers = async (killed: TemporaryFolder, template: Template, what: string): Promise<boolean> => {
    const git = (folder: TemporaryFolder): Git | undefined => (template === inGit ? createGit(folder.path) : undefined);
    const applier = createDiskApplier(killed.path, { git: git(killed), disk: hastyDisk });
    const isInterrupted = (await applier.findInterrupted()) !== undefined;
    if (!isInterrupted) {
      const tree = JSON.stringify(wholeTree(killed.path));
      const isWhole = [template.before, template.after].some((whole) => JSON.stringify(whole) === tree);
      assert.ok(isWhole, `${what}: nothing to finish, but half done`);
    }
    const restored = copyOf({ folder: killed });
    await createCheckpoints(restored.path, { git: git(restored), disk: hastyDisk }).restore();
    assert.deepEqual(wholeTree(restored.path), template.before, `${what}: put back`);
    assert.equal(await createDiskApplier(restored.path, { git: git(restored) }).findInterrupted(), undefined);
    assertClean(restored);
    if (isInterrupted) assert.deepEqual(await applier.finish(), applied, what);
    else await applier.apply(killedOutcomes, { phase: 'align', checkpoint: 'x' });
    assert.deepEqual(wholeTree(killed.path), template.after, `${what}: finished`);
    assertClean(killed);
    return isInterrupted;
  };

  it('can be finished or put back, whichever its last moment was', async () => {
    const ends = { 'exit 0': 0, SIGKILL: 0 };
    let interrupted = 0;
    const killAt = async (moment: number): Promise<void> => {
      const folder = copyOf(plain);
      const end = await applyUntil(folder, moment, false);
      assert.ok(end === 'exit 0' || end === 'SIGKILL', end);
      ends[end]++;
      if (await assertRecovers(folder, plain, `moment ${moment}`)) interrupted++;
    };
    // A few at once: what takes time is waiting for the disk.
    for (let moment = 0; ends['exit 0'] === 0; moment += 6) {
      await Promise.all([0, 1, 2, 3, 4, 5].map((i) => killAt(moment + i)));
      for (const copy of made.splice(3)) copy.remove();
    }
    assert.ok(ends.SIGKILL >= 50, `killed ${ends.SIGKILL} times`);
    assert.ok(interrupted >= 25 && interrupted < ends.SIGKILL, `${interrupted} of them with something to finish`);
  });

  it('can be finished or put back in a repository, too', async () => {
    for (const moment of [11, 24, 38, 50]) {
      const folder = copyOf(inGit);
      assert.equal(await applyUntil(folder, moment, true), 'SIGKILL');
      await assertRecovers(folder, inGit, `moment ${moment}`);
    }
  });

  it('can be finished or put back, killed from outside at any time', async () => {
    const random = new Random(34);
    for (let i = 0; i < 6; i++) {
      const folder = copyOf(plain);
      const child = spawn(process.execPath, [program, folder.path, 'end', 'false'], { stdio: 'inherit' });
      const wait = 30 + random.below(60);
      const timer = setTimeout(() => child.kill('SIGKILL'), wait);
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      clearTimeout(timer);
      assert.ok(code === 0 || signal === 'SIGKILL', `${code} ${signal}`);
      await assertRecovers(folder, plain, `after ${wait} ms`);
    }
  });

  it('can be killed while it is finished, and finished again', async () => {
    const folder = copyOf(plain);
    assert.equal(await applyUntil(folder, 24, false), 'SIGKILL');
    for (let moment = 0; moment < 40; moment += 8) {
      const copy = copyOf({ folder });
      const child = spawn(process.execPath, [program, copy.path, String(moment), 'false', 'finish'], {
        stdio: 'inherit',
      });
      assert.deepEqual((await once(child, 'close')) as unknown[], [null, 'SIGKILL'], `moment ${moment}`);
      await assertRecovers(copy, plain, `finish, moment ${moment}`);
    }
  });

  it('must be finished or put back before the next, and names files that have changed since', async () => {
    const folder = copyOf(plain);
    assert.equal(await applyUntil(folder, 24, false), 'SIGKILL');
    const applier = createDiskApplier(folder.path);
    const checkpoints = createCheckpoints(folder.path);
    const message = /^The apply of align at \S+Z was interrupted: finish it, or restore the checkpoint \S+-align\.$/u;
    await assert.rejects(applier.apply([], { phase: 'align', checkpoint: 'x' }), { code: 'interrupted', message });
    await assert.rejects(checkpoints.create('align'), { code: 'interrupted', message });
    folder.write({ 'edit 3.py': 'saved since\n' });
    const finished = await applier.finish();
    const reason = 'It has changed since the plan was made.';
    assert.deepEqual(finished, {
      applied: applied.applied.filter((file) => file !== 'edit 3.py'),
      refused: [{ path: 'edit 3.py', reason }],
    });
    assert.deepEqual(wholeTree(folder.path), { ...plain.after, 'edit 3.py': '644 saved since\n' });
    await assert.rejects(applier.finish(), {
      code: 'interrupted',
      message: 'There is no interrupted apply to finish.',
    });
  });

  /** Nothing is left in our own folder but what is meant to stay. */
  function assertClean(folder: TemporaryFolder): void {
    const state = path.join(
      folder.path,
      existsSync(path.join(folder.path, '.git')) ? '.git/tree-unifier' : '.tree-unifier',
    );
    const left = readdirSync(state).filter((name) => !['.gitignore', 'checkpoints'].includes(name));
    assert.deepEqual(left, []);
  }
});

async function makeTemplate(newFolder: () => TemporaryFolder, withGit: boolean): Promise<Template> {
  const folder = newFolder();
  for (const { path: file, before } of killedOutcomes) if (before !== undefined) folder.write({ [file]: before });
  folder.write({ 'untouched.py': 'x\n', 'gone/more/kept.txt': 'kept\n' });
  chmodSync(path.join(folder.path, 'edit 2.py'), 0o600);
  if (withGit) {
    folder.git('init', '--quiet', '--template=');
    folder.commit('first');
  }
  const before = wholeTree(folder.path);
  const git = withGit ? createGit(folder.path) : undefined;
  await createCheckpoints(folder.path, { git }).create('align');
  const done = new TemporaryFolder();
  cpSync(folder.path, done.path, { recursive: true });
  await createDiskApplier(done.path).apply(killedOutcomes, { phase: 'align', checkpoint: 'x' });
  const after = wholeTree(done.path);
  done.remove();
  return { folder, before, after };
}
