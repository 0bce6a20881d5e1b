import { pair } from '../../helpers/engine.ts';
import { table } from './cases.ts';

table('patterns', '.pre-commit-config.yaml', [
  {
    name: 'an escaped dot after a path',
    before: 'files: ^pixsim7_backend/main\\.py$\n',
    after: 'files: ^pixsim7/backend/main/main\\.py$\n',
    kinds: 'config',
  },
  {
    name: 'whatever follows',
    before: 'files: ^pixsim7_backend/api/.*\\.py$\n',
    after: 'files: ^pixsim7/backend/main/api/.*\\.py$\n',
    kinds: 'config',
  },
  {
    name: 'one of several',
    before: 'files: ^(pixsim7_backend|tests)/\n',
    after: 'files: ^(pixsim7/backend/main|tests)/\n',
    kinds: 'config',
  },
  {
    name: 'escaped slashes',
    before: 'files: pixsim7_backend\\/main\\.py\n',
    after: 'files: pixsim7\\/backend\\/main\\/main\\.py\n',
    kinds: 'config',
  },
  {
    name: 'in a script',
    path: 'web/a.ts',
    before: 'const m = /^pixsim7_backend\\/api\\/assets\\.py$/;\n',
    after: 'const m = /^pixsim7\\/backend\\/main\\/api\\/assets\\.py$/;\n',
    kinds: 'prose',
  },
  {
    name: 'an escaped dot after the name',
    before: 'exclude: ^pixsim7_backend\\.api\n',
    after: 'exclude: ^pixsim7\\.backend\\.main\\.api\n',
    kinds: 'config?',
  },
  {
    name: 'in Python',
    path: 'a.py',
    before: 're.compile(r"^pixsim7_backend\\.")\n',
    after: 're.compile(r"^pixsim7\\.backend\\.main\\.")\n',
    kinds: 'pathString?',
  },
  {
    name: 'a hidden file is none',
    path: 'run.bat',
    before: 'call pixsim7_backend\\.env\r\n',
    after: 'call pixsim7\\backend\\main\\.env\r\n',
    kinds: 'command?',
  },
]);

