import { table } from './cases.ts';

const C = 'pixsim7.backend.main';

table('import', 'tests/test_a.py', [
  { name: 'a module', before: 'import pixsim7_backend.main\n', after: `import ${C}.main\n`, kinds: 'import' },
  { name: 'the package alone', before: 'import pixsim7_backend\n', after: `import ${C}\n`, kinds: 'import' },
  {
    name: 'an alias',
    before: 'import pixsim7_backend.main as legacy\n',
    after: `import ${C}.main as legacy\n`,
    kinds: 'import',
  },
  {
    name: 'from',
    before: 'from pixsim7_backend.main import app\n',
    after: `from ${C}.main import app\n`,
    kinds: 'import',
  },
  {
    name: 'from the package',
    before: 'from pixsim7_backend import main\n',
    after: `from ${C} import main\n`,
    kinds: 'import',
  },
  {
    name: 'a list with comments',
    before: 'from pixsim7_backend.main import (  # both\n    app,  # the app\n    create as make,\n)\n',
    after: `from ${C}.main import (  # both\n    app,  # the app\n    create as make,\n)\n`,
    kinds: 'import',
  },
  {
    name: 'a backslash continuation',
    before: 'from pixsim7_backend.main \\\n    import app\n',
    after: `from ${C}.main \\\n    import app\n`,
    kinds: 'import',
  },
  {
    name: 'one of several modules',
    before: 'import os, pixsim7_backend.main, sys\n',
    after: `import os, ${C}.main, sys\n`,
    kinds: 'import',
  },
  {
    name: 'two of them in one statement',
    before: 'import pixsim7_backend.main, pixsim7_backend.api as api\n',
    after: `import ${C}.main, ${C}.api as api\n`,
    kinds: 'import import',
  },
  {
    name: 'lazy, with tabs and CRLF',
    before: 'def f():\r\n\tfrom pixsim7_backend.main import app\r\n\treturn app\r\n',
    after: `def f():\r\n\tfrom ${C}.main import app\r\n\treturn app\r\n`,
    kinds: 'import',
  },
  {
    name: 'behind a byte order mark',
    before: '\ufefffrom pixsim7_backend.main import app\n',
    after: `\ufefffrom ${C}.main import app\n`,
    kinds: 'import',
  },
  { name: 'a star', before: 'from pixsim7_backend.api import *\n', after: `from ${C}.api import *\n`, kinds: 'import' },
  {
    name: 'a name that a star import of the canonical package gives',
    before: 'from pixsim7_backend.api import Assets\n',
    after: `from ${C}.api import Assets\n`,
    kinds: 'import',
  },
  {
    name: 'a module that canonical lacks',
    before: 'from pixsim7_backend.newer import added\n',
    after: `from ${C}.newer import added\n`,
    kinds: 'import?',
  },
  {
    name: 'a name that canonical lacks',
    before: 'from pixsim7_backend.main import app, gone\n',
    after: `from ${C}.main import app, gone\n`,
    kinds: 'import?',
  },
  {
    name: 'a fallback between both names',
    before: `try:\n    from ${C}.main import app\nexcept ImportError:\n    from pixsim7_backend.main import app\n`,
    after: `try:\n    from ${C}.main import app\nexcept ImportError:\n    from ${C}.main import app\n`,
    kinds: 'import?',
  },
  { name: 'a longer name', before: 'import pixsim7_backend2\n', after: 'import pixsim7_backend2\n', kinds: '' },
  {
    name: 'a name that ends in it',
    before: 'import my_pixsim7_backend\n',
    after: 'import my_pixsim7_backend\n',
    kinds: '',
  },
  {
    name: 'in capitals',
    before: 'from x import PIXSIM7_BACKEND\n',
    after: 'from x import PIXSIM7_BACKEND\n',
    kinds: '',
  },
  {
    name: 'the same name from elsewhere',
    before: 'from vendor import pixsim7_backend\n',
    after: 'from vendor import pixsim7_backend\n',
    kinds: 'own',
  },
  {
    name: 'relative, of another package',
    before: 'from .pixsim7_backend import x\n',
    after: 'from .pixsim7_backend import x\n',
    kinds: 'own',
  },
  {
    name: 'in a file that does not parse',
    before: 'def broken(:\nfrom pixsim7_backend.main import app\n',
    after: `def broken(:\nfrom ${C}.main import app\n`,
    kinds: 'import',
  },
]);

