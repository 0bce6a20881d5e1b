import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type { World } from '../../src/cli/world.ts';
import { createBackendHost } from '../../src/node/backend/host.ts';
import { createProcessRunner } from '../../src/node/processRunner.ts';
import { makeSample } from '../fixtures/sample.ts';
import { pythonAlone } from '../helpers/pythonAlone.ts';
import { runIn as runAnywhere, type Ran } from './commandLine.ts';
import { temporaryFolders, type TemporaryFolder } from '../node/temporaryFolder.ts';

function runIn(folder: TemporaryFolder, args: readonly string[], changes: Partial<World> = {}): Promise<Ran> {
  return runAnywhere(folder, args, { openBackends: (root) => createBackendHost(root), ...changes });
}

interface Json {
  readonly checks: Readonly<
    Record<string, { ok: boolean; skipped?: string; notes?: string[]; findings: unknown[]; backends?: BackendsJson }>
  >;
}

interface BackendsJson {
  readonly against: string;
  readonly backends: readonly { name: string; command: string; probe: { kind: string; plugins?: unknown } }[];
  readonly differences: readonly { message: string }[];
}

describe('the command verify', () => {
  const newFolder = temporaryFolders();

  async function sample(): Promise<TemporaryFolder> {
    const folder = newFolder();
    await makeSample(folder.path, { git: false });
    return folder;
  }

  const alone = (): Partial<World> => {
    const python = pythonAlone(newFolder().path);
    return { openBackends: (root) => createBackendHost(root, { python }) };
  };

  const containers = [
    {
      ...{ path: 'docker-compose.yml', line: 6, level: 'problem' },
      message:
        'Service backend: `uvicorn pixsim7.backend.main.main:app` would fail in the container: pixsim7/backend/main/api/v1/health.py:2 imports pixsim7_backend (pixsim7_backend/__init__.py), which is not in the container below /app.',
    },
    {
      ...{ path: 'docker-compose.yml', line: 19, level: 'problem' },
      message:
        'Service worker: `arq pixsim7_backend.workers.arq_worker.WorkerSettings` runs pixsim7_backend/workers/arq_worker.py, mounted by docker-compose.yml:23, so these are the files of local development. It is the legacy tree, not the canonical one.',
    },
  ];

  it('gives the findings of a check as JSON, alone on standard output', async () => {
    const { code, out, errors } = await runIn(await sample(), ['verify', 'docker', '--format', 'json']);
    assert.deepEqual([code, errors], [1, '']);
    const notes = ['Read without docker compose, which is asked in trusted workspaces alone.'];
    assert.deepEqual(JSON.parse(out), { checks: { docker: { ok: false, findings: containers, notes } } });
  });

  it('asks the docker compose of the PATH', async () => {
    const folder = newFolder().write({
      ...{ 'repo/pixsim7_backend/a.py': '', 'repo/pixsim7/backend/main/a.py': '' },
      'repo/compose.yml': 'services:\n  app: { image: python, working_dir: /app }\n',
      // A stand-in, whose answer has the form of the real one.
      'bin/docker': `#!${process.execPath}\nconst version = process.argv.includes('version');\nconst answer = JSON.stringify({ services: { app: { image: 'python', working_dir: '/' } } });\nconsole.log(version ? '2.39.1' : answer);\n`,
    });
    chmodSync(path.join(folder.path, 'bin/docker'), 0o755);
    const before = process.env['PATH'];
    process.env['PATH'] = `${path.join(folder.path, 'bin')}${path.delimiter}${before ?? ''}`;
    try {
      const asked = { openPrograms: (root: string) => createProcessRunner(root) };
      const { code, out } = await runIn(folder, ['verify', 'docker', '--root', 'repo'], asked);
      assert.equal(code, 1);
      assert.deepEqual(out.split('\n'), [
        'docker  Containers run the same code — 1 problem',
        '  compose.yml:2: Docker compose reads service app otherwise: the working directory is `/` to it, and `/app` here. What is said of containers here may be wrong.',
        '  Compared with docker compose 2.39.1.',
        '',
      ]);
    } finally {
      process.env['PATH'] = before;
    }
  });

  it('makes all checks but the one that starts programs when none is named', async () => {
    const { out } = await runIn(await sample(), ['verify', '--format', 'json'], {
      openBackends: () => {
        throw new Error('Nothing may be started');
      },
    });
    const { checks } = JSON.parse(out) as Json;
    assert.equal(checks['backend'], undefined);
    assert.deepEqual([checks['paths']?.findings.length, checks['docker']?.findings.length], [6, 2]);
  });

  it('gives exit code 0 when nothing is wrong, and text and Markdown', async () => {
    const folder = newFolder().write({ 'pixsim7_backend/a.py': '', 'pixsim7/backend/main/a.py': '' });
    assert.deepEqual(await runIn(folder, ['verify', 'DOCKER', 'paths']), {
      ...{ code: 0, errors: '' },
      out: 'paths   Paths lead somewhere — in order\ndocker  Containers run the same code — in order\n',
    });
    folder.write({ 'a.sh': 'python pixsim7_backend/b.py\n' });
    assert.deepEqual(await runIn(folder, ['verify', 'paths', '--format', 'markdown']), {
      ...{ code: 1, errors: '' },
      out: '## Paths lead somewhere\n\n1 problem.\n\n| Place |  | What |\n| --- | --- | --- |\n| `a.sh:1` |  | There is no pixsim7_backend/b.py. |\n',
    });
  });

  it('tells what is new since a commit, and that nothing is', async () => {
    const folder = newFolder().write({
      ...{ 'pixsim7_backend/a.py': '', 'pixsim7/backend/main/a.py': '' },
      'use.py': 'import pixsim7_backend.gone\n',
    });
    folder.git('init', '--quiet');
    folder.commit('start');
    folder.write({ 'use.py': 'import pixsim7.backend.main.gone\n' });
    const since = ['verify', 'imports', '--since', 'HEAD'];
    const old = 'use.py:1: There is no module pixsim7.backend.main.gone.';
    assert.equal((await runIn(folder, since)).out, `imports Imports resolve — 1 problem, none of them new\n  ${old}\n`);
    folder.write({ 'more.py': 'import pixsim7.backend.main.gone\n' });
    assert.equal(
      (await runIn(folder, since)).out,
      `imports Imports resolve — 2 problems, 1 of them new\n  ${old.replace('use.py:1: ', 'more.py:1: new: ')}\n  ${old}\n`,
    );
  });

  it('asks Python, and says so in every format', async () => {
    const folder = newFolder().write({ 'pixsim7_backend/a.py': '', 'pixsim7/backend/main/a.py': 'return\n' });
    const asked = { openPrograms: (root: string) => createProcessRunner(root) };
    const { code, out } = await runIn(folder, ['verify', 'syntax', '--format', 'json'], asked);
    const result = (JSON.parse(out) as Json).checks['syntax'];
    const version = /^Compiled by Python (\S+)\.$/u.exec(result?.notes?.[0] ?? '')?.[1] ?? '?';
    const message = `Python ${version} cannot read this file: 'return' outside function.`;
    assert.deepEqual(
      [code, result?.findings],
      [1, [{ path: 'pixsim7/backend/main/a.py', line: 1, column: 1, message, level: 'problem' }]],
    );
    assert.equal(
      (await runIn(folder, ['verify', 'syntax'], asked)).out,
      `syntax  Python files parse — 1 problem\n  pixsim7/backend/main/a.py:1: ${message}\n  Compiled by Python ${version}.\n`,
    );
    const without =
      'Looked at without Python, which is asked in trusted workspaces alone: some mistakes are not seen so.';
    assert.deepEqual(await runIn(folder, ['verify', 'syntax', '--format', 'markdown']), {
      ...{ code: 0, errors: '' },
      out: `## Python files parse\n\nIn order.\n\n${without}\n`,
    });
  });

  it('says which checks there are', async () => {
    const { code, errors } = await runIn(newFolder(), ['verify', 'everything']);
    assert.deepEqual(
      [code, errors],
      [2, 'tree-unifier: There is no check "everything": expected one of imports, syntax, paths, docker, backend.\n'],
    );
  });

  it('the sample’s backends answer alike: canonical, shim, legacy, and legacy by its path', async () => {
    const { code, out } = await runIn(await sample(), ['verify', 'backend', '--format', 'json'], alone());
    const { ok, findings, backends } = (JSON.parse(out) as Json).checks['backend'] ?? {};
    assert.deepEqual([code, ok, findings, backends?.differences], [0, true, [], []]);
    assert.equal(backends?.against, 'canonical pixsim7.backend.main.main');
    const plugins = ['game', 'websocket'];
    assert.deepEqual(
      backends.backends.map(({ name, probe }) => [name, probe.kind, probe.plugins]),
      [
        'canonical pixsim7.backend.main.main',
        'shim pixsim7_backend.main',
        'legacy pixsim7_backend.main',
        'legacy pixsim7_backend/main.py',
      ].map((name) => [name, 'answered', plugins]),
    );
  });

  it('names a route that one of them lost, and shows the output of one that does not start', async () => {
    const folder = await sample();
    const assets = path.join(folder.path, 'pixsim7/backend/main/api/v1/assets.py');
    const text = await readFile(assets, 'utf8');
    await writeFile(
      assets,
      text.replace(/@router\.get\("[^"]*\{/u, (found) => found.replace('get', 'post')),
    );
    folder.write({ 'pixsim7_backend/shared/config.py': 'raise RuntimeError("no settings")\n' });
    const { code, out } = await runIn(folder, ['verify', 'backend'], alone());
    assert.equal(code, 1);
    assert.match(
      out,
      /^ {2}scripts\/run_scenarios\.sh:7: legacy pixsim7_backend\.main: `python3 -m pixsim7_backend\.main` does not answer\. It ended before it answered: exit code 1\.$/mu,
    );
    assert.match(out, /^ {6}\| RuntimeError: no settings$/mu);
    folder.write({
      'pixsim7_backend/shared/config.py': await readFile(
        path.join(folder.path, 'pixsim7/backend/main/shared/config.py'),
      ),
    });
    const { checks } = JSON.parse(
      (await runIn(folder, ['verify', 'backend', '--format', 'json'], alone())).out,
    ) as Json;
    const messages = checks['backend']?.backends?.differences.map(({ message }) => message) ?? [];
    assert.deepEqual(
      messages.filter((message) => message.includes('/assets/{')).map((message) => message.split(' ')[0]),
      ['POST', 'GET', 'POST', 'GET'],
    );
  });

  it('starts nothing where nothing can be started', async () => {
    const { out, code } = await runIn(await sample(), ['verify', 'backend', '--format', 'json'], {
      openBackends: () => undefined as never,
    });
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), {
      checks: { backend: { ok: false, findings: [], skipped: 'Backends are started in trusted workspaces alone.' } },
    });
  });
});
