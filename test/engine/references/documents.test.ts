import { table } from './cases.ts';

table('documents', 'docs/x.md', [
  {
    name: 'what moved where',
    before: 'We moved `pixsim7_backend/main.py` to `pixsim7/backend/main/main.py`.\n',
    after: 'We moved `pixsim7/backend/main/main.py` to `pixsim7/backend/main/main.py`.\n',
    kinds: 'markdown?',
  },
  {
    name: 'a difference',
    before: '```diff\n-from pixsim7_backend.main import app\n```\n',
    after: '```diff\n-from pixsim7.backend.main.main import app\n```\n',
    kinds: 'markdown?',
  },
  {
    name: 'settings in a fence',
    before: '```yaml\ncontainer_name: pixsim7_backend\ncontext: pixsim7_backend\n```\n',
    after: '```yaml\ncontainer_name: pixsim7_backend\ncontext: pixsim7/backend/main\n```\n',
    kinds: 'own markdown',
  },
  {
    name: 'what is said of a Python fence, before its text',
    before: '```python title="pixsim7_backend/main.py"\nimport pixsim7_backend.main\n```\n',
    after: '```python title="pixsim7/backend/main/main.py"\nimport pixsim7.backend.main.main\n```\n',
    kinds: 'markdown markdown',
  },
  {
    name: 'a copy to the canonical folder',
    before: '```dockerfile\nCOPY pixsim7_backend /app/pixsim7/backend/main\n```\n',
    after: '```dockerfile\nCOPY pixsim7/backend/main /app/pixsim7/backend/main\n```\n',
    kinds: 'markdown',
  },
  {
    name: 'an attribute',
    before: '<a href="../pixsim7_backend/main.py">x</a> <img src="../../pixsim7_backend/README.md">\n',
    after: '<a href="../pixsim7/backend/main/main.py">x</a> <img src="../../pixsim7/backend/main/README.md">\n',
    kinds: 'markdown markdown?',
  },
  { name: 'mkdocstrings', before: '::: pixsim7_backend\n', after: '::: pixsim7.backend.main\n', kinds: 'prose' },
  {
    name: 'roles and directives',
    path: 'docs/x.rst',
    before: '.. automodule:: pixsim7_backend\n\n:mod:`pixsim7_backend` and :class:`~pixsim7_backend.api.Assets`\n',
    after:
      '.. automodule:: pixsim7.backend.main\n\n:mod:`pixsim7.backend.main` and :class:`~pixsim7.backend.main.api.Assets`\n',
    kinds: 'prose prose prose',
  },
  {
    name: 'imports from it',
    before: 'It imports from `pixsim7_backend`; it came from pixsim7_backend.\n',
    after: 'It imports from `pixsim7.backend.main`; it came from pixsim7.backend.main.\n',
    kinds: 'markdown prose?',
  },
  {
    name: 'a tool that is also a word',
    before: 'Our black box pixsim7_backend and the pixsim7_backend that we find\n',
    after: 'Our black box pixsim7.backend.main and the pixsim7.backend.main that we find\n',
    kinds: 'prose? prose?',
  },
  {
    name: 'several operands in a prompt',
    before: '```console\n$ ls tests pixsim7_backend\n```\n',
    after: '```console\n$ ls tests pixsim7/backend/main\n```\n',
    kinds: 'markdown',
  },
]);

table('names of their own and of others', 'a.py', [
  {
    name: 'part of a longer dotted name',
    before: 'x = "apps.pixsim7_backend.main"\n',
    after: 'x = "apps.pixsim7.backend.main.main"\n',
    kinds: 'moduleString?',
  },
  {
    name: 'a member of an object',
    path: 'web/a.ts',
    before: 'obj.pixsim7_backend.x = 1;\n',
    after: 'obj.pixsim7_backend.x = 1;\n',
    kinds: 'own',
  },
  {
    name: 'several extensions',
    before: 'x = "pixsim7_backend.error.log"\n',
    after: 'x = "pixsim7_backend.error.log"\n',
    kinds: 'own',
  },
  {
    name: 'a module that looks like a file, run',
    path: 'a.sh',
    before: 'python -m pixsim7_backend.service\n',
    after: 'python -m pixsim7.backend.main.service\n',
    kinds: 'command?',
  },
  {
    name: 'a schema',
    before: 'Table("x", m, schema="pixsim7_backend")\n',
    after: 'Table("x", m, schema="pixsim7_backend")\n',
    kinds: 'own',
  },
  {
    name: 'a distribution',
    before: 'version("pixsim7_backend")\n',
    after: 'version("pixsim7.backend.main")\n',
    kinds: 'bare?',
  },
  {
    name: 'through another folder',
    before: 'p = ROOT / "vendor" / "pixsim7_backend"\n',
    after: 'p = ROOT / "vendor" / "pixsim7" / "backend" / "main"\n',
    kinds: 'pathString?',
  },
  {
    name: 'through the folder above',
    before: 'p = ROOT / ".." / "pixsim7_backend"\n',
    after: 'p = ROOT / ".." / "pixsim7" / "backend" / "main"\n',
    kinds: 'pathString',
  },
]);

