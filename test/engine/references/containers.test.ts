import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { referencesOf } from '../../helpers/engine.ts';
import { table } from './cases.ts';

table('Docker', 'Dockerfile', [
  {
    name: 'a JSON form',
    before: 'COPY ["pixsim7_backend", "/app/pixsim7_backend"]\n',
    after: 'COPY ["pixsim7/backend/main", "/app/pixsim7/backend/main"]\n',
    kinds: 'command command',
  },
  {
    name: 'from and to',
    before: 'COPY --chown=app pixsim7_backend pixsim7_backend\n',
    after: 'COPY --chown=app pixsim7/backend/main pixsim7/backend/main\n',
    kinds: 'command command',
  },
  {
    name: 'a stage',
    before: 'FROM python AS pixsim7_backend\nCOPY --from=pixsim7_backend /x /y\n',
    after: 'FROM python AS pixsim7_backend\nCOPY --from=pixsim7_backend /x /y\n',
    kinds: 'own own',
  },
  {
    name: 'an image',
    before: 'FROM registry/pixsim7_backend:latest\n',
    after: 'FROM registry/pixsim7_backend:latest\n',
    kinds: 'own',
  },
  {
    name: 'a user and a group',
    before: 'USER pixsim7_backend:pixsim7_backend\n',
    after: 'USER pixsim7_backend:pixsim7_backend\n',
    kinds: 'own own',
  },
  {
    name: 'the interpreter in JSON form',
    before: 'CMD ["python", "-u", "pixsim7_backend/main.py", "--x"]\n',
    after: 'CMD ["python", "-u", "-m", "pixsim7.backend.main.main", "--x"]\n',
    kinds: 'command',
  },
  {
    name: 'a comment between continued lines',
    before: 'RUN pip install x \\\n    # pixsim7_backend/main.py\n    && mypy \\\n      pixsim7_backend\n',
    after: 'RUN pip install x \\\n    # pixsim7/backend/main/main.py\n    && mypy \\\n      pixsim7/backend/main\n',
    kinds: 'prose command',
  },
  {
    name: 'a comment straight before the name',
    before: 'RUN mypy \\\n    # one\n      pixsim7_backend\n',
    after: 'RUN mypy \\\n    # one\n      pixsim7/backend/main\n',
    kinds: 'command',
  },
  {
    name: 'a here-document',
    before: 'RUN <<EOF\ncd pixsim7_backend\npython pixsim7_backend/main.py\nEOF\n',
    after: 'RUN <<EOF\ncd pixsim7/backend/main\npython -m pixsim7.backend.main.main\nEOF\n',
    kinds: 'command command',
  },
  {
    name: 'a backtick as escape',
    path: 'win.dockerfile',
    before: '# escape=`\nCOPY pixsim7_backend `\n  C:\\app\\pixsim7_backend\n',
    after: '# escape=`\nCOPY pixsim7/backend/main `\n  C:\\app\\pixsim7\\backend\\main\n',
    kinds: 'command command',
  },
  {
    name: 'a folder at the root',
    before: 'WORKDIR /pixsim7_backend\n',
    after: 'WORKDIR /pixsim7/backend/main\n',
    kinds: 'command?',
  },
  {
    name: 'a folder that holds the whole context, everywhere',
    before: 'COPY . /opt/pixsim7_backend/\nWORKDIR /opt/pixsim7_backend\nENTRYPOINT ["/opt/pixsim7_backend/main.py"]\n',
    after:
      'COPY . /opt/pixsim7/backend/main/\nWORKDIR /opt/pixsim7/backend/main\nENTRYPOINT ["/opt/pixsim7/backend/main/main.py"]\n',
    kinds: 'command? command? command?',
  },
  {
    name: 'a working directory that the context is copied to',
    before: 'WORKDIR /opt\nWORKDIR pixsim7_backend\nCOPY --link ./ .\nRUN ls /opt/pixsim7_backend/api\n',
    after: 'WORKDIR /opt\nWORKDIR pixsim7/backend/main\nCOPY --link ./ .\nRUN ls /opt/pixsim7/backend/main/api\n',
    kinds: 'command? command?',
  },
  {
    name: 'a folder that the tree is copied to, besides',
    before: 'COPY . /opt/pixsim7_backend\nCOPY pixsim7_backend /opt/pixsim7_backend\n',
    after: 'COPY . /opt/pixsim7/backend/main\nCOPY pixsim7/backend/main /opt/pixsim7/backend/main\n',
    kinds: 'command command command',
  },
  {
    name: 'the same file by another name',
    path: 'Containerfile',
    before: 'CMD python pixsim7_backend/main.py\n',
    after: 'CMD python -m pixsim7.backend.main.main\n',
    kinds: 'command',
  },
  {
    name: 'a Dockerfile inside the tree, whose context is the tree',
    path: 'pixsim7/backend/main/Dockerfile',
    before: 'COPY . /app/pixsim7_backend\n',
    after: 'COPY . /app/pixsim7/backend/main\n',
    kinds: 'command',
  },
]);