const importing = 'import pixsim7_backend.main\n';
const imported = `import ${C}.main\n`;
table('importUse', 'tests/test_a.py', [
  {
    name: 'a call',
    before: `${importing}pixsim7_backend.main.create()\n`,
    after: `${imported}${C}.main.create()\n`,
    kinds: 'import importUse',
  },
  {
    name: 'a decorator and an annotation',
    before: `${importing}@pixsim7_backend.main.create\ndef f(a: pixsim7_backend.main.app) -> pixsim7_backend.main.app: ...\n`,
    after: `${imported}@${C}.main.create\ndef f(a: ${C}.main.app) -> ${C}.main.app: ...\n`,
    kinds: 'import importUse importUse importUse',
  },
  {
    name: 'inside an f-string',
    before: `${importing}f"{pixsim7_backend.main.app!r}"\n`,
    after: `${imported}f"{${C}.main.app!r}"\n`,
    kinds: 'import importUse',
  },
  {
    name: 'a parameter shadows it',
    before: `${importing}def f(pixsim7_backend):\n    return pixsim7_backend.main\n`,
    after: `${imported}def f(pixsim7_backend):\n    return pixsim7_backend.main\n`,
    kinds: 'import own own',
  },
  {
    name: 'a default value does not',
    before: `${importing}def f(a=pixsim7_backend.main.app): ...\n`,
    after: `${imported}def f(a=${C}.main.app): ...\n`,
    kinds: 'import importUse',
  },
  {
    name: 'a lambda shadows it for its body, not for a default value',
    before: `${importing}f = lambda pixsim7_backend, a=pixsim7_backend.main.app: pixsim7_backend.main\n`,
    after: `${imported}f = lambda pixsim7_backend, a=${C}.main.app: pixsim7_backend.main\n`,
    kinds: 'import own importUse own',
  },
  {
    name: 'a comprehension shadows it, its first iterable does not',
    before: `${importing}[pixsim7_backend for pixsim7_backend in pixsim7_backend.main.app]\n`,
    after: `${imported}[pixsim7_backend for pixsim7_backend in ${C}.main.app]\n`,
    kinds: 'import own own importUse',
  },
  {
    name: 'a class body shadows it for itself, not for its methods',
    before: `${importing}class A:\n    pixsim7_backend = 1\n    b = pixsim7_backend\n    def f(self): return pixsim7_backend.main\n`,
    after: `${imported}class A:\n    pixsim7_backend = 1\n    b = pixsim7_backend\n    def f(self): return ${C}.main\n`,
    kinds: 'import own own importUse',
  },
  {
    name: 'bound to something else as well',
    before: `${importing}pixsim7_backend = None\npixsim7_backend.main\n`,
    after: `${imported}pixsim7_backend = None\n${C}.main\n`,
    kinds: 'import? importUse? importUse?',
  },
  {
    name: 'one that canonical lacks keeps its import and the others waiting',
    before: `${importing}pixsim7_backend.main.create()\npixsim7_backend.main.gone()\nfrom pixsim7_backend.main import app\n`,
    after: `${imported}${C}.main.create()\n${C}.main.gone()\nfrom ${C}.main import app\n`,
    kinds: 'import? importUse? importUse? import',
  },
  {
    name: 'one that is kept keeps its import and the others waiting',
    before: `${importing}pixsim7_backend.main.create()\npixsim7_backend.main.app  # tree-unifier: keep\n`,
    after: `${imported}${C}.main.create()\n${C}.main.app  # tree-unifier: keep\n`,
    kinds: 'import? importUse? importUse',
  },
  {
    name: 'a global statement names the variable that the import binds',
    before: 'def f():\n    global pixsim7_backend\n    import pixsim7_backend.main\npixsim7_backend.main.app\n',
    after: `def f():\n    global pixsim7\n    import ${C}.main\n${C}.main.app\n`,
    kinds: 'importUse import importUse',
  },
  {
    name: 'the canonical name is a variable here',
    before: `${importing}def f(pixsim7):\n    return pixsim7_backend.main\n`,
    after: `${imported}def f(pixsim7):\n    return ${C}.main\n`,
    kinds: 'import? importUse?',
  },
  {
    name: 'an attribute of something else',
    before: 'settings.pixsim7_backend.url\n',
    after: 'settings.pixsim7_backend.url\n',
    kinds: 'own',
  },
  {
    name: 'the name of a keyword argument',
    before: 'run(pixsim7_backend=1)\n',
    after: 'run(pixsim7_backend=1)\n',
    kinds: 'own',
  },
  {
    name: 'an alias of the same name stays the alias',
    before: 'import pixsim7_backend as pixsim7_backend\npixsim7_backend.main\n',
    after: `import ${C} as pixsim7_backend\npixsim7_backend.main\n`,
    kinds: 'import own own',
  },
  {
    name: 'after emoji, columns in UTF-16 units',
    before: `${importing}x = "🎉🎉"; pixsim7_backend.main.app\n`,
    after: `${imported}x = "🎉🎉"; ${C}.main.app\n`,
    kinds: 'import importUse',
  },
  {
    name: 'imported under another name, the name alone is unbound',
    before: 'import pixsim7_backend.main as m\npixsim7_backend.main\n',
    after: `import ${C}.main as m\n${C}.main\n`,
    kinds: 'import importUse?',
  },
]);

