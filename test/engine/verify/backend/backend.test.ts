import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckResult, Config, HttpAnswer, TrustedBackends, VerifyWorld } from '../../../../src/engine/index.ts';
import { argumentVector, openSession, parseConfig, planBackends } from '../../../../src/engine/index.ts';
import { runBackends } from '../../../../src/engine/verify/backend/index.ts';
import { MemoryFiles } from '../../../helpers/memory.ts';
import { RecordingHost } from './recordingHost.ts';

const program = 'app = 1\nif __name__ == "__main__":\n    pass\n';
const trees = {
  'pixsim7/backend/main/__init__.py': '',
  'pixsim7/backend/main/main.py': program,
  'pixsim7/backend/main/tools/seed.py': '',
  'pixsim7_backend/__init__.py': '',
  'pixsim7_backend/main.py': program,
};
const limits = { start: 100, unwell: 50, request: 50 };

async function check(
  host: RecordingHost,
  files: Readonly<Record<string, string>> = {},
  options: WorldOptions = {},
): Promise<CheckResult> {
  return await runBackends(await world(host, files, options), limits);
}

interface WorldOptions {
  readonly settings?: Record<string, unknown>;
  readonly trusted?: boolean;
}

async function world(
  host: RecordingHost,
  files: Readonly<Record<string, string>> = {},
  { settings = {}, trusted = true }: WorldOptions = {},
): Promise<VerifyWorld> {
  const config: Config = parseConfig(settings).config;
  const ports = { files: new MemoryFiles({ ...trees, ...files }) };
  const session = await openSession(ports, config);
  const backends = { trusted, host } as unknown as TrustedBackends;
  return { session, config, ports, backends };
}

const json = (value: unknown, status = 200): HttpAnswer => ({ status, body: JSON.stringify(value) });
const healthy = (path: string): HttpAnswer | undefined =>
  path === '/health' ? json({ status: 'ok' }) : path === '/openapi.json' ? json({ paths: {} }) : undefined;

/** What each backend was started with, ports left out. */
function commands(host: RecordingHost): string[] {
  return host.started.map(({ args }) => args.join(' ').replace(/\b40\d\d\b/gu, 'PORT'));
}

