import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readDockerfile } from '../../../../src/engine/verify/docker/dockerfile.ts';
import type { Files } from './scene.ts';
import { findingsOf, outcomeOf } from './scene.ts';

const from = 'FROM python:3.12-slim\n';
const RUN = 'CMD ["uvicorn", "pixsim7.backend.main.main:app"]\n';

describe('reading a Dockerfile', () => {
  it('joins continued lines, passes comments between them over, and keeps the first line', () => {
    const text = '# syntax=docker/dockerfile:1\nFROM a \\\n  # between\n\n  AS b\nrun x && \\\n    y\n';
    assert.deepEqual(
      readDockerfile(text).map(({ name, line, text: rest }) => [name, line, rest]),
      [
        ['FROM', 2, 'a   AS b'],
        ['RUN', 6, 'x &&     y'],
      ],
    );
  });

  it('takes the escape of the directive', () => {
    const text = '# escape=`\nFROM a\nCOPY x `\n  C:\\y\\\nWORKDIR z\n';
    assert.deepEqual(
      readDockerfile(text).map(({ name, text: rest }) => [name, rest]),
      [
        ['FROM', 'a'],
        ['COPY', 'x   C:\\y\\'],
        ['WORKDIR', 'z'],
      ],
    );
  });

  it('sets heredocs apart: what is in them is no instruction', () => {
    const text = 'FROM a\nRUN <<EOF bash\nCOPY nothing .\nEOF\nCOPY <<"A" <<-B /x/\none\nA\n\ttwo\n\tB\nCMD c\n';
    assert.deepEqual(
      readDockerfile(text).map(({ name, line, heredocs }) => [name, line, heredocs]),
      [
        ['FROM', 1, []],
        ['RUN', 2, ['COPY nothing .']],
        ['COPY', 5, ['one', '\ttwo']],
        ['CMD', 10, []],
      ],
    );
  });

  it('takes flags off, and tells the JSON form from what only begins like it', () => {
    const [copy, shell] = readDockerfile('COPY --from=b --chown=1:2 ["a b", "c"]\nCMD [ "$x" = 1 ] && run\n');
    assert.deepEqual(
      [[...(copy?.flags ?? [])], copy?.json],
      [
        [
          ['from', 'b'],
          ['chown', '1:2'],
        ],
        ['a b', 'c'],
      ],
    );
    assert.deepEqual([shell?.json, shell?.text], [undefined, '[ "$x" = 1 ] && run']);
  });

  it('throws for no text', () => {
    for (const text of ['', '\\', 'FROM', 'RUN <<EOF', '\uFEFFFROM a', 'COPY [', '\r\r\n\0', 'ARG =', 'ENV', 'COPY'])
      assert.ok(Array.isArray(readDockerfile(text)));
  });
});

