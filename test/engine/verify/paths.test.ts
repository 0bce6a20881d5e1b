import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { openSession, verify } from '../../../src/engine/index.ts';
import { configWith } from '../../helpers/engine.ts';
import { MemoryFiles } from '../../helpers/memory.ts';

const trees = {
  'pixsim7_backend/__init__.py': '',
  'pixsim7_backend/main.py': '',
  'pixsim7/backend/main/__init__.py': '',
  'pixsim7/backend/main/main.py': '',
  'pixsim7/backend/main/migrations/env.py': '',
};

/** `path:line level message`, one a line. */
async function findings(files: Readonly<Record<string, string>>): Promise<string[]> {
  const config = configWith();
  const ports = { files: new MemoryFiles({ ...trees, ...files }) };
  const report = await verify({ session: await openSession(ports, config), config, ports }, ['paths']);
  const found = (report.paths?.findings ?? []).map(
    ({ path, line, level, message }) => `${path}:${line} ${level} ${message}`,
  );
  assert.equal(
    report.paths?.ok,
    found.every((one) => one.includes(' note ')),
  );
  return found;
}

describe('paths in scripts and configuration', () => {
  const dead: [string, string, string, string][] = [
    [
      'a script',
      'scripts/a.sh',
      'set -e\npython pixsim7_backend/worker.py\n',
      '2 problem There is no pixsim7_backend/worker.py.',
    ],
    [
      'a batch file',
      'run.bat',
      'python pixsim7_backend\\worker.py\n',
      '1 problem There is no pixsim7_backend/worker.py.',
    ],
    [
      'PowerShell',
      'run.ps1',
      "& python '.\\pixsim7\\backend\\main\\gone.py'\n",
      '1 problem There is no pixsim7/backend/main/gone.py.',
    ],
    [
      'a Makefile',
      'Makefile',
      'run:\n\tpython pixsim7/backend/main/run.py\n',
      '2 problem There is no pixsim7/backend/main/run.py.',
    ],
    [
      'an ini file',
      'alembic.ini',
      'script_location = pixsim7/backend/main/database/migrations\n',
      '1 problem There is no pixsim7/backend/main/database/migrations.',
    ],
    [
      'pyproject.toml',
      'pyproject.toml',
      '[x]\nconfig = "pixsim7_backend/alembic.ini"\n',
      '2 problem There is no pixsim7_backend/alembic.ini.',
    ],
    [
      'package.json',
      'package.json',
      '{"scripts": {"a": "python pixsim7_backend/x.py"}}',
      '1 problem There is no pixsim7_backend/x.py.',
    ],
    [
      'a list of what is read',
      'pyproject.toml',
      'exclude = ["x"]\nfiles = [\n  "pixsim7_backend/old.py",\n]\n',
      '3 problem There is no pixsim7_backend/old.py.',
    ],
    [
      'what is copied',
      'a.sh',
      'cp pixsim7/backend/main/gone.py /tmp/x\n',
      '1 problem There is no pixsim7/backend/main/gone.py.',
    ],
    [
      "a recipe's argument with a colon",
      'Makefile',
      'run:\n\tpytest pixsim7/backend/main/gone.py::test_x\n',
      '2 problem There is no pixsim7/backend/main/gone.py.',
    ],
    [
      'what git adds',
      'a.sh',
      'git diff && git add pixsim7_backend/gone.py\n',
      '1 problem There is no pixsim7_backend/gone.py.',
    ],
    [
      'a workflow',
      '.github/workflows/ci.yml',
      'run: mypy pixsim7/backend/main/api\n',
      '1 problem There is no pixsim7/backend/main/api.',
    ],
  ];
  for (const [what, path, text, expected] of dead) {
    it(`that lead nowhere: ${what}`, async () => {
      assert.deepEqual(await findings({ [path]: text }), [`${path}:${expected}`]);
    });
  }

  const fine: [string, string, string][] = [
    ['a file that is there', 'a.sh', 'python pixsim7_backend/main.py\npython ./pixsim7/backend/main/main.py\n'],
    ['a folder that is there', 'alembic.ini', 'script_location = pixsim7/backend/main/migrations\n'],
    ['a module without its ending', 'a.sh', 'python pixsim7_backend/main\n'],
    ['a file beside the script', 'sub/a.sh', 'python pixsim7_backend/own.py\n'],
    ['a comment', 'a.sh', '# pixsim7_backend/worker.py\n'],
    ['a comment of a batch file', 'a.bat', 'REM pixsim7_backend\\worker.py\n:: pixsim7_backend\\worker.py\n'],
    ['a pattern', 'a.sh', 'pkill -f "pixsim7_backend/worker.py"\n'],
    ['a line that is kept', 'a.sh', 'python pixsim7_backend/worker.py # tree-unifier: keep\n'],
    ['a question', 'a.sh', 'if [ -f pixsim7_backend/worker.py ]; then\n'],
    ['what is made', 'a.sh', 'mkdir -p pixsim7_backend/new\necho x > pixsim7_backend/x.txt\n'],
    ['what is written', 'a.sh', 'run --to pixsim7_backend/logs/a --pid pixsim7_backend/a.pid\n'],
    ['a glob', 'a.sh', 'ls pixsim7_backend/*.sql pixsim7_backend/x/**/y\n'],
    ['a variable', 'a.sh', 'python pixsim7_backend/$NAME.py pixsim7_backend/${NAME}/x\n'],
    ['another package', 'a.sh', 'python my_pixsim7_backend/x.py other/pixsim7_backend/x.py pixsim7_backend2/x.py\n'],
    ['a list of what is left out', 'pyproject.toml', '[x]\nexclude = [\n  "a",\n  "pixsim7_backend/old.py",\n]\n'],
    [
      'a pattern over several lines',
      '.pre-commit-config.yaml',
      'a:\n  exclude: |\n    (?x)^(\n      pixsim7_backend/a.gif|\n',
    ],
    ['a repository', '.github/workflows/a.yml', "if: github.repository == 'pixsim7_backend/pixsim7_backend'\n"],
    ['an action', '.github/workflows/a.yml', '- uses: pixsim7_backend/setup@v1\n'],
    ['a branch', '.github/workflows/a.yml', 'branch: "pixsim7_backend/renew"\n'],
    ['images', '.github/workflows/a.yml', 'images: |\n  pixsim7_backend/app\n'],
    ['an image', 'a.sh', 'docker pull pixsim7_backend/app\n'],
    ['what a rule makes', 'Makefile', 'all: pixsim7_backend/made.py\npixsim7_backend/made.py: a\n\tmake-it $@\n'],
    ['a target', 'Makefile', 'all: x\npixsim7_backend/made.py : a\n\tmake-it $@\n'],
    ['where a copy goes', 'a.sh', 'cp a "pixsim7_backend/copied.py" && rsync -a x/ pixsim7_backend/there # yes\n'],
    ['where a copy goes on Windows', 'a.ps1', 'Copy-Item a -Destination pixsim7_backend\\copied.py\n'],
    ['where a download goes', 'a.sh', 'curl -o pixsim7_backend/x.json u; gen --output=pixsim7_backend/y.json\n'],
    [
      'what an earlier commit has',
      'a.sh',
      'git checkout HEAD~3 -- pixsim7_backend/x.py && git -C . log pixsim7_backend/y\n',
    ],
    ['a document', 'README.md', '`python pixsim7_backend/worker.py`\n'],
    ['the legacy tree itself', 'pixsim7_backend/run.sh', 'python pixsim7_backend/worker.py\n'],
  ];
  for (const [what, path, text] of fine) {
    it(`that need not be there: ${what}`, async () => {
      assert.deepEqual(await findings({ [path]: text, 'sub/pixsim7_backend/own.py': '' }), []);
    });
  }

  it('whose meaning changed with their depth', async () => {
    const text = 'from pathlib import Path\nROOT = Path(__file__).parents[2]\n';
    assert.deepEqual(await findings({ 'pixsim7/backend/main/api/a.py': text }), [
      "pixsim7/backend/main/api/a.py:2 problem `Path(__file__).parents[2]` led to the repository's root from the legacy tree, and leads to pixsim7/backend from here.",
    ]);
  });
});