table('moduleString', 'tests/test_a.py', [
  {
    name: 'an app',
    before: 'run("pixsim7_backend.main:app")\n',
    after: `run("${C}.main:app")\n`,
    kinds: 'moduleString',
  },
  {
    name: 'patch',
    before: "patch('pixsim7_backend.main.create')\n",
    after: `patch('${C}.main.create')\n`,
    kinds: 'moduleString',
  },
  {
    name: 'import_module',
    before: 'import_module("pixsim7_backend")\n',
    after: `import_module("${C}")\n`,
    kinds: 'moduleString',
  },
  {
    name: 'getLogger',
    before: 'logging.getLogger("pixsim7_backend")\n',
    after: `logging.getLogger("${C}")\n`,
    kinds: 'moduleString',
  },
  {
    name: 'sys.modules',
    before: 'sys.modules["pixsim7_backend"]\n',
    after: `sys.modules["${C}"]\n`,
    kinds: 'moduleString',
  },
  {
    name: 'in sys.modules',
    before: 'assert "pixsim7_backend" in sys.modules\n',
    after: `assert "${C}" in sys.modules\n`,
    kinds: 'moduleString',
  },
  {
    name: 'an f-string',
    before: 'f"pixsim7_backend.api.{name}"\n',
    after: `f"${C}.api.{name}"\n`,
    kinds: 'moduleString',
  },
  {
    name: 'an annotation',
    before: 'x: "pixsim7_backend.api.Assets"\n',
    after: `x: "${C}.api.Assets"\n`,
    kinds: 'moduleString',
  },
  {
    name: 'a worker path',
    before: 'W = "pixsim7_backend.workers.jobs.WorkerSettings"\n',
    after: `W = "${C}.workers.jobs.WorkerSettings"\n`,
    kinds: 'moduleString',
  },
  {
    name: 'a prefix',
    before: 'n.startswith("pixsim7_backend.")\n',
    after: `n.startswith("${C}.")\n`,
    kinds: 'moduleString',
  },
  { name: 'bytes', before: 'x = b"pixsim7_backend.main"\n', after: `x = b"${C}.main"\n`, kinds: 'moduleString' },
  {
    name: 'a package argument',
    before: 'load(package="pixsim7_backend")\n',
    after: `load(package="${C}")\n`,
    kinds: 'moduleString',
  },
  {
    name: 'a list of packages',
    before: 'setup(packages=["pixsim7_backend"])\n',
    after: `setup(packages=["${C}"])\n`,
    kinds: 'moduleString',
  },
  {
    name: 'a target that canonical lacks',
    before: 'patch("pixsim7_backend.gone.f")\n',
    after: `patch("${C}.gone.f")\n`,
    kinds: 'moduleString?',
  },
  {
    name: 'nested quotes',
    before: `x = "it's 'pixsim7_backend.main'"\n`,
    after: `x = "it's '${C}.main'"\n`,
    kinds: 'prose',
  },
  {
    name: 'both names in one condition',
    before: `if "pixsim7_backend.main" in cmd or "${C}.main" in cmd: ...\n`,
    after: `if "${C}.main" in cmd or "${C}.main" in cmd: ...\n`,
    kinds: 'moduleString?',
  },
  { name: 'the name alone, unclear', before: 'x = "pixsim7_backend"\n', after: `x = "${C}"\n`, kinds: 'bare?' },
  {
    name: 'a file of its own',
    before: 'pid = "pixsim7_backend.pid"\n',
    after: 'pid = "pixsim7_backend.pid"\n',
    kinds: 'own',
  },
  { name: 'a container', before: 'x = "pixsim7_backend-old"\n', after: 'x = "pixsim7_backend-old"\n', kinds: 'own' },
]);

