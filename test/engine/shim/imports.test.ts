import assert from 'node:assert/strict';
import { TemporaryFolder } from '../../node/temporaryFolder.ts';
import { backend, backendPair } from './backend.ts';
import { replaceByShim, runPython, type Ended } from './python.ts';

interface Row {
  readonly it: string;
  /** Python, run with `-c` where the deprecation is silent: other tests listen to it. */
  readonly program: string;
  readonly prints: readonly string[];
}

const rows: readonly Row[] = [
  {
    it: 'gives the canonical module for each module, whichever name comes first',
    program: `
import old.a.b, new.app.a.b
import new.app.workers.x, old.workers.x
import old.sub.ns.inner, new.app.sub.ns.inner
print(old is new.app, old.a is new.app.a, old.a.b is new.app.a.b, old.workers.x is new.app.workers.x)
print(old.sub.ns is new.app.sub.ns, old.sub.ns.inner is new.app.sub.ns.inner)
import sys
print(all(sys.modules[name] is sys.modules["new.app" + name[3:]] for name in list(sys.modules) if name.startswith("old")))`,
    prints: ['True True True True', 'True True', 'True'],
  },
  {
    it: 'executes each module once, under its canonical name',
    program: `
import old.a.b, new.app.a.b, old.main, new.app.main, executed
print(executed.names)`,
    prints: ["['new.app', 'new.app.a', 'new.app.a.b', 'new.app.main']"],
  },
  {
    it: 'leaves what a package binds over its submodule',
    program: `
import new.app.api
from old.api.router import router as first
import old.api.handler, sys
print(new.app.api.router(), old.api.handler(), first is new.app.api.router)
print(sys.modules["old.api.router"] is sys.modules["new.app.api.router"])
new.app.api.router = 5
print(old.api.router)`,
    prints: ['router handler True', 'True', '5'],
  },
  {
    it: 'gives what a package binds over its submodule, old name first',
    program: `
import old.api.router
print(old.api.router())
from old.api.handler import handler
print(handler is old.api.handler)`,
    prints: ['router', 'True'],
  },
  {
    it: 'gives the names of modules in every form of import',
    program: `
from old.a import *
from old.a.b import *
print(value, Thing.__module__, "_private" in globals())
from old.a.b import _private
print(_private)
from old import VERSION, main, a as package
print(VERSION, main.app, package.__name__)
import old.a.b as named, importlib
print(named.value, importlib.import_module("old.main").app, importlib.import_module(".a.b", "old") is named)
print(__import__("old.a.b").VERSION, __import__("old.a.b", fromlist=["value"]).value)`,
    prints: ['1 new.app.a.b False', '2', "1 ['app'] new.app.a", "1 ['app'] True", '1 1'],
  },
  {
    it: 'gives attributes of the package, and lists them',
    program: `
import old
print(old.VERSION, old._private, dir(old) == dir(__import__("new.app").app), hasattr(old, "nothing"))
import old.a.b
print(old.a.b.value)
old.VERSION = "2"
print(old.version())
try:
    from old import nothing
except ImportError as error:
    print(type(error).__name__, str(error).split(" (")[0])`,
    prints: ['1 2 True False', '1', '2', "ImportError cannot import name 'nothing' from 'new.app'"],
  },
  {
    it: 'patches the canonical module, and puts back what was there',
    program: `
from unittest.mock import patch
import new.app.a.b
with patch("old.a.b.value", 5), patch("old.VERSION", "patched"), patch("old.a.b.made", 6, create=True):
    print(new.app.a.b.get_value(), new.app.version(), new.app.a.b.made)
print(new.app.a.b.get_value(), new.app.version(), hasattr(new.app.a.b, "made"))
with patch("old.api.router", 1), patch.dict("old.a.b.__dict__", value=7):
    print(new.app.a.b.get_value(), new.app.api.router)
print(new.app.api.router())`,
    prints: ['5 patched 6', '1 1 False', '7 1', 'router'],
  },
  {
    it: 'reads and writes pickles both ways',
    program: `
import pickle
print(type(pickle.loads(b"cold.a.b\\nThing\\n)\\x81.")).__module__)
from old.a.b import Thing
print(b"new.app.a.b" in pickle.dumps(Thing()), pickle.loads(pickle.dumps(Thing())) == Thing())
import new.app.a.b
print(pickle.loads(b"cold.a.b\\nThing\\n.") is new.app.a.b.Thing)`,
    prints: ['new.app.a.b', 'True True', 'True'],
  },
  {
    it: 'reloads the canonical module',
    program: `
import importlib, old.a.b, executed
old.a.b.value = 9
old.VERSION = "9"
print(importlib.reload(old.a.b) is old.a.b, old.a.b.value, importlib.reload(old) is old, old.VERSION)
print(executed.names)
import new.app.a.b
print(new.app.a.b.__spec__.name, new.app.__spec__.name, new.app.a.b is old.a.b)`,
    prints: [
      'True 1 True 1',
      "['new.app', 'new.app.a', 'new.app.a.b', 'new.app.a.b', 'new.app']",
      'new.app.a.b new.app True',
    ],
  },
  {
    it: 'gives source, files and package data',
    program: `
import inspect, pkgutil, os, sys
print(pkgutil.get_data("old.a", "data.txt"))
import old, old.a.b
print(inspect.getsource(old.a.b.get_value), inspect.getsource(old).splitlines()[1])
print(inspect.getmodule(old.a.b.Thing).__name__, os.path.relpath(old.__file__).replace(os.sep, "/"))
from importlib import resources
print(resources.files("old.a").joinpath("data.txt").read_text(), resources.files("old") == resources.files("new.app"))
print([name for _, name, _ in pkgutil.iter_modules(old.a.__path__, "old.a.")])`,
    prints: [
      "b'data\\n'",
      'def get_value(): return value',
      ' VERSION = "1"',
      'new.app.a.b new/app/__init__.py',
      'data',
      ' True',
      "['old.a.b']",
    ],
  },
  {
    it: 'changes nothing for the metadata of installed distributions',
    program: `
from importlib import metadata
import importlib
before = sorted(str(one.metadata["Name"]) for one in metadata.distributions())
import old
importlib.invalidate_caches()
print(before == sorted(str(one.metadata["Name"]) for one in metadata.distributions()))
try:
    metadata.version("old")
except metadata.PackageNotFoundError as error:
    print(type(error).__name__)`,
    prints: ['True', 'PackageNotFoundError'],
  },
  {
    it: 'names the old and the new name of a missing module',
    program: `
import importlib.util, sys
for name in ["old.nothing", "old.a.nothing", "old.left"]:
    try:
        __import__(name)
    except ModuleNotFoundError as error:
        print(error, error.name)
    print(importlib.util.find_spec(name), name in sys.modules)`,
    prints: [
      "No module named 'new.app.nothing' (imported by its old name 'old.nothing') old.nothing",
      'None False',
      "No module named 'new.app.a.nothing' (imported by its old name 'old.a.nothing') old.a.nothing",
      'None False',
      "No module named 'new.app.left' (imported by its old name 'old.left') old.left",
      'None False',
    ],
  },
  {
    it: 'lets errors of the canonical module through, as often as they are made',
    program: `
import sys
for name in ["old.needs", "old.needs", "old.fails", "old.raises"]:
    try:
        __import__(name)
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "name", ""), getattr(error, "path", ""), error.__cause__)
    print(name in sys.modules)`,
    prints: [
      "ModuleNotFoundError No module named 'not_installed_anywhere' not_installed_anywhere None None",
      'False',
      "ModuleNotFoundError No module named 'not_installed_anywhere' not_installed_anywhere None None",
      'False',
      'ImportError broken by itself x y None',
      'False',
      'RuntimeError at import   None',
      'False',
    ],
  },
  {
    it: 'answers where a module is without importing it',
    program: `
import importlib.util, os, sys
spec = importlib.util.find_spec("old.a.b")
print(spec.name, os.path.relpath(spec.origin).replace(os.sep, "/"), spec.submodule_search_locations, spec.has_location)
print("old.a.b" in sys.modules, "new.app.a.b" in sys.modules, spec.loader.get_source("old.a.b").splitlines()[1])
spec = importlib.util.find_spec("old.a")
print([os.path.relpath(path).replace(os.sep, "/") for path in spec.submodule_search_locations])`,
    prints: ['old.a.b new/app/a/b.py None True', 'False False value = 1', "['new/app/a']"],
  },
  {
    it: 'still finds a file that only the old folder has',
    program:
      'import old.local_settings; from old.local_settings import secret; print(secret, old.local_settings.__name__)',
    prints: ['here old.local_settings'],
  },
  {
    it: 'takes a module that a test put in place',
    program: `
import sys, types, old
sys.modules["new.app.fake"] = types.ModuleType("new.app.fake")
import old.fake
print(old.fake is sys.modules["new.app.fake"])
sys.modules["new.app.gone"] = None
try:
    import old.gone
except ModuleNotFoundError as error:
    print(error.name)`,
    prints: ['True', 'new.app.gone'],
  },
  {
    it: 'is imported anew without a second execution, a second finder or another object',
    program: `
import sys, old.a.b, executed
kept, finders = old.a.b, len(sys.meta_path)
for name in [name for name in sys.modules if name.partition(".")[0] == "old"]:
    del sys.modules[name]
import old.a.b
print(old.a.b is kept, len(sys.meta_path) == finders, executed.names)`,
    prints: ["True True ['new.app', 'new.app.a', 'new.app.a.b']"],
  },
  {
    it: 'gives a half-made module in a circle of stale imports, as Python does',
    program: `
import old.stale, sys
import new.app.stale_too
print(new.app.stale_too.seen, sys.modules["old.stale"] is sys.modules["new.app.stale"])`,
    prints: ['(1, False) True'],
  },
  {
    it: 'is waited for by a thread that imports a module below while the package is about to be executed',
    program: `
import executed, sys, threading
from importlib.machinery import PathFinder, SourceFileLoader
found = []
def get():
    try:
        import old.a.b
        found.append(sys.modules["old.a.b"].value)
    except BaseException as error:
        found.append(repr(error))
other = threading.Thread(target=get, daemon=True)
class Loader(SourceFileLoader):
    def exec_module(self, module):
        other.start()
        other.join(0.3)  # It gives up at once, or waits for this thread.
        super().exec_module(module)
class Finder:
    def find_spec(self, name, path=None, target=None):
        spec = PathFinder.find_spec(name, path) if name == "old" else None
        if spec: spec.loader = Loader(name, spec.origin)
        return spec
sys.meta_path.insert(0, Finder())
import old.main
other.join(10)
import new.app.a.b
print(found, sys.modules["old.a.b"] is new.app.a.b, sorted(executed.names))`,
    prints: ["[1] True ['new.app', 'new.app.a', 'new.app.a.b', 'new.app.main']"],
  },
  {
    it: 'gives threads that import at once one module, executed once',
    program: `
import threading, executed
names = ["old.slow", "new.app.slow", "old.a.b", "new.app.a.b"] * 8
found, errors, start = [], [], threading.Barrier(len(names))
def get(name):
    start.wait()
    try:
        module = __import__(name, fromlist=["value"])
        found.append((name[-1], id(module), hasattr(module, "ready") or hasattr(module, "get_value")))
    except BaseException as error:
        errors.append(repr(error))
threads = [threading.Thread(target=get, args=[name], daemon=True) for name in names]
for thread in threads: thread.start()
for thread in threads: thread.join(10)
print(errors, len(found), len(set(found)), all(whole for _, _, whole in found), sorted(executed.names))`,
    prints: ["[] 32 2 True ['new.app', 'new.app.a', 'new.app.a.b', 'new.app.slow']"],
  },
];

describe('imports behind the shim, in Python itself', () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = new TemporaryFolder().write(backend);
    const { 'old/local_settings.py': settings, 'old/left/__pycache__/over.pyc': cache } = backend;
    replaceByShim(folder.path, backendPair);
    folder.write({ 'old/local_settings.py': settings ?? '', 'old/left/__pycache__/over.pyc': cache ?? '' });
  });
  after(() => folder.remove());

  for (const row of rows) {
    it(row.it, async () => {
      const ended = await runPython(folder.path, ['-W', 'ignore::DeprecationWarning', '-c', row.program]);
      const expected: Ended = { code: 0, out: row.prints.map((line) => `${line}\n`).join(''), err: '' };
      assert.deepEqual(ended, expected);
    });
  }
});