describe('where an image has the package', () => {
  const cases: [string, string, string][] = [
    ['the whole repository copied', 'WORKDIR /app\nCOPY . .\n', 'canonical copy'],
    ['one folder copied to its place', 'WORKDIR /app\nCOPY pixsim7 /app/pixsim7\n', 'canonical copy'],
    ['a folder whose contents alone are copied', 'WORKDIR /app\nCOPY pixsim7 .\n', 'fails'],
    [
      'several sources into a folder',
      'WORKDIR /app\nCOPY README.md pixsim7/__init__.py x/\nCOPY pixsim7 pixsim7\n',
      'canonical copy',
    ],
    ['the JSON form', 'WORKDIR /app\nCOPY ["pixsim7", "pixsim7"]\n', 'canonical copy'],
    ['flags', 'WORKDIR /app\nCOPY --chown=a:b --chmod=755 --link pixsim7/ pixsim7/\n', 'canonical copy'],
    ['a glob of folders, whose contents are copied', 'WORKDIR /app\nCOPY pix*7 pixsim7/\n', 'canonical copy'],
    ['nested working directories', 'WORKDIR /srv\nWORKDIR app\nCOPY . .\n', 'canonical copy'],
    ['another working directory than the code’s', 'COPY . /app\nWORKDIR /srv\n', 'fails'],
    ['that, with PYTHONPATH', 'COPY . /app\nWORKDIR /srv\nENV PYTHONPATH=/app\n', 'canonical copy'],
    ['the old form of ENV', 'COPY . /app\nENV PYTHONPATH /app\n', 'canonical copy'],
    ['PYTHONPATH put before what it was', 'COPY . /app\nENV PYTHONPATH="/app:${PYTHONPATH}"\n', 'canonical copy'],
    ['PYTHONPATH of several folders', 'COPY . /app\nENV X=1 PYTHONPATH=/no:/app Y="a b"\n', 'canonical copy'],
    ['an argument with a default', 'ARG HOME_DIR=/app\nCOPY . ${HOME_DIR}\nWORKDIR $HOME_DIR\n', 'canonical copy'],
    ['an argument that nobody gives', 'ARG HOME_DIR\nCOPY . ${HOME_DIR}\nWORKDIR /app\n', 'unknown'],
    ['an argument of an earlier stage alone', 'ARG D=/app\nFROM python:3.12\nCOPY . ${D}\nWORKDIR /app\n', 'unknown'],
    ['a default in place', 'COPY . ${X:-/app}\nWORKDIR /app\n', 'canonical copy'],
    ['code of a later stage’s own', 'WORKDIR /app\nCOPY . .\nFROM python:3.12\nWORKDIR /app\n', 'fails'],
    [
      'a copy from an earlier stage',
      'COPY . /src\nFROM python:3.12\nCOPY --from=0 /src /app\nWORKDIR /app\n',
      'canonical copy',
    ],
    [
      'a folder of an earlier stage',
      'COPY . /src\nFROM python:3.12\nCOPY --from=0 /src/pixsim7 /app/pixsim7\nWORKDIR /app\n',
      'canonical copy',
    ],
    ['a copy from another image', 'FROM python:3.12\nCOPY --from=ours/code:1 /src /app\nWORKDIR /app\n', 'unknown'],
    ['a base that is an earlier stage', 'WORKDIR /app\nCOPY . .\nFROM 0\n', 'canonical copy'],
    ['a base that is not known', 'FROM ours/base:1\nWORKDIR /app\n', 'unknown'],
    ['code that a command fetches', 'WORKDIR /app\nRUN git clone https://example.org/x .\n', 'unknown'],
    [
      'a project’s dependencies alone',
      'WORKDIR /app\nRUN poetry install --no-interaction --no-root && uv sync --no-install-project\n',
      'fails',
    ],
    ['a project with its dependencies', 'WORKDIR /app\nRUN poetry install --no-interaction\n', 'unknown'],
    ['the project itself installed', 'COPY . /src\nRUN pip install /src\nWORKDIR /app\n', 'unknown'],
    ['requirements installed', 'COPY README.md /src/r.txt\nRUN pip install -r /src/r.txt\nWORKDIR /app\n', 'fails'],
    ['the package itself among what is installed', 'WORKDIR /app\nRUN pip install "pixsim7==1.2"\n', 'unknown'],
    ['requirements in a folder of that name', 'WORKDIR /app\nRUN pip install -r pixsim7/requirements.txt\n', 'fails'],
    ['a copy that leaves something out', 'WORKDIR /app\nCOPY --exclude=*.md . .\n', 'unknown'],
    ['a heredoc that makes a file', 'WORKDIR /app\nCOPY <<EOF pixsim7/backend/main/main.py\nx\nEOF\n', 'unknown'],
    ['what an image of this file says ONBUILD', 'WORKDIR /app\nONBUILD COPY . .\nFROM 0\n', 'canonical copy'],
    ['what its grandchild says ONBUILD', 'ONBUILD COPY . /app\nFROM 0\nFROM python:3.12\nWORKDIR /app\n', 'fails'],
    ['code that is removed again', 'WORKDIR /app\nCOPY . .\nRUN echo a && rm -rf pixsim7\n', 'fails'],
    ['code that is removed and comes again', 'WORKDIR /app\nRUN rm -r /app\nCOPY . .\n', 'canonical copy'],
    ['removals elsewhere', 'WORKDIR /app\nCOPY . .\nRUN rm -rf /var/lib/apt/lists/* $X /app/docs\n', 'canonical copy'],
    ['what ONBUILD says', 'WORKDIR /app\nONBUILD COPY . .\n', 'fails'],
  ];
  for (const [what, lines, expected] of cases) {
    it(what, async () => {
      assert.equal(await outcomeOf(from + lines + RUN, '', { 'README.md': '' }), expected);
    });
  }

  it('the build’s arguments and target', async () => {
    const dockerfile = `ARG BASE=python:3.12\nFROM \${BASE} AS code\nARG DIR\nWORKDIR \${DIR}\nCOPY . .\n${RUN}FROM code AS test\nWORKDIR /tests\n`;
    const compose = (target: string): string =>
      `services:\n  app:\n    build:\n      context: .\n      args: [DIR=/app]\n      target: ${target}\n`;
    assert.equal(await outcomeOf(dockerfile, '', { 'docker-compose.yml': compose('code') }), 'canonical copy');
    assert.equal(await outcomeOf(dockerfile, '', { 'docker-compose.yml': compose('test') }), 'fails');
  });

  it('further contexts', async () => {
    const compose = (contexts: string): string =>
      `services:\n  app:\n    build:\n      context: ./docs\n      dockerfile: ../Dockerfile\n      additional_contexts: ${contexts}\n`;
    const dockerfile = `${from}WORKDIR /app\nCOPY --from=code backend ./pixsim7/backend\n${RUN}`;
    const outcome = async (contexts: string): Promise<string> =>
      await outcomeOf(dockerfile, '', { 'docs/x.md': '', 'docker-compose.yml': compose(contexts) });
    assert.equal(await outcome('{ code: ./pixsim7 }'), 'canonical copy');
    assert.equal(await outcome('["code=./pixsim7", "x"]'), 'canonical copy');
    assert.equal(await outcome('{ code: docs }'), 'fails');
    assert.equal(await outcome('{ code: "docker-image://ours/code" }'), 'unknown');
    assert.equal(await outcome('{ code: "service:other" }'), 'unknown');
    assert.equal(await outcome('{ other: ./pixsim7 }'), 'unknown');
  });

  const ignored: [string, string, string][] = [
    ['nothing', '', 'canonical copy'],
    ['the tree', 'pixsim7\n', 'fails'],
    ['the tree, with comments and slashes', '# no\n/pixsim7/\n', 'fails'],
    ['all but the tree', '**\n!pixsim7\n', 'canonical copy'],
    ['one file', '**/core.py\n', 'fails'],
    ['a file at the top alone', 'core.py\n', 'canonical copy'],
    ['the tree, by a way around', './docs/../pixsim7\n', 'fails'],
    ['the tree, taken back and left out again', '!pixsim7\npixsim7\n', 'fails'],
  ];
  for (const [what, text, expected] of ignored) {
    it(`.dockerignore leaves out ${what}`, async () => {
      assert.equal(await outcomeOf(`${from}WORKDIR /app\nCOPY . .\n${RUN}`, '', { '.dockerignore': text }), expected);
    });
  }

  it('python -m runs the __main__ of a package', async () => {
    const files = { 'pixsim7/backend/main/__main__.py': 'import pixsim7.backend.main.core\n' };
    const run = `${from}WORKDIR /app\nCOPY . .\nCMD ["python", "-m", "pixsim7.backend.main"]\n`;
    const at = async (more: Files): Promise<string[]> => await findingsOf({ Dockerfile: run, ...more });
    assert.deepEqual(await at(files), [
      'Dockerfile:4 note This image: `python -m pixsim7.backend.main` runs pixsim7/backend/main/__main__.py, copied by Dockerfile:3, so it is as it was when the image was built.',
    ]);
    assert.deepEqual(await at({}), [
      'Dockerfile:4 problem This image: `python -m pixsim7.backend.main` would fail in the container: pixsim7.backend.main is there, and has no __main__.py.',
    ]);
  });

  it('the packages around a program run before it', async () => {
    const run = `${from}WORKDIR /app\nCOPY pixsim7 pixsim7\n${RUN}`;
    const files = { 'ours/__init__.py': '', 'pixsim7/backend/__init__.py': 'import ours\n' };
    const [, finding] = await findingsOf({ Dockerfile: run, ...files });
    assert.match(finding ?? '', /: pixsim7\/backend\/__init__\.py:1 imports ours \(ours\/__init__\.py\)/u);
  });

  it('the Dockerfile’s own .dockerignore goes before', async () => {
    const ignores = { '.dockerignore': 'pixsim7\n', 'Dockerfile.dockerignore': '*.md\n' };
    assert.equal(await outcomeOf(`${from}WORKDIR /app\nCOPY . .\n${RUN}`, '', ignores), 'canonical copy');
  });
});

