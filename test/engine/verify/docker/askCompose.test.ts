import assert from 'node:assert/strict';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'mocha';
import type { ProcessRunner } from '../../../../src/engine/index.ts';
import type { Asked } from '../../../../src/engine/verify/docker/askCompose.ts';
import { askCompose } from '../../../../src/engine/verify/docker/askCompose.ts';
import { createProcessRunner } from '../../../../src/node/processRunner.ts';
import { temporaryFolders } from '../../../node/temporaryFolder.ts';
import { line, readingOf, type Files } from './scene.ts';

const version = `if (process.argv.includes('version')) { console.log('2.39.1'); process.exit(0); }\n`;

describe('docker compose, by a stand-in', () => {
  const newFolder = temporaryFolders();

  /** A `docker` that does what this script does, and notes how it is called. */
  function dockerOf(script: string): { runner: ProcessRunner; calls: () => string[][]; limits: number[] } {
    const folder = newFolder().write({
      'docker.mjs': `#!${process.execPath}\nimport { appendFileSync } from 'node:fs';\nimport path from 'node:path';\nappendFileSync(path.join(import.meta.dirname, 'calls'), JSON.stringify(process.argv.slice(2)) + '\\n');\n${script}`,
    });
    const file = path.join(folder.path, 'docker.mjs');
    chmodSync(file, 0o755);
    const inner = createProcessRunner('/ws', (name) => (name === 'docker' ? file : undefined));
    const limits: number[] = [];
    const runner: ProcessRunner = {
      root: '/ws',
      run: (program, args, options) => {
        limits.push(options.limitMs);
        // What hangs need not be waited for as long as that.
        return inner.run(program, args, { ...options, limitMs: script.includes('setInterval') ? 400 : 20_000 });
      },
    };
    const calls = (): string[][] =>
      readFileSync(path.join(folder.path, 'calls'), 'utf8')
        .trim()
        .split('\n')
        .map((one) => JSON.parse(one) as string[]);
    return { runner, calls, limits };
  }

  async function ask(runner: ProcessRunner, files: Files): Promise<Asked> {
    const { projects } = await readingOf(files);
    return await askCompose(runner, projects, (file) => Promise.resolve(files[file]));
  }

  const found = ({ findings, note }: Asked): string[] => [...findings.map(line), note];

  const compose = 'services:\n  app: { image: python }\n';
  const answering = (answer: object): string => `${version}console.log(${JSON.stringify(JSON.stringify(answer))});`;
  const agreeing = { name: 'ws', services: { app: { command: null, entrypoint: null, image: 'python' } } };

  it('is asked with the files and every profile, each in its time', async () => {
    const { runner, calls, limits } = dockerOf(answering(agreeing));
    const files = { 'compose.yml': compose, 'compose.override.yml': 'services:\n  app: {}\n' };
    assert.deepEqual(found(await ask(runner, files)), ['Compared with docker compose 2.39.1.']);
    assert.deepEqual(calls(), [
      ['compose', 'version', '--short'],
      [
        ...['compose', '-f', '/ws/compose.yml', '-f', '/ws/compose.override.yml'],
        ...['--profile', '*', 'config', '--format', 'json'],
      ],
    ]);
    assert.deepEqual(limits, [10_000, 10_000]);
  });

  const silent: [string, string | undefined, string][] = [
    ['is not installed', undefined, 'Read without docker compose, for there is no docker on the PATH.'],
    [
      'is a docker without compose',
      `console.error("docker: 'compose' is not a docker command."); process.exit(1);`,
      'Read without docker compose, which this docker does not have.',
    ],
    [
      'does not answer',
      'setInterval(() => {}, 1000);',
      'Read without docker compose, for docker did not answer in time.',
    ],
  ];
  for (const [what, script, note] of silent) {
    it(`${what}: that is said`, async () => {
      const runner = script === undefined ? createProcessRunner('/ws', () => undefined) : dockerOf(script).runner;
      assert.deepEqual(found(await ask(runner, { 'compose.yml': compose })), [note]);
    });
  }

  const notes: [string, string, string][] = [
    [
      'does not take the file',
      `console.error('time="x" level=warning msg="version is obsolete"\\nenv file /ws/.env.prod not found: stat.\\n'); process.exit(1);`,
      'Docker compose does not take the file as it is here: env file /ws/.env.prod not found: stat.',
    ],
    [
      'fails without a word',
      'process.exit(17);',
      'Docker compose does not take the file as it is here: it does not say why.',
    ],
    ['hangs', 'setInterval(() => {}, 1000);', 'Docker compose did not answer in time.'],
    [
      'prints something else',
      'console.log("services:\\n  app: {}");',
      'Docker compose answered with something else than its JSON.',
    ],
  ];
  for (const [what, script, message] of notes) {
    it(`${what}: that is a note`, async () => {
      const { runner } = dockerOf(version + script);
      const note = 'Compared with docker compose 2.39.1.';
      assert.deepEqual(found(await ask(runner, { 'compose.yml': compose })), [`compose.yml:1 note ${message}`, note]);
    });
  }

  it('is not given what it would fetch', async () => {
    const { runner, calls } = dockerOf(answering(agreeing));
    const files = { 'compose.yml': `include: ["https://example.org/x.git"]\n${compose}` };
    assert.equal(
      found(await ask(runner, files))[0],
      'compose.yml:1 note Docker compose is not asked: the file takes in what is not in the workspace.',
    );
    assert.equal(calls().length, 1);
  });

  /** As `docker compose config` gives it: absolute paths, everything in its long form, variables filled in, `$$` for `$`. */
  const full = {
    name: 'ws',
    networks: { default: { name: 'ws_default', ipam: {} } },
    services: {
      app: {
        build: { context: '/ws/deploy', dockerfile: 'Dockerfile.dev', args: { A: '1', B: 'two' }, target: 'dev' },
        command: ['sh', '-c', 'cd /app && uvicorn x:app --port 80'],
        entrypoint: null,
        environment: {
          DEBUG: 'true',
          PORT: '8000',
          RATE: '0.1',
          EMPTY: '',
          HOME: null,
          FROM_FILE: 'a b',
          PRICE: '5$$',
        },
        image: 'ours/app:1',
        networks: { default: null },
        volumes: [
          { type: 'bind', source: '/ws', target: '/app', bind: { create_host_path: true } },
          { type: 'bind', source: '/ws/deploy/x', target: '/x', read_only: true, bind: { create_host_path: true } },
          { type: 'bind', source: '/srv/data', target: '/data', bind: { create_host_path: true } },
          { type: 'volume', source: 'cache', target: '/cache', volume: {} },
          { type: 'volume', target: '/app/node_modules', volume: {} },
          { type: 'tmpfs', target: '/run' },
        ],
        working_dir: '/srv',
      },
      db: { command: ['postgres', '-c', 'x=1'], entrypoint: [], image: 'postgres' },
    },
  };
  const text = [
    'services:',
    '  app:',
    '    image: ours/app:${TAG:-1}',
    '    build:',
    '      context: ./deploy',
    '      dockerfile: Dockerfile.dev',
    '      target: dev',
    '      args: ["A=1", "B=two", "C"]',
    '    command: sh -c "cd /app && uvicorn x:app --port 80"',
    '    working_dir: /srv/',
    '    env_file: [app.env]',
    '    environment:',
    '      DEBUG: true',
    '      PORT: 8000',
    '      RATE: 0.10',
    '      EMPTY: ""',
    '      HOME:',
    '      PRICE: 5$$',
    '    volumes:',
    '      - .:/app/',
    '      - { type: bind, source: ./deploy/../deploy/x, target: /x, read_only: true }',
    '      - /srv/data:/data:rw',
    '      - cache:/cache',
    '      - /app/node_modules',
    '    tmpfs: /run',
    '  db:',
    '    image: postgres',
    '    entrypoint: ""',
    '    command: [postgres, -c, x=1]',
    '  worker: { image: x, profiles: [more] }',
    '',
  ].join('\n');
  const files = { 'compose.yml': text, 'app.env': 'FROM_FILE="a b" # why\nDEBUG=false\n' };

  it('agrees, whatever form things are written in', async () => {
    const { runner } = dockerOf(answering(full));
    assert.deepEqual(found(await ask(runner, files)), ['Compared with docker compose 2.39.1.']);
  });

  const { app, db } = full.services;
  type App = Record<keyof typeof app, unknown>;
  const differing: [string, Partial<App>, string][] = [
    [
      'image',
      { image: 'ours/app:2' },
      '3 service app otherwise: the image is `ours/app:2` to it, and `ours/app:1` here',
    ],
    [
      'directory',
      { working_dir: '/app' },
      '3 service app otherwise: the working directory is `/app` to it, and `/srv` here',
    ],
    [
      'no directory',
      { working_dir: undefined },
      '3 service app otherwise: the working directory is nothing to it, and `/srv` here',
    ],
    [
      'command',
      { command: ['uvicorn', 'x:app'] },
      '9 service app otherwise: the command is `["uvicorn","x:app"]` to it, and `["sh","-c","cd /app && uvicorn x:app --port 80"]` here',
    ],
    [
      'no command',
      { command: null },
      '9 service app otherwise: the command is nothing to it, and `["sh","-c","cd /app && uvicorn x:app --port 80"]` here',
    ],
    [
      'entry point',
      { entrypoint: ['tini'] },
      '3 service app otherwise: the entry point is `["tini"]` to it, and nothing here',
    ],
    [
      'context',
      { build: { ...app.build, context: '/ws' } },
      '5 service app otherwise: the build context is `.` to it, and `deploy` here',
    ],
    [
      'context outside',
      { build: { ...app.build, context: '/deploy' } },
      '5 service app otherwise: the build context is nothing to it, and `deploy` here',
    ],
    [
      'Dockerfile',
      { build: { ...app.build, dockerfile: 'Dockerfile' } },
      '3 service app otherwise: the Dockerfile is `deploy/Dockerfile` to it, and `deploy/Dockerfile.dev` here',
    ],
    [
      'target',
      { build: { ...app.build, target: '' } },
      '3 service app otherwise: the build target is nothing to it, and `dev` here',
    ],
    [
      'argument',
      { build: { ...app.build, args: { A: '1', B: '2' } } },
      '3 service app otherwise: the build argument B is `2` to it, and `two` here',
    ],
    ['no build', { build: undefined }, '3 service app otherwise: to it there is no build'],
    [
      'variable',
      { environment: { ...app.environment, DEBUG: 'false' } },
      '3 service app otherwise: the variable DEBUG is `false` to it, and `true` here',
    ],
    [
      'number',
      { environment: { ...app.environment, PORT: '8001' } },
      '3 service app otherwise: the variable PORT is `8001` to it, and `8000` here',
    ],
    [
      'another variable',
      { environment: { ...app.environment, MORE: 'x' } },
      '3 service app otherwise: the variable MORE is `x` to it, and nothing here',
    ],
    [
      'source',
      { volumes: [{ type: 'bind', source: '/ws/src', target: '/app' }, ...app.volumes.slice(1)] },
      '20 service app otherwise: what is mounted at /app is `src` to it, and `.` here',
    ],
    [
      'no mount',
      { volumes: app.volumes.slice(1) },
      '20 service app otherwise: what is mounted at /app is nothing to it, and `bind` here',
    ],
    [
      'another mount',
      { volumes: [...app.volumes, { type: 'bind', source: '/ws', target: '/y' }] },
      '3 service app otherwise: what is mounted at /y is `bind` to it, and nothing here',
    ],
  ];
  for (const [what, change, expected] of differing) {
    it(`disagrees: ${what}`, async () => {
      const { runner } = dockerOf(answering({ services: { app: { ...app, ...change }, db } }));
      const [at, ...words] = expected.split(' ');
      const message = `Docker compose reads ${words.join(' ')}. What is said of containers here may be wrong.`;
      assert.deepEqual((await ask(runner, files)).findings.map(line), [`compose.yml:${at ?? ''} problem ${message}`]);
    });
  }

  it('disagrees on which services there are, but for those of a profile', async () => {
    const { runner } = dockerOf(answering({ services: { app, other: {} } }));
    const wrong = 'What is said of containers here may be wrong.';
    assert.deepEqual((await ask(runner, files)).findings.map(line), [
      `compose.yml:27 problem Docker compose reads service db otherwise: to it there is none. ${wrong}`,
      `compose.yml:1 problem Docker compose reads this file otherwise: to it there is a service other. ${wrong}`,
    ]);
  });

  it('is compared on the services of the file alone that stands over another', async () => {
    const { runner } = dockerOf(answering({ services: { app: { image: 'python', working_dir: '/' }, db: {} } }));
    const both = {
      'compose.yml': `${compose}  db: {}\n`,
      'compose.prod.yml': 'services:\n  app: { working_dir: / }\n',
    };
    const { findings } = await ask(runner, both);
    assert.deepEqual(
      findings.map((one) => one.path),
      ['compose.yml'],
    );
  });

  it('has no say where a variable leaves it open', async () => {
    const { runner } = dockerOf(
      answering({ services: { app: { image: 'python:', command: ['run', ''], volumes: [] } } }),
    );
    const open =
      'services:\n  app: { image: "python:$TAG", command: "run $X", volumes: ["$HERE:$THERE"], environment: ["A=$B"] }\n';
    assert.deepEqual((await ask(runner, { 'compose.yml': open })).findings, []);
  });
});