table('pathString', 'tests/test_a.py', [
  {
    name: 'a path',
    before: 'open("pixsim7_backend/main.py")\n',
    after: 'open("pixsim7/backend/main/main.py")\n',
    kinds: 'pathString',
  },
  {
    name: 'escaped backslashes',
    before: "p = 'pixsim7_backend\\\\main.py'\n",
    after: "p = 'pixsim7\\\\backend\\\\main\\\\main.py'\n",
    kinds: 'pathString',
  },
  {
    name: 'raw backslashes',
    before: 'p = r"pixsim7_backend\\main.py"\n',
    after: 'p = r"pixsim7\\backend\\main\\main.py"\n',
    kinds: 'pathString',
  },
  {
    name: 'a lone backslash that is no escape becomes none either',
    before: 'p = "pixsim7_backend\\main.py"\n',
    after: 'p = "pixsim7\\\\backend\\\\main\\main.py"\n',
    kinds: 'pathString',
  },
  {
    name: 'joined with a slash',
    before: 'p = root / "pixsim7_backend" / "api"\n',
    after: 'p = root / "pixsim7" / "backend" / "main" / "api"\n',
    kinds: 'pathString',
  },
  {
    name: 'joined with a slash, raw single quotes',
    before: "p = root / r'pixsim7_backend'\n",
    after: "p = root / r'pixsim7' / r'backend' / r'main'\n",
    kinds: 'pathString',
  },
  {
    name: 'os.path.join',
    before: 'os.path.join(root, "pixsim7_backend", "main.py")\n',
    after: 'os.path.join(root, "pixsim7", "backend", "main", "main.py")\n',
    kinds: 'pathString',
  },
  {
    name: 'Path with components',
    before: 'Path("pixsim7_backend", "api")\n',
    after: 'Path("pixsim7", "backend", "main", "api")\n',
    kinds: 'pathString',
  },
  {
    name: 'Path alone',
    before: 'Path("pixsim7_backend")\n',
    after: 'Path("pixsim7/backend/main")\n',
    kinds: 'pathString',
  },
  {
    name: 'Path alone, joined',
    before: 'Path("pixsim7_backend") / "api"\n',
    after: 'Path("pixsim7/backend/main") / "api"\n',
    kinds: 'pathString',
  },
  {
    name: 'joinpath',
    before: 'root.joinpath("pixsim7_backend")\n',
    after: 'root.joinpath("pixsim7", "backend", "main")\n',
    kinds: 'pathString',
  },
  {
    name: 'up and over',
    before: 'p = "../pixsim7_backend"\n',
    after: 'p = "../pixsim7/backend/main"\n',
    kinds: 'pathString',
  },
  {
    name: 'a glob',
    before: 'glob("pixsim7_backend/api/*.py")\n',
    after: 'glob("pixsim7/backend/main/api/*.py")\n',
    kinds: 'pathString',
  },
  {
    name: 'an f-string',
    before: 'f"{root}/pixsim7_backend/{name}.py"\n',
    after: 'f"{root}/pixsim7/backend/main/{name}.py"\n',
    kinds: 'pathString',
  },
  {
    name: 'a line number',
    before: 'x = "pixsim7_backend/main.py:41"\n',
    after: 'x = "pixsim7/backend/main/main.py:41"\n',
    kinds: 'pathString',
  },
  {
    name: 'a file that canonical lacks',
    before: 'open("pixsim7_backend/gone.py")\n',
    after: 'open("pixsim7/backend/main/gone.py")\n',
    kinds: 'pathString?',
  },
  {
    name: 'a component that canonical lacks',
    before: 'p = root / "pixsim7_backend" / "gone"\n',
    after: 'p = root / "pixsim7" / "backend" / "main" / "gone"\n',
    kinds: 'pathString?',
  },
]);

