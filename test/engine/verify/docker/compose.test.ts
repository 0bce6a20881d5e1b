import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readYaml } from '../../../../src/engine/verify/docker/readYaml.ts';
import { interpolate, readEnvFile } from '../../../../src/engine/verify/docker/variables.ts';
import { findingsOf, outcomeOf, readingOf } from './scene.ts';

const base = 'FROM python:3.12\nWORKDIR /app\nENV PYTHONPATH=/app\n';
const command = 'command: uvicorn pixsim7.backend.main.main:app\n';

describe('variables of a compose file', () => {
  const values = new Map([
    ['A', 'a'],
    ['EMPTY', ''],
  ]);
  const cases: [string, string][] = [
    ['$A ${A} $$A', 'a a $A'],
    ['${B:-b} ${B-b} ${EMPTY:-e} ${EMPTY-e}', 'b b e '],
    ['${A:+yes} ${B:+no} ${EMPTY:+no} ${EMPTY+yes}', 'yes   yes'],
    ['${B:-${A}/x} ${B:-http://h:1}', 'a/x http://h:1'],
    ['$B ${B} ${B:?must}', '$B ${B} ${B:?must}'],
  ];
  for (const [text, expected] of cases) {
    it(text, () => {
      assert.equal(
        interpolate(text, (name) => values.get(name)),
        expected,
      );
    });
  }

  it('come from .env', () => {
    const text = '# no\nexport A=1\nB = "x y" # note\nC=\'$A\'\nD=a#b # c\r\nE=\nbroken\n';
    assert.deepEqual(
      [...readEnvFile(text)],
      [
        ['A', '1'],
        ['B', 'x y'],
        ['C', '$A'],
        ['D', 'a#b'],
        ['E', ''],
      ],
    );
  });
});

describe('what a compose file mounts and sets', () => {
  const cases: [string, string, string][] = [
    ['a folder around the package', `${command}volumes: ["./pixsim7:/app/pixsim7:ro"]`, 'canonical mount'],
    ['the long form', `${command}volumes:\n  - type: bind\n    source: .\n    target: /app`, 'canonical mount'],
    ['the package under another name', `${command}volumes: ["./pixsim7:/app/pixsim"]`, 'fails'],
    ['a deeper mount that hides the code', `${command}volumes: [".:/app", "./docs:/app/pixsim7"]`, 'fails'],
    ['the same, the other way round', `${command}volumes: ["./docs:/app/pixsim7", ".:/app"]`, 'fails'],
    ['a named volume, which begins as the image is', `${command}volumes: ["code:/app/pixsim7"]`, 'canonical copy'],
    [
      'a named volume over a mount, which hides it',
      `${command}volumes: [".:/app", "code:/app/pixsim7"]`,
      'canonical copy',
    ],
    ['an anonymous volume over a mount', `${command}volumes: [".:/app", "/app/pixsim7"]`, 'canonical copy'],
    ['a volume that hides none of the code', `${command}volumes: [".:/app", "/app/node_modules"]`, 'canonical mount'],
    ['a temporary file system over the code', `${command}tmpfs: /app:size=9m`, 'fails'],
    ['the same, in the long form', `${command}volumes: [{ type: tmpfs, target: /app/pixsim7 }]`, 'fails'],
    ['a mount of another kind', `${command}volumes: [{ type: image, source: x, target: /app }]`, 'unknown'],
    ['a folder that must be named', `${command}volumes: ["\${CODE:?say where}:/app/pixsim7"]`, 'unknown'],
    ['a folder of the machine', `${command}volumes: ["/srv/code:/app/pixsim7"]`, 'unknown'],
    ['a folder that a variable names', `${command}volumes: ["\${CODE}:/app/pixsim7"]`, 'unknown'],
    ['a folder that a variable names by default', `${command}volumes: ["\${CODE:-.}:/app"]`, 'canonical mount'],
    ['working_dir', `${command}working_dir: /srv\nvolumes: [".:/srv"]\nenvironment: [PYTHONPATH=]`, 'canonical mount'],
    [
      'PYTHONPATH in a list',
      `${command}volumes: [".:/srv"]\nworking_dir: /\nenvironment: ["PYTHONPATH=/srv"]`,
      'canonical mount',
    ],
    ['PYTHONPATH in a map', `${command}volumes: [".:/srv"]\nworking_dir: /\nenvironment: { PYTHONPATH: /no }`, 'fails'],
    ['PYTHONPATH of the machine', `${command}working_dir: /\nenvironment: [PYTHONPATH]`, 'unknown'],
    [
      'a command in words',
      'command: ["uvicorn", "pixsim7.backend.main.main:app"]\nvolumes: [".:/app"]',
      'canonical mount',
    ],
    ['a shell in a text', `command: sh -c "cd /app && uvicorn pixsim7.backend.main.main:app"`, 'canonical copy'],
    ['an entry point over the image’s', 'entrypoint: ["python", "-m"]\ncommand: pixsim7_backend.main', 'legacy copy'],
    ['an entry point that forgets the image’s command', 'entrypoint: env\n', ''],
    ['an entry point that is taken away', `entrypoint: []\n${command}`, 'canonical copy'],
    ['a command that is taken away', 'command: []', ''],
    ['a command that is the image’s', 'command:', 'canonical copy'],
    [
      'a variable for the container’s shell',
      'command: sh -c "uvicorn $${APP}"\nenvironment: { APP: "pixsim7_backend.main:app" }',
      'legacy copy',
    ],
    ['variables in a command', 'command: uvicorn ${APP:-pixsim7_backend.main:app}', 'legacy copy'],
  ];
  for (const [what, lines, expected] of cases) {
    it(what, async () => {
      const code = /copy|legacy|^an entry|temporary|same, in|taken/u.test(`${expected}${what}`)
        ? 'COPY . .\nCMD uvicorn pixsim7.backend.main.main:app\n'
        : '';
      assert.equal(await outcomeOf(base + code, lines, { 'docs/x.md': '' }), expected);
    });
  }

  it('env_file', async () => {
    const service = `${command}volumes: [".:/srv"]\nworking_dir: /\nenv_file: [{ path: one.env }, two.env]`;
    const files = { 'one.env': 'PYTHONPATH=/no\n', 'two.env': 'PYTHONPATH=/srv\n' };
    assert.equal(await outcomeOf(base, service, files), 'canonical mount');
    assert.equal(await outcomeOf(base, `${service}\nenvironment: { PYTHONPATH: /no }`, files), 'fails');
  });
});