describe('what an image starts', () => {
  const code = `${from}WORKDIR /app\nCOPY . .\n`;
  const app = 'pixsim7.backend.main.main:app';
  const cases: [string, string, string][] = [
    ['a shell form', `CMD uvicorn ${app} --port 80`, 'canonical copy'],
    ['a shell’s line in words', `CMD ["sh", "-c", "cd /srv && exec uvicorn ${app}"]`, 'fails'],
    ['a variable set in the line', `CMD cd /srv; PYTHONPATH=/app uvicorn ${app}`, 'canonical copy'],
    ['a variable exported before', `CMD cd /srv; export PYTHONPATH=/app && uvicorn ${app}`, 'canonical copy'],
    ['options before the module', `CMD ["uvicorn", "--reload", "--host", "0.0.0.0", "${app}"]`, 'canonical copy'],
    ['--app-dir', `CMD cd / && uvicorn --app-dir=/app ${app}`, 'canonical copy'],
    ['--app-dir elsewhere', `CMD ["uvicorn", "--app-dir", "src", "${app}"]`, 'fails'],
    ['gunicorn', `CMD ["gunicorn", "-w", "4", "-k", "uvicorn.workers.UvicornWorker", "${app}"]`, 'canonical copy'],
    ['gunicorn in another folder', `CMD ["gunicorn", "--chdir", "/srv", "${app}"]`, 'fails'],
    [
      'gunicorn and a factory with arguments',
      `CMD gunicorn '${app.replace(':app', ':make("a", b=1)')}'`,
      'canonical copy',
    ],
    ['gunicorn with folders more', `CMD ["gunicorn", "--pythonpath", "/x,/y", "${app}"]`, 'canonical copy'],
    [
      'gunicorn with the folder of the code',
      `WORKDIR /srv\nCMD gunicorn --pythonpath=/x,/app ${app}`,
      'canonical copy',
    ],
    ['python -m', 'CMD ["python", "-u", "-m", "pixsim7.backend.main.main"]', 'canonical copy'],
    ['python -m and a package that is no program', 'CMD python -m pixsim7.backend.main', 'fails'],
    ['python -m uvicorn', `CMD python3 -m uvicorn ${app}`, 'canonical copy'],
    ['python and a path, whose folder comes first', 'CMD ["python", "pixsim7/backend/main/main.py"]', 'fails'],
    [
      'the same with PYTHONPATH',
      'ENV PYTHONPATH=/app\nCMD ["python", "pixsim7/backend/main/main.py"]',
      'canonical copy',
    ],
    ['python without its folder', 'CMD ["python", "-P", "-m", "pixsim7.backend.main.main"]', 'fails'],
    [
      'the same, which PYTHONPATH takes back',
      'ENV PYTHONPATH=/app\nCMD python -P -m pixsim7.backend.main.main',
      'canonical copy',
    ],
    [
      'python by itself alone',
      'ENV PYTHONPATH=/app\nCMD ["python", "-Xdev", "-I", "-m", "pixsim7.backend.main.main"]',
      'fails',
    ],
    ['a path that is not there', 'CMD ["python", "/srv/pixsim7_backend/main.py"]', 'fails'],
    ['arq, which names an attribute', 'CMD ["arq", "pixsim7.backend.main.jobs.Settings"]', 'canonical copy'],
    ['arq, of a module that is not there', 'CMD ["arq", "pixsim7.backend.main.gone.Settings"]', 'fails'],
    ['celery', 'CMD celery -A pixsim7.backend.main.jobs worker', 'canonical copy'],
    ['celery, which finds an attribute too', 'CMD celery -A pixsim7.backend.main.core.app worker', 'canonical copy'],
    ['celery and a name that is in no module', 'CMD celery -A pixsim7.backend.main.gone worker', 'fails'],
    ['the legacy tree', 'CMD ["uvicorn", "pixsim7_backend.main:app"]', 'legacy copy'],
    ['an entry point with arguments', `ENTRYPOINT ["uvicorn"]\nCMD ["${app}"]`, 'canonical copy'],
    ['an entry point in a shell, which takes no command', `ENTRYPOINT uvicorn ${app}\nCMD ["x"]`, 'canonical copy'],
    [
      'programs that start another',
      `CMD ["dumb-init", "--", "gosu", "app", "env", "A=1", "uvicorn", "${app}"]`,
      'canonical copy',
    ],
    ['a variable of the image', `ENV APP=${app}\nCMD uvicorn $APP`, 'canonical copy'],
    ['a variable of the image, in words: no shell sees it', `ENV APP=${app}\nCMD ["uvicorn", "$APP"]`, ''],
    ['a variable of the build alone', `ARG APP=${app}\nCMD uvicorn $APP`, ''],
    ['the same handed on', `ARG APP=${app}\nENV APP=\${APP}\nCMD uvicorn "\${APP}"`, 'canonical copy'],
    ['a default in the line', `CMD uvicorn \${APP:-${app}}`, 'canonical copy'],
    ['a whole command in a variable', `ENV RUN="uvicorn --reload ${app}"\nCMD exec $RUN`, 'canonical copy'],
    ['a variable set in the script', `CMD APP=${app}; uvicorn $APP`, 'canonical copy'],
    ['a program that waits', `CMD ["./wait-for-it.sh", "db:5432", "--", "uvicorn", "${app}"]`, 'canonical copy'],
    [
      'one that waits, without a mark',
      `CMD dockerize -wait tcp://db:5432 -timeout 9s uvicorn ${app}`,
      'canonical copy',
    ],
    ['one that watches', `CMD watchmedo auto-restart -d . -p "*.py" -- uvicorn ${app}`, 'canonical copy'],
    ['one that waits for nothing known', 'CMD ["timeout", "9", "sleep", "8"]', ''],
    [
      'an empty part of PYTHONPATH',
      'ENV PYTHONPATH=$PYTHONPATH:/no\nCMD python ./pixsim7/backend/main/main.py',
      'canonical copy',
    ],
    ['fastapi and a path', 'CMD ["fastapi", "run", "pixsim7/backend/main/main.py", "--port", "80"]', 'canonical copy'],
    [
      'fastapi, whose package is not all there',
      'RUN rm pixsim7/__init__.py\nCMD fastapi dev pixsim7/backend/main/main.py',
      'fails',
    ],
    ['fastapi without a path', 'CMD ["fastapi", "run"]', ''],
    ['poetry run', `CMD poetry run uvicorn ${app}`, 'canonical copy'],
    ['uv run with options', `CMD ["uv", "run", "--package", "x", "--no-sync", "uvicorn", "${app}"]`, 'canonical copy'],
    ['uv run in another folder', `WORKDIR /\nCMD uv run --directory=/app uvicorn ${app}`, 'canonical copy'],
    ['watchfiles and a line', 'CMD ["watchfiles", "python -m pixsim7.backend.main.main", "pixsim7"]', 'canonical copy'],
    ['a program of no tree', 'CMD ["uvicorn", "other.main:app"]', ''],
    ['no Python at all', 'CMD ["npm", "start"]', ''],
    ['words that are names of every object', 'CMD ["constructor", "toString"]', ''],
    ['a script of ours', 'CMD ["./run.sh"]', 'canonical copy'],
    ['a script of ours with variables of its own', 'CMD ["bash", "start.sh"]', 'canonical copy'],
    [
      'a script that passes the command on',
      `ENTRYPOINT ["/app/entry.sh"]\nCMD ["uvicorn", "${app}"]`,
      'canonical copy',
    ],
  ];
  const scripts = {
    'run.sh': `#!/bin/sh\nset -e\ncd /app\nexec uvicorn ${app} --host 0.0.0.0\n`,
    'start.sh': `#!/bin/bash\nMODULE=\${MODULE:-pixsim7.backend.main.main}\nexport APP="$MODULE:app"\nexec uvicorn "$APP"\n`,
    'entry.sh': '#!/bin/sh\nexec "$@"\n',
  };
  for (const [what, lines, expected] of cases) {
    it(what, async () => {
      assert.equal(await outcomeOf(`${code}${lines}\n`, '', scripts), expected);
    });
  }
});