describe('a folder that holds the whole context', () => {
  it('may hold anything: what the package lacks is not missed', async () => {
    const found = await referencesOf(
      'Dockerfile',
      'COPY . /opt/pixsim7_backend\nCMD ["/opt/pixsim7_backend/bin/run"]\n',
    );
    assert.deepEqual(
      found.map(({ target, reason }) => [target, reason]),
      found.map(() => [
        'unknown',
        'This folder of the container holds more than the package: rename it everywhere, or nowhere.',
      ]),
    );
    assert.equal(found.length, 2);
  });
});

table('compose', 'docker-compose.yml', [
  {
    name: 'a volume of that name',
    before:
      'services:\n  a:\n    volumes:\n      - pixsim7_backend:/data\n      - ./pixsim7_backend:/app/pixsim7_backend\nvolumes:\n  pixsim7_backend:\n',
    after:
      'services:\n  a:\n    volumes:\n      - pixsim7_backend:/data\n      - ./pixsim7/backend/main:/app/pixsim7/backend/main\nvolumes:\n  pixsim7_backend:\n',
    kinds: 'own config config own',
  },
  {
    name: 'a volume of the whole repository',
    before: 'services:\n  a:\n    volumes:\n      - .:/srv/pixsim7_backend\n    working_dir: /srv/pixsim7_backend\n',
    after:
      'services:\n  a:\n    volumes:\n      - .:/srv/pixsim7/backend/main\n    working_dir: /srv/pixsim7/backend/main\n',
    kinds: 'config? config?',
  },
  {
    name: 'the long form of volumes',
    before: 'volumes:\n  - type: volume\n    source: pixsim7_backend\n  - type: bind\n    source: ./pixsim7_backend\n',
    after:
      'volumes:\n  - type: volume\n    source: pixsim7_backend\n  - type: bind\n    source: ./pixsim7/backend/main\n',
    kinds: 'own config',
  },
  {
    name: 'a stage to build, and the context',
    before: 'build:\n  context: pixsim7_backend\n  target: pixsim7_backend\n',
    after: 'build:\n  context: pixsim7/backend/main\n  target: pixsim7_backend\n',
    kinds: 'config own',
  },
  {
    name: 'an image of a registry',
    before: 'image: registry/pixsim7_backend:latest\n',
    after: 'image: registry/pixsim7_backend:latest\n',
    kinds: 'own',
  },
  {
    name: 'addresses',
    before: 'environment:\n  - DB=postgresql://pixsim7_backend:x@pixsim7_backend:5432/pixsim7_backend\n',
    after: 'environment:\n  - DB=postgresql://pixsim7_backend:x@pixsim7_backend:5432/pixsim7_backend\n',
    kinds: 'own own own',
  },
  {
    name: 'variables in a list',
    before: 'environment:\n  - POSTGRES_DB=pixsim7_backend\n  - MODULE=pixsim7_backend\n  - APP_DIR=pixsim7_backend\n',
    after:
      'environment:\n  - POSTGRES_DB=pixsim7_backend\n  - MODULE=pixsim7.backend.main\n  - APP_DIR=pixsim7/backend/main\n',
    kinds: 'own config config',
  },
  {
    name: 'words on lines of their own',
    before: 'command:\n  - uvicorn\n  - pixsim7_backend.main:app\n  - --reload-dir\n  - pixsim7_backend\n',
    after: 'command:\n  - uvicorn\n  - pixsim7.backend.main.main:app\n  - --reload-dir\n  - pixsim7/backend/main\n',
    kinds: 'command command',
  },
  {
    name: 'the interpreter in a list',
    before: 'command: [python, pixsim7_backend/main.py]\n',
    after: 'command: [python, -m, pixsim7.backend.main.main]\n',
    kinds: 'command',
  },
  {
    name: 'folded',
    before: 'command: >\n  uvicorn pixsim7_backend.main:app\n  --reload-dir pixsim7_backend\n',
    after: 'command: >\n  uvicorn pixsim7.backend.main.main:app\n  --reload-dir pixsim7/backend/main\n',
    kinds: 'command command',
  },
  {
    name: 'commands in a list',
    path: '.gitlab-ci.yml',
    before: 'script:\n  - mypy\n  - cd pixsim7_backend\n',
    after: 'script:\n  - mypy\n  - cd pixsim7/backend/main\n',
    kinds: 'command',
  },
  {
    name: 'other words for scripts',
    path: 'azure-pipelines.yml',
    before: 'steps:\n- pwsh: python pixsim7_backend/main.py\n  workingDirectory: pixsim7_backend\n',
    after: 'steps:\n- pwsh: python -m pixsim7.backend.main.main\n  workingDirectory: pixsim7/backend/main\n',
    kinds: 'command config',
  },
]);