describe('compose files together', () => {
  const dockerfiles = { Dockerfile: base };

  /** `file service outcome`. */
  async function outcomes(files: Record<string, string>): Promise<string[]> {
    const { verdicts } = await readingOf({ ...dockerfiles, ...files });
    return verdicts.map(
      ({ service, place, outcome }) => `${place.path}:${place.line} ${service ?? ''} ${outcome.kind}`,
    );
  }

  it('anchors and merge keys', async () => {
    const text = `x-base: &base\n  build: .\n  volumes: [".:/app"]\nservices:\n  a:\n    <<: *base\n    command: uvicorn pixsim7.backend.main.main:app\n  b:\n    <<: [*base, { volumes: [] }]\n    command: uvicorn pixsim7.backend.main.main:app\n`;
    assert.deepEqual(await outcomes({ 'compose.yaml': text }), ['compose.yaml:7 a runs', 'compose.yaml:10 b runs']);
  });

  it('extends, in the same file and in another, relative to where it is written', async () => {
    const shared =
      'services:\n  base:\n    build: ..\n    volumes: ["..:/app"]\n    command: uvicorn pixsim7.backend.main.main:app\n';
    const text = `services:\n  a:\n    extends: { file: deploy/common.yml, service: base }\n  b:\n    extends: a\n    volumes: ["./docs:/app"]\n`;
    const files = { 'deploy/common.yml': shared, 'docker-compose.yml': text, 'docs/x.md': '' };
    assert.deepEqual(await outcomes(files), ['deploy/common.yml:5 a runs', 'deploy/common.yml:5 b fails']);
  });

  it('an override that takes away what its base says, by compose’s own tags and by nothing at all', async () => {
    const app = 'uvicorn pixsim7.backend.main.main:app';
    const base = `services:\n  app:\n    build: .\n    command: ${app}\n    volumes: [".:/app"]\n    environment: { PYTHONPATH: /no }\n    working_dir: /\n`;
    const over = async (lines: string): Promise<string[]> =>
      await outcomes({ 'compose.yml': base, 'compose.override.yml': `services:\n  app:\n${lines}\n`, 'docs/x.md': '' });
    const at = 'compose.yml:4 app';
    assert.deepEqual(await over('    labels: {}'), [`${at} fails`]);
    assert.deepEqual(await over('    environment: !reset {}'), [`${at} runs`]);
    assert.deepEqual(await over('    environment: !override { A: b }'), [`${at} runs`]);
    assert.deepEqual(await over('    working_dir: !reset null'), [`${at} runs`]);
    assert.deepEqual(await over('    working_dir: !reset null\n    volumes: !reset []'), [`${at} fails`]);
    assert.deepEqual(await over('    working_dir: !reset\n    volumes: !override ["./docs:/x"]'), [`${at} fails`]);
    assert.deepEqual(await over('    command: !reset null'), []);
    assert.deepEqual(await over('    command:'), []);
  });

  it('include, with what lies over it, and relative to where it is written', async () => {
    const app = 'uvicorn pixsim7.backend.main.main:app';
    const inner = `services:\n  app:\n    build: \${UP:-.}\n    volumes: ["\${UP:-.}:/app"]\n    command: ${app}\n`;
    const files = {
      'deploy/app.yaml': inner,
      'deploy/.env': 'UP=..\n',
      'deploy/over.yaml': 'services:\n  app: { working_dir: / }\n',
      'other.env': 'UP=../\n',
    };
    const compose = (include: string, more = ''): Record<string, string> => ({
      ...files,
      'compose.yml': `include: ${include}\nservices:\n  db: { image: postgres }\n${more}`,
    });
    const runs = ['deploy/app.yaml:5 app runs'];
    assert.deepEqual(await outcomes(compose('[deploy/app.yaml]')), runs);
    assert.deepEqual(await outcomes(compose('[{ path: deploy/app.yaml, env_file: other.env }]')), runs);
    assert.deepEqual(await outcomes(compose('[{ path: deploy/app.yaml, project_directory: deploy }]')), runs);
    assert.deepEqual(await outcomes(compose('[{ path: [deploy/app.yaml, deploy/over.yaml] }]')), runs);
    const over = '  app: { volumes: !reset [] }\n';
    assert.deepEqual(await outcomes(compose('[deploy/app.yaml]', over)), ['deploy/app.yaml:5 app fails']);
    assert.deepEqual(await outcomes(compose('[compose.yml, gone.yml, "https://example.org/x.git"]')), []);
  });

  it('files that take in what is not here, and files that stand over another, say so', async () => {
    const app = 'services:\n  app: { build: . }\n';
    const files = {
      'compose.yml': app,
      'compose.override.yml': app,
      'compose.prod.yml': 'services:\n  app: { working_dir: / }\n',
      'compose.own.yml': app,
      'x/compose.yml': `include: ["oci://example.org/x"]\n${app}`,
      'y/compose.yml': 'services:\n  app: { extends: { file: "git@example.org:x.git", service: a } }\n',
      'z/compose.override.yml': app,
      'u/compose.yml': 'services:\n  app: { extends: { file: "${X:-https://example.org/x.git}", service: a } }\n',
      'v/compose.yml': 'services:\n  app: { extends: { file: base.yml, service: a } }\n',
      'v/base.yml': 'services:\n  a: { image: x, extends: { file: "https://example.org/x.git", service: b } }\n',
      'w/compose.yml': 'services:\n  app: { extends: { file: base.yml, service: a } }\n',
      'w/base.yml': `${app}---\ninclude: ["https://example.org/x.git"]\n`,
    };
    const { projects } = await readingOf(files);
    assert.deepEqual(
      projects.map(({ path, files: given, isWhole, isOpen }) => [path, given.length, isWhole, isOpen]),
      [
        ['compose.own.yml', 1, true, false],
        ['compose.prod.yml', 2, false, false],
        ['compose.yml', 2, true, false],
        ['u/compose.yml', 1, true, true],
        ['v/compose.yml', 1, true, true],
        ['w/compose.yml', 1, true, true],
        ['x/compose.yml', 1, true, true],
        ['y/compose.yml', 1, true, true],
      ],
    );
  });

  it('of two mounts at one place the later', async () => {
    const mounts = (...sources: string[]): string => `volumes: [${sources.map((one) => `"${one}:/app"`).join(', ')}]\n`;
    const dockerfile = 'FROM python:3.12\nWORKDIR /app\nCMD uvicorn pixsim7.backend.main.main:app\n';
    assert.equal(await outcomeOf(dockerfile, mounts('./docs', '.'), { 'docs/x.md': '' }), 'canonical mount');
    assert.equal(await outcomeOf(dockerfile, mounts('.', './docs'), { 'docs/x.md': '' }), 'fails');
  });

  it('a Dockerfile that the compose file holds, at its own lines', async () => {
    const inline = (module: string): string =>
      `services:\n  a:\n    build:\n      context: .\n      dockerfile_inline: |\n        FROM python:3.12\n        ARG IN=/app\n        WORKDIR $$IN\n        COPY . .\n        CMD ["uvicorn", "\${PACKAGE:-${module}}.main:app"]\n`;
    assert.deepEqual(await outcomes({ 'compose.yml': inline('pixsim7.backend.main') }), ['compose.yml:10 a runs']);
    assert.deepEqual(await outcomes({ 'compose.yml': inline('pixsim7.main') }), []);
    assert.deepEqual(await outcomes({ 'compose.yml': inline('pixsim7.backend.main.gone') }), [
      'compose.yml:10 a fails',
    ]);
    assert.deepEqual(await outcomes({ 'compose.yml': inline('pixsim7.backend.main'), '.dockerignore': 'pixsim7' }), [
      'compose.yml:10 a fails',
    ]);
  });

  it('volumes_from, under what a service mounts itself', async () => {
    const compose = (from: string, more = ''): Record<string, string> => ({
      'compose.yml': `services:\n  code:\n    image: busybox\n    volumes: [".:/app"]\n  store: { image: busybox, volumes: ["data:/app"] }\n  a:\n    image: python:3.12\n    volumes_from: [${from}]\n${more}    working_dir: /app\n    ${command}`,
      'docs/x.md': '',
    });
    assert.deepEqual(await outcomes(compose('code')), ['compose.yml:10 a runs']);
    assert.deepEqual(await outcomes(compose('"code:ro"')), ['compose.yml:10 a runs']);
    assert.deepEqual(await outcomes(compose('"container:other"')), ['compose.yml:10 a unknown']);
    assert.deepEqual(await outcomes(compose('store')), ['compose.yml:10 a unknown']);
    assert.deepEqual(await outcomes(compose('code', '    volumes: ["./docs:/app"]\n')), ['compose.yml:11 a fails']);
    assert.deepEqual(await outcomes(compose('a')), ['compose.yml:10 a fails']);
  });

  it('a volume that compose does not make, or makes of a folder, may hold anything', async () => {
    const compose = (mount: string, volume: string): Record<string, string> => ({
      'compose.yml': `services:\n  a:\n    image: python:3.12\n    working_dir: /app\n    volumes: [${mount}]\n    ${command}volumes:\n  code: ${volume}\n`,
    });
    const at = 'compose.yml:6 a';
    assert.deepEqual(await outcomes(compose('"code:/app"', '{}')), [`${at} fails`]);
    assert.deepEqual(await outcomes(compose('"code:/app"', '{ external: true }')), [`${at} unknown`]);
    assert.deepEqual(await outcomes(compose('"code:/app"', '{ external: { name: x } }')), [`${at} unknown`]);
    assert.deepEqual(await outcomes(compose('"other:/app"', '{ external: true }')), [`${at} fails`]);
    const folder = '{ driver_opts: { type: none, o: bind, device: /srv/code } }';
    assert.deepEqual(await outcomes(compose('{ type: volume, source: code, target: /app }', folder)), [
      `${at} unknown`,
    ]);
  });

  it('extends that goes in circles', async () => {
    const text = 'services:\n  a: { extends: b, build: . }\n  b: { extends: a }\n';
    assert.deepEqual(await outcomes({ 'compose.yml': text }), []);
  });

  it('an override lies over its base; another file stands over it where it has no image of its own', async () => {
    const files = {
      'docker-compose.yml': 'services:\n  app:\n    build: .\n    command: uvicorn pixsim7.backend.main.main:app\n',
      'docker-compose.override.yml': 'services:\n  app:\n    volumes: [".:/app"]\n',
      'docker-compose.prod.yml':
        'services:\n  app:\n    command: uvicorn pixsim7_backend.main:app\n  db: { image: postgres }\n',
    };
    assert.deepEqual(await outcomes(files), ['docker-compose.prod.yml:3 app fails', 'docker-compose.yml:4 app runs']);
  });

  it('a profile’s service counts as well', async () => {
    const text =
      'services:\n  app:\n    profiles: [dev]\n    build: .\n    volumes: [".:/app"]\n    command: python -m pixsim7.backend.main.main\n';
    assert.deepEqual(await outcomes({ 'compose.yml': text }), ['compose.yml:6 app runs']);
  });

  it('a file that does not parse is named, and aliases that multiply end', async () => {
    assert.deepEqual(await findingsOf({ 'compose.yml': 'services: [\n' }), [
      'compose.yml:1 problem This compose file cannot be read: it is not valid YAML.',
    ]);
    const bomb = Array.from(
      { length: 20 },
      (_, i) => `a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`,
    );
    assert.ok(readYaml(bomb.join('\n')) !== undefined);
  });
});

