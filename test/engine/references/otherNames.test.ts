import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Reference } from '../../../src/engine/index.ts';
import { open, pair } from '../../helpers/engine.ts';
import { table } from './cases.ts';

table('images', '.gitlab-ci.yml', [
  {
    name: 'below a variable',
    before: 'script:\n  - docker build -t "${REGISTRY}/team/pixsim7_backend:dev" .\n',
    after: 'script:\n  - docker build -t "${REGISTRY}/team/pixsim7_backend:dev" .\n',
    kinds: 'own',
  },
  {
    name: 'of a team of that name',
    before: 'script:\n  - docker pull pixsim7_backend/server:latest\n',
    after: 'script:\n  - docker pull pixsim7_backend/server:latest\n',
    kinds: 'own',
  },
  {
    name: 'run, and a command in it',
    before: 'script:\n  - docker run --env-file pixsim7_backend/env pixsim7_backend/server:1 ls pixsim7_backend/api\n',
    after:
      'script:\n  - docker run --env-file pixsim7/backend/main/env pixsim7_backend/server:1 ls pixsim7/backend/main/api\n',
    kinds: 'command? own command',
  },
  {
    name: 'of a chart and of a workflow',
    before:
      'image:\n  repository: pixsim7_backend/server\nenv:\n  REGISTRY_IMAGE: pixsim7_backend/server-cloud\nimage-ref: docker.io/pixsim7_backend/server:${{ x }}\n',
    after:
      'image:\n  repository: pixsim7_backend/server\nenv:\n  REGISTRY_IMAGE: pixsim7_backend/server-cloud\nimage-ref: docker.io/pixsim7_backend/server:${{ x }}\n',
    kinds: 'own own own',
  },
  {
    name: 'a picture, and a folder that is there',
    before: 'image: pixsim7_backend/logo.png\nimages: pixsim7_backend/api\n',
    after: 'image: pixsim7/backend/main/logo.png\nimages: pixsim7/backend/main/api\n',
    kinds: 'config? config?',
  },
]);

table('names of their own', 'docs/x.md', [
  {
    name: 'a host in an address of mail',
    before: 'Write to team@pixsim7_backend.ai.\n',
    after: 'Write to team@pixsim7_backend.ai.\n',
    kinds: 'own',
  },
  {
    name: 'an address without a scheme',
    before: 'Use `ghcr.io/pixsim7_backend/server:main`, see github.com/a/b/blob/main/pixsim7_backend/main.py.\n',
    after: 'Use `ghcr.io/pixsim7_backend/server:main`, see github.com/a/b/blob/main/pixsim7/backend/main/main.py.\n',
    kinds: 'own prose?',
  },
  {
    name: 'an address with a place to fill in',
    before:
      'Run `git clone https://example.com/<your name>/pixsim7_backend`, see docs.example.co/pixsim7_backend/v1.\n',
    after: 'Run `git clone https://example.com/<your name>/pixsim7_backend`, see docs.example.co/pixsim7_backend/v1.\n',
    kinds: 'own own',
  },
  {
    name: 'a repository of this name, in the address of a raw file',
    before:
      'See https://raw.example.com/o/pixsim7_backend/main/a.gif, raw.example.com/o/r/main/pixsim7_backend/main.py.\n',
    after:
      'See https://raw.example.com/o/pixsim7_backend/main/a.gif, raw.example.com/o/r/main/pixsim7/backend/main/main.py.\n',
    kinds: 'own prose?',
  },
  {
    name: 'the home of a user, and a folder at the root',
    before: 'Look into `/home/pixsim7_backend/.cache`, and `RUN mkdir -p /pixsim7_backend`.\n',
    after: 'Look into `/home/pixsim7_backend/.cache`, and `RUN mkdir -p /pixsim7/backend/main`.\n',
    kinds: 'own markdown?',
  },
  {
    name: 'an owner of files',
    path: 'Dockerfile',
    before:
      'RUN chown -R pixsim7_backend:app /x\nCOPY --chown=pixsim7_backend:app --chmod=770 ./pixsim7_backend ./pixsim7_backend\n',
    after:
      'RUN chown -R pixsim7_backend:app /x\nCOPY --chown=pixsim7_backend:app --chmod=770 ./pixsim7/backend/main ./pixsim7/backend/main\n',
    kinds: 'own own command command',
  },
  {
    name: 'an organisation',
    path: 'scripts/run.sh',
    before: 'DOCKER_ORG=pixsim7_backend\n',
    after: 'DOCKER_ORG=pixsim7_backend\n',
    kinds: 'own',
  },
  {
    name: 'a domain turned around',
    path: 'Dockerfile',
    before: 'LABEL com.pixsim7_backend.maintainer="x"\n',
    after: 'LABEL com.pixsim7_backend.maintainer="x"\n',
    kinds: 'own',
  },
  {
    name: 'a hidden folder',
    path: '.gitignore',
    before: 'tests/.pixsim7_backend/\n.pixsim7_backend\n',
    after: 'tests/.pixsim7_backend/\n.pixsim7_backend\n',
    kinds: 'own own',
  },
  {
    name: 'the dot of a role',
    path: 'docs/x.rst',
    before: 'See :class:`.pixsim7_backend.api.assets.Assets`.\n',
    after: 'See :class:`.pixsim7.backend.main.api.assets.Assets`.\n',
    kinds: 'prose',
  },
  {
    name: 'files',
    path: 'a.py',
    before: 'print("pixsim7_backend.py -p PORT")\nx = "web/pixsim7_backend.css"\n',
    after: 'print("pixsim7_backend.py -p PORT")\nx = "web/pixsim7_backend.css"\n',
    kinds: 'own own',
  },
]);