table('command in Python', 'tools/run.py', [
  {
    name: 'the interpreter and a file',
    before: 'run([sys.executable, "pixsim7_backend/main.py", "--x"])\n',
    after: `run([sys.executable, "-m", "${C}.main", "--x"])\n`,
    kinds: 'command',
  },
  {
    name: '-m',
    before: 'run(["python", "-m", "pixsim7_backend.main"])\n',
    after: `run(["python", "-m", "${C}.main"])\n`,
    kinds: 'command',
  },
  {
    name: 'a server',
    before: "cmd = ['uvicorn', 'pixsim7_backend.main:app']\n",
    after: `cmd = ['uvicorn', '${C}.main:app']\n`,
    kinds: 'command',
  },
  {
    name: 'an option that takes a path',
    before: 'cmd = ["uvicorn", "x:app", "--reload-dir", "pixsim7_backend"]\n',
    after: 'cmd = ["uvicorn", "x:app", "--reload-dir", "pixsim7/backend/main"]\n',
    kinds: 'command',
  },
  {
    name: 'coverage',
    before: 'run(["pytest", "--cov=pixsim7_backend"])\n',
    after: `run(["pytest", "--cov=${C}"])\n`,
    kinds: 'command',
  },
  {
    name: 'one string',
    before: 'os.system("python pixsim7_backend/main.py")\n',
    after: `os.system("python -m ${C}.main")\n`,
    kinds: 'command',
  },
]);

table('bare', 'tools/a.py', [
  { name: 'a plain string', before: 'x = "pixsim7_backend"\n', after: `x = "${C}"\n`, kinds: 'bare?' },
  {
    name: 'a comparison',
    before: 'if name == "pixsim7_backend": ...\n',
    after: `if name == "${C}": ...\n`,
    kinds: 'bare?',
  },
  {
    name: 'in a command line',
    before: 'ok = "pixsim7_backend" in cmd\n',
    after: `ok = "${C}" in cmd\n`,
    kinds: 'bare?',
  },
  { name: 'in a set', before: 'x = {"a", "pixsim7_backend"}\n', after: `x = {"a", "${C}"}\n`, kinds: 'bare?' },
  { name: 'a dictionary key', before: 'x = {"pixsim7_backend": 1}\n', after: `x = {"${C}": 1}\n`, kinds: 'bare?' },
  { name: 'an unknown function', before: 'f("pixsim7_backend")\n', after: `f("${C}")\n`, kinds: 'bare?' },
  { name: 'a plus', before: 'x = "pixsim7_backend" + y\n', after: `x = "${C}" + y\n`, kinds: 'bare?' },
  {
    name: 'a default value',
    before: 'def f(x="pixsim7_backend"): ...\n',
    after: `def f(x="${C}"): ...\n`,
    kinds: 'bare?',
  },
  { name: 'an f-string', before: 'x = f"pixsim7_backend{y}"\n', after: `x = f"${C}{y}"\n`, kinds: 'bare?' },
  {
    name: 'a known key tells: package',
    before: 'x = dict(package="pixsim7_backend")\n',
    after: `x = dict(package="${C}")\n`,
    kinds: 'moduleString',
  },
  {
    name: 'a known key tells: path',
    before: 'root_dir = "pixsim7_backend"\n',
    after: 'root_dir = "pixsim7/backend/main"\n',
    kinds: 'pathString',
  },
  {
    name: 'a known function tells: a module',
    before: 'find_spec("pixsim7_backend")\n',
    after: `find_spec("${C}")\n`,
    kinds: 'moduleString',
  },
  {
    name: 'a known function tells: a path',
    before: 'os.listdir("pixsim7_backend")\n',
    after: 'os.listdir("pixsim7/backend/main")\n',
    kinds: 'pathString',
  },
  {
    name: 'a name that nothing binds',
    before: 'print(pixsim7_backend)\n',
    after: `print(${C})\n`,
    kinds: 'importUse?',
  },
  {
    name: 'entry points of a setup script',
    before:
      'setup(entry_points={"x": ["run-it = pixsim7_backend.main:app"]})\nY = """\n[x]\nrun = pixsim7_backend:main\n"""\nE = ["a = pixsim7_backend:Exporter"]\n',
    after: `setup(entry_points={"x": ["run-it = ${C}.main:app"]})\nY = """\n[x]\nrun = ${C}:main\n"""\nE = ["a = ${C}:Exporter"]\n`,
    kinds: 'moduleString moduleString moduleString?',
  },
  {
    name: 'a function of that name',
    before: 'def pixsim7_backend(): ...\n',
    after: 'def pixsim7_backend(): ...\n',
    kinds: 'own',
  },
]);
