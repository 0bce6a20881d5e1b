/**
 * A canonical package `new.app` with everything in it that made trouble behind a new name. Each module writes down that it
 * was executed, and under which name. Its legacy name is `old`.
 */
const EXECUTED = 'import executed; executed.names.append(__name__)\n';

export const backendPair = {
  legacy: { root: 'old', package: 'old' },
  canonical: { root: 'new/app', package: 'new.app' },
};

const modules: Readonly<Record<string, string>> = {
  '__init__.py': 'VERSION = "1"\n_private = 2\ndef version(): return VERSION\n',
  'a/__init__.py': '',
  'a/b.py': `value = 1
_private = 2
class Thing:
    def __eq__(self, other): return type(self) is type(other)
def get_value(): return value
`,
  'a/data.txt': 'data\n',
  // The package's \`router\` is a function, and hides the module that it comes from.
  'api/__init__.py': 'from .router import router\nfrom .handler import handler\n',
  'api/router.py': 'def router(): return "router"\n',
  'api/handler.py': 'def handler(): return "handler"\n',
  'main.py': `import json, os, sys
from new.app.a.b import value
app = ["app"]
if __name__ == "__main__":
    file = os.path.relpath(__file__).replace(os.sep, "/")
    print(json.dumps([__name__, __package__, file, value, sys.argv[1:], sys.modules["__main__"].app is app]))
`,
  '__main__.py': 'print("the package as a program")\n',
  'sub/__init__.py': '',
  'sub/mod.py': `from ..a.b import value
if __name__ == "__main__":
    print(__package__, value)
`,
  'sub/ns/inner.py': '',
  'workers/x.py': 'class WorkerSettings: functions = []\n',
  'jobs.py': `from multiprocessing import get_context
def double(number): return number * 2
class Result: pass
def make(_): return Result()
if __name__ == "__main__":
    with get_context("spawn").Pool(1) as pool:
        print(pool.map(double, [1, 2]), type(pool.map(make, [0])[0]) is Result)
`,
  'tools/seed.py': 'import helper\nif __name__ == "__main__": print("seeded", helper.__name__)\n',
  'tools/helper.py': '',
  'needs.py': 'import not_installed_anywhere\n',
  'fails.py': 'raise ImportError("broken by itself", name="x", path="y")\n',
  'raises.py': 'raise RuntimeError("at import")\n',
  // Stale mentions of the legacy name, in a circle.
  'stale.py': 'early = 1\nimport old.stale_too\nlate = 2\n',
  'stale_too.py': 'import old.stale\nfrom old.stale import early\nseen = (early, hasattr(old.stale, "late"))\n',
  'slow.py': 'import time\ntime.sleep(0.2)\nready = True\n',
};

export const backend: Readonly<Record<string, string>> = {
  'executed.py': 'names = []\n',
  'new/__init__.py': '',
  ...Object.fromEntries(
    Object.entries(modules).map(([file, text]) => [
      `new/app/${file}`,
      file.endsWith('.py') && !file.endsWith('__main__.py') ? EXECUTED + text : text,
    ]),
  ),
  // What git ignores stays in the legacy folder.
  'old/local_settings.py': 'secret = "here"\n',
  'old/left/__pycache__/over.pyc': '',
};
