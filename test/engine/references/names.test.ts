import assert from 'node:assert/strict';
import { pair, open } from '../../helpers/engine.ts';
import { table } from './cases.ts';

table('what looks for a process', 'scripts/stop.ps1', [
  {
    name: 'by its command line, in PowerShell',
    before: 'Get-CimInstance Win32_Process | ? { $_.CommandLine -like "*pixsim7_backend\\main.py*" }\n',
    after: 'Get-CimInstance Win32_Process | ? { $_.CommandLine -like "*pixsim7.backend.main.main*" }\n',
    kinds: 'command',
  },
  {
    name: 'by wmic',
    path: 'stop.bat',
    before: 'wmic process where "commandline like \'%%pixsim7_backend\\\\main.py%%\'" delete\n',
    after: 'wmic process where "commandline like \'%%pixsim7.backend.main.main%%\'" delete\n',
    kinds: 'command',
  },
  {
    name: 'by findstr',
    path: 'stop.bat',
    before: 'wmic process get commandline | findstr /i "pixsim7_backend\\main.py"\n',
    after: 'wmic process get commandline | findstr /i "pixsim7.backend.main.main"\n',
    kinds: 'command',
  },
]);

table('names that a file itself gives', 'scripts/run.sh', [
  {
    name: 'a variable',
    before: 'pixsim7_backend=1\nexport pixsim7_backend=2\necho $pixsim7_backend ${pixsim7_backend}\n',
    after: 'pixsim7_backend=1\nexport pixsim7_backend=2\necho $pixsim7_backend ${pixsim7_backend}\n',
    kinds: 'own own own own',
  },
  {
    name: 'a variable of a batch file',
    path: 'run.bat',
    before: 'set "pixsim7_backend=1"\necho %pixsim7_backend%\n',
    after: 'set "pixsim7_backend=1"\necho %pixsim7_backend%\n',
    kinds: 'own own',
  },
  {
    name: 'an option',
    before: 'serve --pixsim7_backend redis\n',
    after: 'serve --pixsim7_backend redis\n',
    kinds: 'own',
  },
  {
    name: 'a service behind options',
    before: 'docker compose up -d --build pixsim7_backend\ndocker exec -it pixsim7_backend sh\n',
    after: 'docker compose up -d --build pixsim7_backend\ndocker exec -it pixsim7_backend sh\n',
    kinds: 'own own',
  },
  {
    name: 'a task',
    before: 'make pixsim7_backend\nnpm run pixsim7_backend\n',
    after: 'make pixsim7_backend\nnpm run pixsim7_backend\n',
    kinds: 'own own',
  },
  {
    name: 'a target of a Makefile',
    path: 'Makefile',
    before:
      '.PHONY: pixsim7_backend\npixsim7_backend: pixsim7_backend/main.py\n\tcd pixsim7_backend && ls\nrun: pixsim7_backend\n\t$(MAKE) pixsim7_backend\n',
    after:
      '.PHONY: pixsim7_backend\npixsim7_backend: pixsim7/backend/main/main.py\n\tcd pixsim7/backend/main && ls\nrun: pixsim7_backend\n\t$(MAKE) pixsim7_backend\n',
    kinds: 'own own command command own own',
  },
  {
    name: 'classes and ids',
    path: 'a.html',
    before: '<div class="x pixsim7_backend" id="pixsim7_backend"></div>\n',
    after: '<div class="x pixsim7_backend" id="pixsim7_backend"></div>\n',
    kinds: 'own own',
  },
  {
    name: 'an address of a server',
    path: 'a.html',
    before: '<a href="/pixsim7_backend/main.py">\n',
    after: '<a href="/pixsim7/backend/main/main.py">\n',
    kinds: 'prose?',
  },
  {
    name: 'where an action puts what it fetches',
    path: '.github/workflows/ci.yml',
    before:
      'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          path: pixsim7_backend\n',
    after:
      'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          path: pixsim7/backend/main\n',
    kinds: 'config?',
  },
  {
    name: 'selectors',
    path: 'a.css',
    before: '.pixsim7_backend .x, #pixsim7_backend { color: red }\n',
    after: '.pixsim7_backend .x, #pixsim7_backend { color: red }\n',
    kinds: 'own own',
  },
  {
    name: 'several values on one line of JSON',
    path: 'package.json',
    before:
      '{"scripts": {"a": "uvicorn pixsim7_backend.main:app"}, "keywords": ["pixsim7_backend"], "dir": "pixsim7_backend"}\n',
    after:
      '{"scripts": {"a": "uvicorn pixsim7.backend.main.main:app"}, "keywords": ["pixsim7_backend"], "dir": "pixsim7/backend/main"}\n',
    kinds: 'command own config',
  },
]);

/** For each mention of a package `backend`: `own`, or its kind, with `?` where it needs review. */
async function judged(path: string, text: string): Promise<string> {
  const files = {
    'backend/__init__.py': '',
    'backend/main.py': 'app = 1\n',
    'acme/backend/__init__.py': '',
    'acme/backend/main.py': 'app = 1\n',
    [path]: text,
  };
  const { session } = await open(files, { pairs: [pair('backend', 'backend', 'acme/backend', 'acme.backend')] });
  const references = await session.referencesIn(path);
  return references
    .map(({ standing, kind, needsReview }) => (standing === 'ownName' ? 'own' : `${kind}${needsReview ? '?' : ''}`))
    .join(' ');
}

describe('a package whose name is an ordinary word', () => {
  const cases: [string, string, string, string][] = [
    ['is none in a sentence', 'README.md', 'The backend answers, our backend too.\n', 'own own'],
    ['is one when marked', 'README.md', 'The `backend` package, the backend folder.\n', 'markdown? prose?'],
    ['is one with a tail', 'README.md', 'See backend/main.py and `backend.main`.\n', 'prose markdown'],
    ['is none in what is printed', 'run.sh', 'echo "Starting backend"\n', 'own'],
    ['is one where a command takes it', 'run.sh', 'cd backend\npytest --cov=backend\n', 'command command'],
    ['may be one where the command is unknown', 'run.sh', 'bundle backend\n', 'bare?'],
    ['is none as a key', 'a.yml', 'backend:\n  x: 1\n', 'own'],
    ['is none as a key of JSON', 'a.json', '{"backend": {"x": "backend"}}\n', 'own bare?'],
    ['is none as a key of a dictionary', 'a.py', 'x = {"backend": "redis", "y": "backend"}\n', 'own bare?'],
    ['is one in a list of packages', 'setup.py', 'setup(packages=["backend"])\n', 'moduleString'],
    ['is none as the name of a workflow', '.github/workflows/a.yml', 'name: backend\n', 'own'],
    ['is none in a comment of a script', 'web/a.ts', '// the backend\nbackend.run();\n', 'own own'],
    ['may be an address', 'web/a.ts', 'fetch("/backend/main");\n', 'pathString?'],
  ];
  for (const [what, path, text, expected] of cases) {
    it(what, async () => {
      assert.equal(await judged(path, text), expected);
    });
  }
});