describe('the backends that are started', () => {
  it('canonical, legacy, and legacy through a shim, each on its port', async () => {
    const host = new RecordingHost(healthy);
    const { ok, backends } = await check(host);
    assert.deepEqual(commands(host), [
      '-m pixsim7.backend.main.main',
      '/scratch/pixsim7_backend/main.py',
      '-m pixsim7_backend.main',
    ]);
    assert.deepEqual(host.started[1], {
      args: ['/scratch/pixsim7_backend/main.py'],
      cwd: '',
      pythonPath: ['/scratch', ''],
      env: { HOST: '127.0.0.1', PORT: '4001' },
    });
    assert.ok(host.scratched[0]?.includes('pixsim7_backend/__init__.py'));
    assert.deepEqual([ok, host.stopped, backends?.against], [true, 3, 'canonical pixsim7.backend.main.main']);
  });

  it('by uvicorn where Python has it, over loopback alone', async () => {
    const host = new RecordingHost(healthy);
    host.hasUvicorn = true;
    await check(host);
    assert.deepEqual(commands(host), [
      '-m uvicorn pixsim7.backend.main.main:app --host 127.0.0.1 --port PORT --app-dir .',
      '-m uvicorn pixsim7_backend.main:app --host 127.0.0.1 --port PORT --app-dir /scratch',
      '-m uvicorn pixsim7_backend.main:app --host 127.0.0.1 --port PORT --app-dir .',
    ]);
  });

  it('a legacy tree that is a shim already is started as one', async () => {
    const host = new RecordingHost(healthy);
    const { backends } = await check(host, {
      'pixsim7_backend/__init__.py': '# tree-unifier: shim until 2030-01-01\n',
    });
    assert.deepEqual(
      backends?.backends.map(({ role, command }) => `${role} ${command}`),
      ['canonical python3 -m pixsim7.backend.main.main', 'shim python3 -m pixsim7_backend.main'],
    );
  });

  it('those that scripts, the launcher and compose files start, each once with its places', async () => {
    const host = new RecordingHost(healthy);
    const { backends } = await check(host, {
      'scripts/start.sh': '#!/bin/sh\ncd "$(dirname "$0")/.."\nPYTHONPATH=. python pixsim7_backend/main.py &\n',
      'scripts/start.bat': 'start "b" cmd /k "python pixsim7_backend\\main.py"\n',
      'launcher/services.json':
        '{"services": [\n{"program": "python", "args": ["-m", "pixsim7.backend.main.main"]}\n]}',
      'package.json': '{"scripts": {"backend": "python -m pixsim7_backend.main"}}',
      'docker-compose.yml':
        'services:\n  a:\n    image: python:3\n    volumes: [".:/a"]\n    working_dir: /a\n    command: python -m pixsim7.backend.main.main\n',
    });
    const places = backends?.backends.map(({ name, places: at }) => [
      name,
      ...at.map(({ path, line }) => `${path}:${line}`),
    ]);
    assert.deepEqual(places, [
      ['canonical pixsim7.backend.main.main', 'launcher/services.json:2', 'docker-compose.yml:6'],
      ['shim pixsim7_backend.main'],
      ['legacy pixsim7_backend.main', 'package.json:1'],
      ['legacy pixsim7_backend/main.py', 'scripts/start.bat:1', 'scripts/start.sh:3'],
    ]);
  });

  it('those of the settings, with their port where they want it', async () => {
    const host = new RecordingHost(healthy);
    const entryPoints = [
      { name: 'Own', module: 'svc.run', args: ['-p', '{port}'], cwd: 'x', env: { P: '{port}' }, health: '/up' },
    ];
    const { backends } = await check(host, { 'x/svc/run.py': '' }, { settings: { entryPoints } });
    assert.deepEqual(host.started.at(-1), {
      args: ['-m', 'svc.run', '-p', '4003'],
      cwd: 'x',
      pythonPath: ['x', ''],
      env: { HOST: '127.0.0.1', PORT: '4003', P: '4003' },
    });
    const { kind, ...rest } = backends?.backends.at(-1)?.probe ?? { kind: undefined };
    assert.equal(kind, 'failed');
    const { reason, ...others } = rest as { reason: string };
    assert.match(reason, /^It did not answer \/up within 0\.\d s\.$/u);
    assert.deepEqual(others, { output: ['first', 'last'], leftBehind: 0 });
  });
});

describe('the plan of what is started', () => {
  const entryPoints = [{ name: 'Own', module: 'run', args: ['-p', '{port}', '; id'] }];
  const options = { settings: { entryPoints } };
  const files = { 'run.py': '' };

  it('is what will be started, word by word, and starts nothing', async () => {
    for (const hasUvicorn of [false, true]) {
      const host = new RecordingHost(healthy);
      host.hasUvicorn = hasUvicorn;
      const planned = await planBackends(await world(host, files, options));
      assert.equal(host.started.length, 0);
      const vectors = planned.map((target) => argumentVector(target, 'python3'));
      assert.deepEqual(vectors[0], [
        'python3',
        '-m',
        ...(hasUvicorn
          ? ['uvicorn', 'pixsim7.backend.main.main:app', '--host', '127.0.0.1', '--port', '<port>', '--app-dir', '.']
          : ['pixsim7.backend.main.main']),
      ]);
      assert.deepEqual(vectors.at(-1), ['python3', '-m', 'run', '-p', '<port>', '; id']);
      await check(host, files, options);
      const started = host.started.map(({ args }) => [
        'python3',
        ...args.map((word) => word.replace(/\b40\d\d\b/u, '<port>').replace('/scratch', '<temporary folder>')),
      ]);
      assert.deepEqual(vectors, started);
    }
  });

  it('is empty where the workspace is not trusted', async () => {
    const host = new RecordingHost(healthy);
    assert.deepEqual(await planBackends(await world(host, files, { ...options, trusted: false })), []);
  });

  it('holds: what somebody agreed to is started, though more is found by then', async () => {
    const host = new RecordingHost(healthy);
    const before = await world(host);
    const targets = (await planBackends(before)).slice(0, 1);
    const after = await world(host, files, options);
    await runBackends({ ...after, backends: { trusted: true, host, targets } }, limits);
    assert.deepEqual(commands(host), ['-m pixsim7.backend.main.main']);
  });
});