describe('what people are told of a container', () => {
  const compose = `services:\n  backend:\n    build: ./pixsim7/backend/main\n    environment: { PYTHONPATH: /app }\n    volumes:\n      - ./pixsim7:/app/pixsim7\n    command: uvicorn pixsim7.backend.main.main:app\n`;
  const dockerfile =
    'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENV PYTHONPATH=/app\nCMD ["uvicorn", "pixsim7_backend.main:app"]\n';

  it('a service that works by its volume alone, and why', async () => {
    assert.deepEqual(
      await findingsOf({ 'docker-compose.yml': compose, 'pixsim7/backend/main/Dockerfile': dockerfile }),
      [
        'docker-compose.yml:7 note Service backend: `uvicorn pixsim7.backend.main.main:app` runs pixsim7/backend/main/main.py, mounted by docker-compose.yml:6, so these are the files of local development.',
        'docker-compose.yml:7 note Service backend works by its volumes alone: without them `uvicorn pixsim7.backend.main.main:app` would fail, for there is no pixsim7/backend/main/main.py below /app in the container.',
        'pixsim7/backend/main/Dockerfile:5 note The image by itself starts `uvicorn pixsim7_backend.main:app`, which would fail: there is no pixsim7_backend/main.py below /app in the container.',
      ],
    );
  });

  it('a package of the repository that the program imports and the container has not', async () => {
    const files = {
      'docker-compose.yml': compose.replace('./pixsim7/backend/main\n', '.\n'),
      Dockerfile:
        'FROM python:3.12\nWORKDIR /app\nCOPY pixsim7/backend/main/requirements.txt r.txt\nRUN pip install -r r.txt\n',
      'logs/__init__.py': '',
      'pixsim7/backend/main/requirements.txt': 'fastapi\n',
      'pixsim7/backend/main/core.py':
        'import os\nfrom logs import configure\ntry:\n    import gone\nexcept ImportError: ...\n',
    };
    const problem = (found: string[]): string[] => found.filter((one) => one.includes(' problem '));
    assert.deepEqual(problem(await findingsOf(files)), [
      'docker-compose.yml:7 problem Service backend: `uvicorn pixsim7.backend.main.main:app` would fail as soon as it starts: pixsim7/backend/main/core.py:2 imports logs (logs/__init__.py), which is not in the container. Mount logs to /app/logs as well.',
    ]);
    const installed = { ...files, 'pixsim7/backend/main/requirements.txt': 'fastapi\nlogs==1\n' };
    assert.deepEqual(problem(await findingsOf(installed)), []);
    const commented = { ...files, 'pixsim7/backend/main/requirements.txt': '# logs is ours\n' };
    assert.equal(problem(await findingsOf(commented)).length, 1);
  });

  it('a canonical program that still imports the legacy package, which is not there', async () => {
    const stale = { 'pixsim7/backend/main/core.py': 'import pixsim7_backend\napp = 1\n' };
    const files = { 'docker-compose.yml': compose, 'pixsim7/backend/main/Dockerfile': dockerfile, ...stale };
    assert.deepEqual(await findingsOf(files), [
      'docker-compose.yml:7 problem Service backend: `uvicorn pixsim7.backend.main.main:app` would fail in the container: pixsim7/backend/main/core.py:1 imports pixsim7_backend (pixsim7_backend/__init__.py), which is not in the container below /app.',
    ]);
  });

  it('a service of the legacy tree, unless that is a shim', async () => {
    const files = {
      'docker-compose.yml': 'services:\n  app:\n    build: .\n    command: uvicorn pixsim7_backend.main:app\n',
      Dockerfile: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\n',
    };
    const runs =
      'Service app: `uvicorn pixsim7_backend.main:app` runs pixsim7_backend/main.py, copied by Dockerfile:3, so it is as it was when the image was built.';
    assert.deepEqual(await findingsOf(files), [
      `docker-compose.yml:4 problem ${runs} It is the legacy tree, not the canonical one.`,
    ]);
    const shim = { 'pixsim7_backend/__init__.py': '# tree-unifier: shim until 2030-01-01\n' };
    assert.deepEqual(await findingsOf({ ...files, ...shim }), [`docker-compose.yml:4 note ${runs}`]);
  });

  it('a Dockerfile that no compose file builds is given the better of two contexts', async () => {
    const text = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD uvicorn pixsim7.backend.main.main:app\n';
    assert.deepEqual(await findingsOf({ 'deploy/Dockerfile': text }), [
      'deploy/Dockerfile:4 note This image: `uvicorn pixsim7.backend.main.main:app` runs pixsim7/backend/main/main.py, copied by deploy/Dockerfile:3, so it is as it was when the image was built.',
    ]);
    assert.deepEqual(await findingsOf({ 'pixsim7_backend/Dockerfile': text }), []);
  });
});