table('keys', 'pyproject.toml', [
  {
    name: 'where packages are found, and which',
    before: '[tool.setuptools.packages.find]\nwhere = ["pixsim7_backend"]\ninclude = ["pixsim7_backend*"]\n',
    after: '[tool.setuptools.packages.find]\nwhere = ["pixsim7/backend/main"]\ninclude = ["pixsim7.backend.main*"]\n',
    kinds: 'config config',
  },
  {
    name: 'where packages are found, of setup.cfg',
    path: 'setup.cfg',
    before: '[options.packages.find]\nwhere = pixsim7_backend\n',
    after: '[options.packages.find]\nwhere = pixsim7/backend/main\n',
    kinds: 'config',
  },
  {
    name: 'folders of hatch',
    before: '[tool.hatch.build.targets.wheel]\npackages = ["pixsim7_backend"]\n',
    after: '[tool.hatch.build.targets.wheel]\npackages = ["pixsim7/backend/main"]\n',
    kinds: 'config',
  },
  {
    name: 'an included folder',
    before: '[tool.poetry]\npackages = [{ include = "pixsim7_backend" }]\n',
    after: '[tool.poetry]\npackages = [{ include = "pixsim7/backend/main" }]\n',
    kinds: 'config',
  },
  {
    name: 'a key, which wants quotes for dots alone',
    before: '[tool.pixsim7_backend]\na.pixsim7_backend = 1\n',
    after: '[tool.main]\na.main = 1\n',
    kinds: 'bare? bare?',
    config: { pairs: [pair('pixsim7_backend', 'pixsim7_backend', 'pixsim7/backend/main', 'main')] },
  },
  {
    name: 'a package folder',
    path: 'setup.cfg',
    before: '[options]\npackage_dir =\n    pixsim7_backend = x\n',
    after: '[options]\npackage_dir =\n    pixsim7.backend.main = x\n',
    kinds: 'config',
  },
  {
    name: 'a resource of a package',
    path: 'alembic.ini',
    before: 'script_location = pixsim7_backend:migrations\n',
    after: 'script_location = pixsim7.backend.main:migrations\n',
    kinds: 'config',
  },
  {
    name: 'a database',
    path: 'alembic.ini',
    before: 'sqlalchemy.url = postgresql://u:p@localhost/pixsim7_backend\n',
    after: 'sqlalchemy.url = postgresql://u:p@localhost/pixsim7_backend\n',
    kinds: 'own',
  },
  {
    name: 'words written together',
    path: '.vscode/settings.json',
    before: '{ "python.analysis.extraPaths": ["pixsim7_backend"], "python.testing.cwd": "pixsim7_backend" }\n',
    after: '{ "python.analysis.extraPaths": ["pixsim7/backend/main"], "python.testing.cwd": "pixsim7/backend/main" }\n',
    kinds: 'config config',
  },
  {
    name: 'quotes in quotes',
    path: 'package.json',
    before: '{ "scripts": { "a": "concurrently \\"python pixsim7_backend/main.py\\" x" } }\n',
    after: '{ "scripts": { "a": "concurrently \\"python -m pixsim7.backend.main.main\\" x" } }\n',
    kinds: 'command',
  },
  {
    name: 'a quoted name in quotes',
    path: '.claude/settings.json',
    before: '["Bash(grep -r \\"pixsim7_backend\\" tests)"]\n',
    after: '["Bash(grep -r \\"pixsim7.backend.main\\" tests)"]\n',
    kinds: 'bare?',
  },
  {
    name: 'the end of a line in a string',
    path: 'a.ipynb',
    before: '{ "source": ["import pixsim7_backend\\n", "!python pixsim7_backend/main.py\\n"] }\n',
    after: '{ "source": ["import pixsim7.backend.main\\n", "!python -m pixsim7.backend.main.main\\n"] }\n',
    kinds: 'prose prose',
  },
  {
    name: 'owners',
    path: '.github/CODEOWNERS',
    before: '/pixsim7_backend/ @team\npixsim7_backend @team\n',
    after: '/pixsim7/backend/main/ @team\npixsim7/backend/main @team\n',
    kinds: 'config config',
  },
  {
    name: 'a file to be ignored',
    path: '.gitignore',
    before: 'pixsim7_backend.Rproj\npixsim7_backend/*.x\n',
    after: 'pixsim7_backend.Rproj\npixsim7/backend/main/*.x\n',
    kinds: 'own config',
  },
  {
    name: 'what a build leaves',
    path: '.gitignore',
    before: 'pixsim7_backend.egg-info/\n',
    after: 'pixsim7_backend.egg-info/\n',
    kinds: 'own',
  },
  {
    name: 'a unit',
    path: 'deploy/x.service',
    before:
      '[Service]\nUser=pixsim7_backend\nExecStart=/usr/bin/python3 pixsim7_backend/main.py\nRuntimeDirectory=pixsim7_backend\n',
    after:
      '[Service]\nUser=pixsim7_backend\nExecStart=/usr/bin/python3 -m pixsim7.backend.main.main\nRuntimeDirectory=pixsim7_backend\n',
    kinds: 'own command own',
  },
  {
    name: 'schemas',
    path: 'a.sql',
    before:
      "select * from pixsim7_backend.users;\n-- pixsim7_backend/main.py\ninsert into t values ('pixsim7_backend.main');\n",
    after:
      "select * from pixsim7_backend.users;\n-- pixsim7/backend/main/main.py\ninsert into t values ('pixsim7.backend.main.main');\n",
    kinds: 'own prose prose',
  },
  {
    name: 'what an application is called',
    path: 'fly.toml',
    before: 'app = "pixsim7_backend"\n',
    after: 'app = "pixsim7.backend.main"\n',
    kinds: 'bare?',
  },
  {
    name: 'labels',
    path: 'k8s/a.yaml',
    before: 'metadata:\n  labels: { app: pixsim7_backend }\n',
    after: 'metadata:\n  labels: { app: pixsim7_backend }\n',
    kinds: 'own',
  },
  {
    name: 'anything in JSON',
    path: 'a.json',
    before: '{ "source": "pixsim7_backend", "testpaths": "pixsim7_backend" }\n',
    after: '{ "source": "pixsim7.backend.main", "testpaths": "pixsim7/backend/main" }\n',
    kinds: 'bare? config',
  },
  {
    name: 'contracts',
    path: '.importlinter',
    before: '[importlinter:contract:1]\nforbidden_modules =\n    pixsim7_backend\n',
    after: '[importlinter:contract:1]\nforbidden_modules =\n    pixsim7.backend.main\n',
    kinds: 'config',
  },
]);

table('addresses', 'docs/x.md', [
  {
    name: 'a repository of that name',
    before: 'https://github.com/o/pixsim7_backend\n',
    after: 'https://github.com/o/pixsim7_backend\n',
    kinds: 'own',
  },
  {
    name: 'to clone',
    before: 'git clone https://github.com/o/pixsim7_backend.git\n',
    after: 'git clone https://github.com/o/pixsim7_backend.git\n',
    kinds: 'own',
  },
  {
    name: 'source on a server',
    before: 'https://github.com/o/r/blob/main/pixsim7_backend/main.py#L3\n',
    after: 'https://github.com/o/r/blob/main/pixsim7/backend/main/main.py#L3\n',
    kinds: 'prose?',
  },
  {
    name: 'a host and a route',
    before: 'curl http://pixsim7_backend:8000/api/pixsim7_backend/x\n',
    after: 'curl http://pixsim7_backend:8000/api/pixsim7_backend/x\n',
    kinds: 'own own',
  },
  {
    name: 'a file',
    before: 'file:///x/pixsim7_backend/main.py\n',
    after: 'file:///x/pixsim7/backend/main/main.py\n',
    kinds: 'prose',
  },
  {
    name: 'a bucket',
    before: 'aws s3 sync x s3://bucket/pixsim7_backend/\n',
    after: 'aws s3 sync x s3://bucket/pixsim7_backend/\n',
    kinds: 'own',
  },
  {
    name: 'folders of the system',
    before: 'See /var/log/pixsim7_backend/x.log and /tmp/pixsim7_backend/y\n',
    after: 'See /var/log/pixsim7_backend/x.log and /tmp/pixsim7_backend/y\n',
    kinds: 'own own',
  },
]);