describe('a hostile workspace', () => {
  const allowed =
    /^(?:-m pixsim7(?:_backend|\.backend\.main)\.main|\/scratch\/pixsim7_backend\/main\.py|\.\/pixsim7(?:_backend|\/backend\/main)\/main\.py)$/u;

  it('has nothing started when it is not trusted, whatever it is called with', async () => {
    for (const trusted of [false, null, 'yes', 1]) {
      const host = new RecordingHost(healthy);
      const result = await check(host, {}, { trusted: trusted as boolean });
      assert.deepEqual(result, {
        ok: false,
        findings: [],
        skipped: 'Backends are started in trusted workspaces alone.',
      });
      assert.deepEqual(host.started, []);
    }
  });

  const hostile: [string, Record<string, string>][] = [
    ['a script that goes on', { 'scripts/a.sh': 'python -m pixsim7_backend.main; touch pwned\n' }],
    [
      'a script that runs code',
      { 'scripts/a.sh': 'python -c "import os" pixsim7_backend.main\npython -m os pixsim7_backend/main.py\n' },
    ],
    [
      'a substitution',
      { 'scripts/a.sh': 'python -m $(touch pwned)\nuvicorn "`id`:app"\npython pixsim7_backend/$(id).py\n' },
    ],
    [
      'a name with a blank and an option',
      { 'scripts/a.sh': 'uvicorn "pixsim7_backend.main:app --reload"\npython "-m x pixsim7_backend/main.py"\n' },
    ],
    [
      'a path out of the root',
      { 'scripts/a.sh': 'python ../../tmp/pixsim7_backend/main.py\npython pixsim7_backend/../../x/main.py\n' },
    ],
    [
      'a program of the tree that serves nothing',
      { 'scripts/a.sh': 'python -m pixsim7.backend.main.tools.seed\npython pixsim7/backend/main/tools/seed.py\n' },
    ],
    [
      'an npm script',
      { 'package.json': '{"scripts": {"x": "sh -c \\"rm -rf / && python -m pixsim7_backend.main\\""}}' },
    ],
    [
      'a launcher’s program',
      { 'launcher/services.json': '{"program": "rm", "args": ["-rf", "pixsim7_backend.main"]}' },
    ],
    ['a launcher’s module', { 'launcher/services.json': '{"module": "os.system:x", "args": ["-c"]}' }],
    [
      'a task’s text',
      { 'claude-tasks/34-backend-tree-unification-and-packaging.md': '```sh\nuvicorn evil:app\n```\n' },
    ],
    [
      'names of every object',
      { 'launcher/services.json': '{"__proto__": {"program": "x"}, "constructor": {"args": [1]}, "module": 7}' },
    ],
    [
      'compose',
      {
        'compose.yml':
          'services:\n  a:\n    image: python:3\n    volumes: [".:/a"]\n    working_dir: /a\n    command: ["sh", "-c", "touch x; python -m pixsim7_backend.main -c evil"]\n',
      },
    ],
    [
      'a file name',
      { 'scripts/$(touch pwned).sh': 'python -m pixsim7_backend.main\n', 'pixsim7_backend/; rm -rf x.py': '' },
    ],
  ];
  for (const [what, files] of hostile) {
    it(`has nothing started but the programs of its trees: ${what}`, async () => {
      const host = new RecordingHost(healthy);
      await check(host, files);
      assert.ok(host.started.length >= 3);
      assert.deepEqual(
        commands(host).filter((command) => !allowed.test(command)),
        [],
      );
    });
  }

  it('has no module started that is not its own', async () => {
    const host = new RecordingHost(healthy);
    const entryPoints = [{ name: 'Evil', module: 'http.server' }];
    const { findings } = await check(host, {}, { settings: { entryPoints } });
    assert.equal(commands(host).length, 3);
    assert.deepEqual(
      findings.map(({ message }) => message),
      ['Evil: `python3 -m http.server` does not answer. There is no module http.server in the workspace.'],
    );
  });
});

