import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BackendHost, CancellationToken } from '../../../src/engine/index.ts';
import type { BackendTarget, Probe } from '../../../src/engine/verify/backend/model.ts';
import { probeBackend } from '../../../src/engine/verify/backend/probe.ts';
import { createBackendHost } from '../../../src/node/backend/host.ts';
import { isAlive } from '../../../src/node/state/processes.ts';
import { temporaryFolders, type TemporaryFolder } from '../temporaryFolder.ts';
import { programs, type ProgramName } from './programs.ts';

/** Python itself, not a script that looks for it. */
const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)']).toString('utf8').trim();
const limits = { start: 8000, unwell: 100, request: 4000 };
/** For programs that never answer. */
const shortLimits = { start: 600, unwell: 100, request: 300 };

describe('a backend that is started', () => {
  const newFolder = temporaryFolders();

  function workspace(): { folder: TemporaryFolder; host: BackendHost } {
    const modules = Object.entries(programs).map(([name, text]) => [`${name}.py`, text]);
    const folder = newFolder().write(Object.fromEntries(modules) as Record<string, string>);
    mkdirSync(path.join(folder.path, 'pids'));
    return { folder, host: createBackendHost(folder.path, { python, stopLimit: 250 }) };
  }

  function probe(host: BackendHost, name: string, token?: CancellationToken): Promise<Probe> {
    const own = { name, role: 'other', launch: { kind: 'module', module: name, args: [] }, places: [] } as const;
    const target: BackendTarget = { ...own, cwd: '', pythonPath: [''], env: {}, health: '/health' };
    const isMute = name === 'hangs' || name === 'deaf';
    return probeBackend(target, { host, limits: isMute ? shortLimits : limits, token });
  }

  const health = { kind: 'answered', health: { status: 200, body: '{"status": "ok"}' } };
  const routes = [{ method: 'GET', path: '/health', parameters: [], tags: [] }];
  const good = { ...health, routes, leftBehind: 0 };
  const expected: Record<ProgramName, unknown> = {
    good,
    slow: good,
    loud: good,
    parent: good,
    leaves: { ...good, leftBehind: 1 },
    daemon: { ...good, leftBehind: process.platform === 'linux' ? 1 : 0 },
    escapes: { ...good, leftBehind: process.platform === 'linux' ? 1 : 0 },
    exits: {
      kind: 'failed',
      reason: 'It ended before it answered: exit code 3.',
      output: ['no database'],
      leftBehind: 0,
    },
    broken: {
      ...{ kind: 'failed', reason: 'It ended before it answered: exit code 1.', leftBehind: 0 },
      output: ["ModuleNotFoundError: No module named 'nothing_of_this_name'"],
    },
    hangs: { kind: 'failed', reason: 'It did not answer /health within N s.', output: ['waiting'], leftBehind: 0 },
    deaf: { kind: 'failed', reason: 'It did not answer /health within N s.', output: ['deaf'], leftBehind: 0 },
    unwell: { kind: 'failed', reason: 'It answers /health with 500: {"status": "ok"}', output: [], leftBehind: 0 },
  };

  /** Without how long it took, and of a traceback the last line. */
  function plain(found: Probe): unknown {
    if (found.kind === 'answered') return found;
    const output = found.output[0]?.startsWith('Traceback') === true ? found.output.slice(-1) : found.output;
    return { ...found, output, reason: found.reason.replace(/within \S+ s/u, 'within N s') };
  }

  /** Processes that the programs noted and that still run. */
  function left(folder: TemporaryFolder): number[] {
    return readdirSync(path.join(folder.path, 'pids')).map(Number).filter(runs);
  }

  it('is told apart in every way it may fail, and leaves no process, 120 times over', async () => {
    const { folder, host } = workspace();
    const names = Object.keys(programs) as ProgramName[];
    const runs = Array.from({ length: 10 }, () => names).flat();
    const found: [ProgramName, unknown][] = [];
    const work = async (): Promise<void> => {
      for (let name = runs.pop(); name !== undefined; name = runs.pop())
        found.push([name, plain(await probe(host, name))]);
    };
    await Promise.all(Array.from({ length: 5 }, work));
    assert.equal(found.length, 120);
    for (const [name, result] of found) assert.deepEqual([name, result], [name, expected[name]]);
    // Each noted itself, and four of the twelve a child as well.
    assert.equal(readdirSync(path.join(folder.path, 'pids')).length, 160);
    assert.deepEqual(left(folder), []);
    assert.equal(existsSync(path.join(folder.path, '__pycache__')), false);
  }).timeout(60_000);

  it('is ended when the check is cancelled', async () => {
    const { folder, host } = workspace();
    const token = { isCancellationRequested: false };
    const probing = probe({ ...host, get: () => Promise.resolve(undefined) }, 'leaves', token);
    await noted(folder, 2);
    token.isCancellationRequested = true;
    await assert.rejects(probing, { name: 'CancelledError' });
    assert.deepEqual(left(folder), []);
  });

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    it(`is ended with whoever started it, by ${signal}`, async () => {
      const { folder } = workspace();
      const starter = spawn(
        process.execPath,
        [path.join(import.meta.dirname, 'waits.ts'), folder.path, 'leaves', python],
        { stdio: 'ignore' },
      );
      const ended = once(starter, 'exit');
      await noted(folder, 2);
      starter.kill(signal);
      assert.deepEqual(await ended, [null, signal]);
      while (left(folder).length > 0) await wait(10);
    });
  }

  it('gets no variable of ours but what every program needs, and writes no bytecode', async () => {
    const { folder, host } = workspace();
    folder.write({ 'shows.py': 'import os, json\nprint(json.dumps(dict(os.environ)))\n' });
    process.env['TREE_UNIFIER_SECRET'] = 'x';
    try {
      const running = await host.start({ args: ['-m', 'shows'], cwd: '', pythonPath: ['', 'sub'], env: { PORT: '1' } });
      while (running.ended() === undefined) await wait(10);
      await running.stop();
      const shown = JSON.parse(running.output()) as Record<string, string>;
      assert.equal(shown['TREE_UNIFIER_SECRET'], undefined);
      assert.deepEqual(
        [shown['PORT'], shown['PYTHONPATH'], shown['PYTHONDONTWRITEBYTECODE']],
        ['1', `${folder.path}${path.delimiter}${path.join(folder.path, 'sub')}`, '1'],
      );
    } finally {
      delete process.env['TREE_UNIFIER_SECRET'];
    }
  });

  it('starts nowhere but in the workspace, by no link either', async () => {
    const { folder, host } = workspace();
    symlinkSync('/', path.join(folder.path, 'out'));
    const [root, beside] = ['root', 'root-too'].map((name) => path.join(folder.path, name)) as [string, string];
    for (const made of [root, beside]) mkdirSync(made);
    const cases = ['..', 'out', '/', 'gone'].map((cwd) => [host, cwd] as const);
    for (const [from, cwd] of [...cases, [createBackendHost(root, { python }), '../root-too'] as const]) {
      await assert.rejects(from.start({ args: ['-m', 'good'], cwd, pythonPath: [], env: {} }), {
        name: 'EngineError',
        message: `Cannot start a backend in ${cwd}: there is no such folder in the workspace.`,
      });
    }
  });

  it('needs no shell: an argument is what it is', async () => {
    const { folder, host } = workspace();
    folder.write({ 'args.py': 'import sys\nprint(sys.argv[1:])\n' });
    const hostile = ['; touch pwned', '$(touch pwned)', '`touch pwned`', '&& touch pwned', '-c', '| tee pwned'];
    const running = await host.start({ args: ['-m', 'args', ...hostile], cwd: '', pythonPath: [], env: {} });
    while (running.ended() === undefined) await wait(10);
    await running.stop();
    assert.equal(running.output().trim(), `[${hostile.map((word) => `'${word}'`).join(', ')}]`);
    assert.equal(existsSync(path.join(folder.path, 'pwned')), false);
  });

  it('says so when there is no such Python', async () => {
    const host = createBackendHost(newFolder().path, { python: '/nowhere/python3' });
    await assert.rejects(host.start({ args: [], cwd: '', pythonPath: [], env: {} }), {
      name: 'EngineError',
      message: 'Cannot start /nowhere/python3: spawn /nowhere/python3 ENOENT.',
    });
  });

  it('knows which modules Python itself has, whatever lies in the workspace', async () => {
    const { folder, host } = workspace();
    folder.write({ 'uvicorn_of_ours.py': 'open("pwned", "w")\n' });
    assert.deepEqual([await host.hasModule('json'), await host.hasModule('uvicorn_of_ours')], [true, false]);
    assert.equal(existsSync(path.join(folder.path, 'pwned')), false);
  });

  /** Waits until that many processes have noted themselves. */
  async function noted(folder: TemporaryFolder, count: number): Promise<void> {
    while (readdirSync(path.join(folder.path, 'pids')).length < count) await wait(10);
  }
});

/** A process that has ended, and whose parent has not asked for its exit code, runs no more. */
function runs(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return !/^\d+ \(.*\) [ZX]/u.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // It went between the two looks.
    return false;
  }
}