table('a text in braces', 'a.py', [
  {
    name: 'is no field of a plain string',
    before: 'x = """{\n  "quote": "the pixsim7_backend. Its end."\n}"""\n',
    after: 'x = """{\n  "quote": "the pixsim7.backend.main. Its end."\n}"""\n',
    kinds: 'prose?',
  },
  {
    name: 'is one of a formatted string',
    before: 'x = f"pixsim7_backend.{a if b else c}"\n',
    after: 'x = f"pixsim7.backend.main.{a if b else c}"\n',
    kinds: 'moduleString',
  },
]);

table('what a command makes', 'scripts/run.sh', [
  {
    name: 'need not be there',
    before: 'git rev-parse HEAD > pixsim7_backend/version.txt\nmkdir -p "pixsim7_backend/static"\n',
    after: 'git rev-parse HEAD > pixsim7/backend/main/version.txt\nmkdir -p "pixsim7/backend/main/static"\n',
    kinds: 'command command',
  },
  {
    name: 'needs its folder',
    before: 'echo 1 > pixsim7_backend/gone/version.txt\ncat < pixsim7_backend/version.txt\n',
    after: 'echo 1 > pixsim7/backend/main/gone/version.txt\ncat < pixsim7/backend/main/version.txt\n',
    kinds: 'command? command?',
  },
]);

table('folders of a container', 'docker/Dockerfile.hassio', [
  {
    name: 'that hold the project, with the package below',
    before:
      'COPY setup.py setup.cfg /opt/pixsim7_backend/\nCOPY pixsim7_backend /opt/pixsim7_backend/pixsim7_backend\nRUN pip install -e /opt/pixsim7_backend\n',
    after:
      'COPY setup.py setup.cfg /opt/pixsim7/backend/main/\nCOPY pixsim7/backend/main /opt/pixsim7/backend/main/pixsim7/backend/main\nRUN pip install -e /opt/pixsim7/backend/main\n',
    kinds: 'command? command command? command command?',
  },
  {
    name: 'that the context has, and something is added to',
    before: 'COPY . /app\nCOPY local.py /app/pixsim7_backend/\n',
    after: 'COPY . /app\nCOPY local.py /app/pixsim7/backend/main/\n',
    kinds: 'command',
  },
]);

describe('a source root that is no package', () => {
  const src = {
    pairs: [pair('backend/acme', 'acme', 'backend/nova', 'nova')],
  };
  const judge = async (path: string, text: string): Promise<string[]> => {
    const files = Object.fromEntries(
      ['acme', 'nova'].flatMap((name) => ['__init__', 'main'].map((file) => [`backend/${name}/${file}.py`, ''])),
    );
    const { session } = await open({ ...files, [path]: text }, src);
    const found = await session.referencesIn(path);
    return found.map(({ text: name, standing, needsReview, rewrite }: Reference) =>
      [name, standing === 'ownName' ? 'own' : needsReview ? 'review' : 'sure', rewrite?.replacement ?? '-'].join(' '),
    );
  };

  it('is where its own files start from', async () => {
    const found = await judge('backend/Dockerfile', 'COPY ./acme /app/acme\nCOPY ./acme/main.py /app/acme/main.py\n');
    assert.deepEqual(found.slice(0, 2), ['acme sure nova', 'acme sure nova']);
  });

  it('is not where other files start from', async () => {
    assert.deepEqual(await judge('scripts/run.sh', 'cd acme\nls acme/..\n'), [
      'acme review nova',
      'acme/.. review nova/..',
    ]);
    assert.deepEqual(await judge('backend/docs/x.md', 'Then `cd path/to/acme`.\n'), ['acme review nova']);
  });

  it('may be named after the folder of the repository', async () => {
    assert.deepEqual(await judge('backend/README.md', 'Go to `acme/backend`, read `acme/backend/README.md`.\n'), [
      'acme/backend own -',
      'acme/backend/README.md own -',
    ]);
  });
});