describe('backends held against each other', () => {
  const operation = {
    operationId: 'get_item',
    tags: ['items'],
    parameters: [{ in: 'path', name: 'id', required: true }],
  };
  const document = { paths: { '/items/{id}': { get: operation }, '/plugins': { get: {} } } };
  const answers =
    (health: unknown, openapi: unknown, plugins: unknown, status = 200) =>
    (path: string): HttpAnswer | undefined =>
      path === '/health'
        ? json(health, status)
        : path === '/openapi.json'
          ? json(openapi)
          : path === '/plugins'
            ? json(plugins)
            : undefined;

  async function differences(legacy: (path: string) => HttpAnswer | undefined): Promise<string[]> {
    const canonical = answers({ status: 'ok', uptime: 1 }, document, [{ id: 'b' }, { id: 'a' }]);
    const host = new RecordingHost((path, { args }) =>
      (args.includes('pixsim7_backend.main') ? legacy : canonical)(path),
    );
    const { backends } = await check(host);
    return (backends?.differences ?? []).map(
      ({ backend, kind, what, message }) => `${backend} | ${kind} | ${what} | ${message}`,
    );
  }
  const who = 'legacy pixsim7_backend.main';
  const other = 'canonical pixsim7.backend.main.main';

  it('alike, whatever changes from one start to the next', async () => {
    assert.deepEqual(await differences(answers({ status: 'ok', uptime: 99 }, document, ['a', 'b'])), []);
  });

  it('a route that is missing, one too many, and one that is not the same', async () => {
    const changed = {
      get: { operationId: 'item', tags: [], parameters: [{ in: 'query', name: 'q' }], requestBody: {} },
    };
    const paths = { '/items/{id}': { ...changed, parameters: [{ in: 'path', name: 'id' }] }, '/new': { post: {} } };
    assert.deepEqual(await differences(answers({ status: 'ok' }, { paths }, [])), [
      `${who} | route | GET /plugins | GET /plugins of ${other} is missing.`,
      `${who} | route | POST /new | POST /new is not in ${other}.`,
      `${who} | operation | GET /items/{id} | GET /items/{id}: operation id "item", and "get_item" of ${other}.`,
      `${who} | operation | GET /items/{id} | GET /items/{id}: parameters "body, path id, query q", and "path id (required)" of ${other}.`,
      `${who} | operation | GET /items/{id} | GET /items/{id}: tags none, and "items" of ${other}.`,
      `${who} | plugin | a | Plugin a of ${other} is missing.`,
      `${who} | plugin | b | Plugin b of ${other} is missing.`,
    ]);
  });

  it('plugins, health, and an OpenAPI document that is none', async () => {
    assert.deepEqual(await differences(answers({ status: 'degraded', plugins: ['a', 'c'] }, 'no', [])), [
      `${who} | health | answer | Health says {"status":"degraded"}, and of ${other} {"status":"ok"}.`,
      `${who} | openapi | /openapi.json | Only ${other} gives an OpenAPI document.`,
      `${who} | plugin | b | Plugin b of ${other} is missing.`,
      `${who} | plugin | c | Plugin c is not in ${other}.`,
    ]);
  });

  it('health that is not there', async () => {
    assert.deepEqual(await differences(answers({ detail: 'no' }, document, ['a', 'b'], 404)), [
      `${who} | health | status | Health is 404, and 200 of ${other}.`,
    ]);
  });
});