describe('paths in compose files', () => {
  it('of a script, whichever way it finds its own folder', async () => {
    const ways = ['$(dirname "$0")', '${0%/*}', '${BASH_SOURCE[0]%/*}', '`dirname $0`'];
    for (const way of ways) {
      const [finding, ...others] = await findings({ 'pixsim7/backend/main/a.sh': `cd "${way}/.."\n` });
      assert.match(
        finding ?? way,
        /^pixsim7\/backend\/main\/a\.sh:1 problem .* leads to pixsim7\/backend from here\.$/u,
      );
      assert.deepEqual(others, []);
    }
  });

  it('build contexts, Dockerfiles, files to mount, environment files and sources that are not there', async () => {
    const compose = [
      'services:',
      '  a:',
      '    build: { context: ./gone, dockerfile: x }',
      '  b:',
      '    build: { context: ., dockerfile: gone.dockerfile }',
      '    env_file: [gone.env, { path: other.env, required: false }]',
      '    volumes:',
      '      - ./init.sql:/init.sql',
      '      - ./data/new:/data',
      '      - ${PLACE}/x.sql:/x.sql',
      '      - /etc/hosts.txt:/hosts.txt',
      '  c:',
      '    build: ./pixsim7/backend/main',
      '  d:',
      '    build: https://example.org/x.git',
    ].join('\n');
    const dockerfile = 'FROM python:3\nCOPY requirements.txt .\nCOPY main.py dist/x /app/\nCOPY *.toml /app/\n';
    assert.deepEqual(await findings({ 'docker-compose.yml': compose, 'pixsim7/backend/main/Dockerfile': dockerfile }), [
      'docker-compose.yml:3 problem Service a: there is no build context gone.',
      'docker-compose.yml:5 problem Service b: there is no Dockerfile gone.dockerfile.',
      'docker-compose.yml:6 note Service b: there is no environment file gone.env.',
      'docker-compose.yml:8 problem Service b: there is no file to mount init.sql.',
      'pixsim7/backend/main/Dockerfile:2 problem There is no requirements.txt in the build context, so the image cannot be built.',
      'pixsim7/backend/main/Dockerfile:3 note There is no dist/x in the build context, so the image cannot be built.',
      'pixsim7/backend/main/Dockerfile:4 note There is no *.toml in the build context, so the image cannot be built.',
    ]);
  });
});