table('strings', 'a.py', [
  {
    name: 'a replacement',
    before: 'x.replace("pixsim7_backend.", "pixsim7.backend.main.")\n',
    after: 'x.replace("pixsim7.backend.main.", "pixsim7.backend.main.")\n',
    kinds: 'moduleString?',
  },
  {
    name: 'a table of both names',
    before: 'd = {"pixsim7_backend.main": "pixsim7.backend.main.main"}\n',
    after: 'd = {"pixsim7.backend.main.main": "pixsim7.backend.main.main"}\n',
    kinds: 'moduleString?',
  },
  {
    name: 'with the end of a line',
    before: 'print("pixsim7_backend\\n")\nprint("see pixsim7_backend/main.py\\n")\n',
    after: 'print("pixsim7.backend.main\\n")\nprint("see pixsim7/backend/main/main.py\\n")\n',
    kinds: 'bare? prose',
  },
  {
    name: 'resources',
    before: 'resources.files("pixsim7_backend")\n',
    after: 'resources.files("pixsim7.backend.main")\n',
    kinds: 'moduleString',
  },
  {
    name: 'modules loaded',
    before: 'sys.modules.pop("pixsim7_backend", None)\n',
    after: 'sys.modules.pop("pixsim7.backend.main", None)\n',
    kinds: 'moduleString',
  },
  {
    name: 'where modules are looked for',
    before: 'sys.path.insert(0, "pixsim7_backend")\nos.environ["PYTHONPATH"] = "pixsim7_backend"\n',
    after: 'sys.path.insert(0, "pixsim7/backend/main")\nos.environ["PYTHONPATH"] = "pixsim7/backend/main"\n',
    kinds: 'pathString pathString',
  },
  {
    name: 'applications',
    before: 'INSTALLED_APPS = ["x", "pixsim7_backend"]\n',
    after: 'INSTALLED_APPS = ["x", "pixsim7.backend.main"]\n',
    kinds: 'moduleString',
  },
  {
    name: 'options of a setup script',
    before:
      'setup(packages=find_packages(include=["pixsim7_backend", "pixsim7_backend.*"]), package_data={"pixsim7_backend": []})\n',
    after:
      'setup(packages=find_packages(include=["pixsim7.backend.main", "pixsim7.backend.main.*"]), package_data={"pixsim7.backend.main": []})\n',
    kinds: 'moduleString moduleString moduleString',
  },
  {
    name: 'arguments by their tool',
    before:
      'run(["mypy", "pixsim7_backend"])\nrun(["mypy", "-p", "pixsim7_backend"])\nrun(["docker", "stop", "pixsim7_backend"])\n',
    after:
      'run(["mypy", "pixsim7/backend/main"])\nrun(["mypy", "-p", "pixsim7.backend.main"])\nrun(["docker", "stop", "pixsim7_backend"])\n',
    kinds: 'command command own',
  },
  {
    name: 'a process by arguments',
    before: 'run(["pkill", "-f", "pixsim7_backend/main.py"])\n',
    after: 'run(["pkill", "-f", "pixsim7.backend.main.main"])\n',
    kinds: 'command',
  },
  {
    name: 'the interpreter with options',
    before: 'run(["python", "-u", "pixsim7_backend/main.py"])\n',
    after: 'run(["python", "-u", "-m", "pixsim7.backend.main.main"])\n',
    kinds: 'command',
  },
  {
    name: 'a declaration in a class',
    before: 'import pixsim7_backend.main\nclass A:\n    pixsim7_backend: int\n    x: pixsim7_backend.main.app\n',
    after:
      'import pixsim7.backend.main.main\nclass A:\n    pixsim7_backend: int\n    x: pixsim7.backend.main.main.app\n',
    kinds: 'import own importUse',
  },
]);
