import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { WorkspaceFiles } from '../../../src/engine/tree/files.ts';
import { compareFindings, ImportScan } from '../../../src/engine/verify/imports.ts';
import { pair } from '../../helpers/engine.ts';
import { MemoryFiles } from '../../helpers/memory.ts';

const core = pair('old', 'old', 'app/core', 'app.core');

function scanOf(files: Readonly<Record<string, string>>): {
  scan: ImportScan;
  memory: MemoryFiles;
  listed: WorkspaceFiles;
} {
  const memory = new MemoryFiles({ 'app/core/__init__.py': '', ...files });
  const listed = new WorkspaceFiles(memory);
  return { scan: new ImportScan([core], listed), memory, listed };
}

async function said(files: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await scanOf(files).scan.all();
  return found.map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`);
}

/** What `from app.core.m import name` finds, for a module `m` with this text. */
async function importsFrom(
  text: string,
  name: string,
  importer = `from app.core.m import ${name}\n`,
): Promise<boolean> {
  return (await said({ 'app/core/m.py': text, 'use.py': importer })).length === 0;
}

describe('names that a module binds', () => {
  for (const [how, text] of [
    ['a function', 'def x(): ...\n'],
    ['a coroutine', 'async def x(): ...\n'],
    ['a decorated class', '@d\nclass x: ...\n'],
    ['a type', 'type x = int\n'],
    ['a value', 'x = 1\n'],
    ['a value with a type', 'x: int = 1\n'],
    ['a value of a value', 'y = x = 1\n'],
    ['a tuple', 'a, (x, b) = c\n'],
    ['a starred target', 'a, *x = c\n'],
    ['an addition', 'x += 1\n'],
    ['a walrus', 'if (x := f()): ...\n'],
    ['a walrus as an argument', 'print(x := 1)\n'],
    ['a walrus in a comprehension', 'y = [x := a for a in b]\n'],
    ["a walrus in a function's default", 'def f(a=(x := 1)): ...\n'],
    ['an import', 'import x\n'],
    ['a deep import', 'import x.y\n'],
    ['an import under another name', 'import a.b as x\n'],
    ['a name from a module', 'from a import x\n'],
    ['a name from a module, renamed', 'from a import (\n    b as x,  # why\n)\n'],
    ['a loop', 'for a, x in b: ...\n'],
    ['with', 'with a as x: ...\n'],
    ['with and a tuple', 'with a as (b, c):\n    x = 1\n'],
    ['a tuple of a with', 'with a as (b, x): ...\n'],
    ['a list of a with', 'with a as [b, x]: ...\n'],
    ['with in parentheses', 'with (\n    a as x,\n    b as y,\n):\n    pass\n'],
    ['a pattern', 'match a:\n    case [x, *b]: ...\n'],
    ['the rest of a pattern', 'match a:\n    case {"k": b, **x}: ...\n'],
    ['a pattern named', 'match a:\n    case int() as x: ...\n'],
    ['if', 'if a:\n    x = 1\n'],
    ['else', 'if a: ...\nelse:\n    def x(): ...\n'],
    ['try', 'try:\n    x = 1\nexcept E: ...\n'],
    ['except', 'try: ...\nexcept E:\n    x = 1\n'],
    ['the else of try', 'try: ...\nexcept E: ...\nelse:\n    x = 1\n'],
    ['finally', 'try: ...\nfinally:\n    x = 1\n'],
    ['while', 'while a:\n    x = 1\n'],
    ['global', 'def f():\n    global x\n    x = 1\n'],
    ['the other side of TYPE_CHECKING', 'if TYPE_CHECKING:\n    y = 1\nelse:\n    x = 1\n'],
    ['a name deleted and bound again', 'x = 1\ndel x\nx = 2\n'],
    ['a name deleted in a branch', 'x = 1\nif a:\n    del x\n'],
    ['a module function __getattr__', 'def __getattr__(name): ...\n'],
    ['an imported __getattr__', 'from a import __getattr__\n'],
    ['globals()', 'for n in a:\n    globals()[n] = 1\n'],
    ['globals().update', 'globals().update(a)\n'],
    ['globals() handed on', 'install(globals())\n'],
    ['vars()', 'vars()["x"] = 1\n'],
    ['setattr on itself', 'setattr(sys.modules[__name__], "x", 1)\n'],
    ['itself in a variable', 'me = sys.modules[__name__]\nme.x = 1\n'],
    ['another object in its place', 'sys.modules[__name__] = Lazy()\n'],
    ['exec', 'exec(code)\n'],
    ['something called with its name', 'IntEnum._convert_("A", __name__, f)\n'],
    ['global_enum', '@enum.global_enum\nclass E: ...\n'],
    ['a star import from elsewhere', 'from a import *\n'],
    ['a file that does not parse', 'def f(:\n    x = 1\n'],
  ] as const) {
    it(`by ${how}`, async () => {
      assert.equal(await importsFrom(text, 'x'), true);
    });
  }

  for (const [how, text] of [
    ['nothing', ''],
    ['a type alone', 'x: int\n'],
    ['a name deleted', 'x = 1\ndel x\n'],
    ['a function deleted', 'def x(): ...\n\ndel (x, y)\n'],
    ['a name deleted in parentheses', 'x = 1\ndel (x)\n'],
    ['a name deleted in a list', 'x = 1\ndel [x, y]\n'],
    ['the name of an exception', 'try: ...\nexcept E as x: ...\n'],
    ["a function's variable", 'def f():\n    x = 1\n'],
    ["a class's variable", 'class A:\n    x = 1\n'],
    ["a comprehension's variable", 'y = [x for x in a]\n'],
    ["a lambda's walrus", 'f = lambda: (x := 1)\n'],
    ["a function's walrus", 'def f():\n    y = (x := 1)\n'],
    ['an attribute', 'a.x = 1\n'],
    ['an argument', 'f(x=1, y := 2)\n'],
    ["a with's attribute or item", 'with a as (b.x, x[0]): ...\n'],
    ['a string', 'y = """\nx = 1\n"""\n'],
    ['a comment', '# x = 1\n'],
    ['TYPE_CHECKING', 'if TYPE_CHECKING:\n    from a import x\n'],
    ['typing.TYPE_CHECKING', 'if typing.TYPE_CHECKING:\n    x = 1\n'],
    ['a star import for type checkers alone', 'if TYPE_CHECKING:\n    from a import *\n'],
    ['the other side of not TYPE_CHECKING', 'if not TYPE_CHECKING: ...\nelse:\n    x = 1\n'],
    ['if False', 'if False:\n    x = 1\n'],
    ['its own run as a program', 'if __name__ == "__main__":\n    x = 1\n'],
    ['globals() read', 'y = globals()["a"]\nz = "x" in globals()\nfor n in globals().keys(): ...\n'],
    ['exec elsewhere', 'exec(code, {})\n'],
    ['itself read', 'y = getattr(sys.modules[__name__], "x")\n'],
    ['a logger', 'log = getLogger(__name__)\nlog.info("x")\n'],
  ] as const) {
    it(`not by ${how}`, async () => {
      assert.equal(await importsFrom(text, 'x'), false);
    });
  }
});

describe('star imports of a module', () => {
  const through = 'from .s import *\n';
  for (const [what, star, name, found] of [
    ['a public name', 'x = 1\n', 'x', true],
    ['a private name', '_x = 1\n', '_x', false],
    ['a listed private name', '__all__ = ["_x"]\n_x = 1\n', '_x', true],
    ['a name that is not listed', '__all__ = ["y"]\nx = y = 1\n', 'x', false],
    ['a name listed in a tuple', "__all__ = ('x', 'y')\nx = y = 1\n", 'x', true],
    ['a name listed without brackets', "__all__ = 'x', 'y'\nx = y = 1\n", 'x', true],
    ['a name not listed without brackets', "__all__ = 'z',\nx = z = 1\n", 'x', false],
    ['a name listed by +=', '__all__ = []\n__all__ += ["x"]\nx = 1\n', 'x', true],
    ['a name listed by extend', '__all__ = []\n__all__.extend(["x"])\nx = 1\n', 'x', true],
    ['a name listed by append', '__all__ = []\n__all__.append("x")\nx = 1\n', 'x', true],
    ['a name listed by +', '__all__ = ["y"] + ["x"]\nx = y = 1\n', 'x', true],
    ['a name taken from the list', '__all__ = ["x", "y"]\n__all__.remove("x")\nx = y = 1\n', 'x', false],
    ['a list that is computed', '__all__ = [n for n in dir()]\nx = 1\n', 'x', true],
    ['a list that another module gives', 'from . import t\n__all__ = t.__all__ + ["y"]\nx = y = 1\n', 'x', true],
    [
      'a list that a decorator fills',
      '__all__ = []\ndef public(f):\n    __all__.append(f)\n\ndef x(): ...\n',
      'x',
      true,
    ],
    ['a name beside a list in a branch', '__all__ = ["y"]\nif a:\n    __all__ += ["z"]\nx = y = z = 1\n', 'x', false],
    ['a list in a branch', '__all__ = ["y"]\nif a:\n    __all__ += ["x"]\nx = y = 1\n', 'x', true],
    ['a name of its own star import', 'from .t import *\n', 'deep', true],
    ['a circle', 'from .m import *\n', 'x', false],
  ] as const) {
    it(`${what}: ${found ? 'there' : 'not there'}`, async () => {
      const files = {
        'app/core/s.py': star,
        'app/core/t.py': '__all__ = ["deep"]\ndeep = 1\n',
        'app/core/m.py': through,
      };
      const found_ = await said({ ...files, 'use.py': `from app.core.m import ${name}\n` });
      assert.deepEqual(
        found_,
        found
          ? []
          : [
              `use.py:1:24 app.core.m has no name ${name}${new RegExp(`^${name} =`, 'mu').test(star) ? '; s.py defines it' : ''}.`,
            ],
      );
    });
  }

  it('fail for a name that is listed and not there', async () => {
    assert.deepEqual(
      await said({ 'app/core/s.py': '__all__ = ["x", "sub", "gone"]\nx = sub = 1\n', 'app/core/m.py': through }),
      ['app/core/m.py:1:16 app.core.s lists gone in __all__ and has no such name, so this import fails.'],
    );
  });

  it('of a module that is not there fail', async () => {
    assert.deepEqual(await said({ 'use.py': 'from app.core.s import *\n' }), [
      'use.py:1:6 There is no module app.core.s.',
    ]);
  });
});

describe('modules', () => {
  const files = {
    'app/core/pkg/__init__.py': 'from .mod import thing\n',
    'app/core/pkg/mod.py': 'thing = 1\n',
    'app/core/space/inner.py': 'y = 1\n',
    'app/core/both.py': 'inModule = 1\n',
    'app/core/both/__init__.py': 'inPackage = 1\n',
    'app/core/plain.py': 'z = 1\n',
    'app/core/plain/hidden.py': 'z = 1\n',
    'app/core/fast.cpython-311-x86_64-linux-gnu.so': '',
    'app/core/win.pyd': '',
    'app/core/made.pyx': '',
    'app/core/stubbed.pyi': 'x: int\n',
    'app/core/sources.py': 'x = 1\n',
    'app/core/sources.pyi': 'x: int\ny: int\n',
    'app/core/six.py': 'sys.meta_path.append(x)\n__path__ = []\n',
    'app/core/_open/__init__.py': '__path__ = extend_path(__path__, __name__)\n',
    'app/beside.py': 'b = 1\n',
  };
  for (const [importer, text, ...expected] of [
    ['use.py', 'import app.core.pkg.mod as m, app.core.pkg\n'],
    ['use.py', 'from app.core.pkg import mod, thing\n'],
    ['use.py', 'from app.core import pkg, space, both, plain\n'],
    ['use.py', 'from app.core.space import inner\nfrom app.core.space.inner import y\n'],
    ['use.py', 'from app.core.space import y\n', '1:28 app.core.space has no name y; space/inner.py defines it.'],
    ['use.py', 'from app.core.both import inPackage\n'],
    ['use.py', 'from app.core.both import inModule\n', '1:27 app.core.both has no name inModule; both.py defines it.'],
    [
      'use.py',
      'import app.core.plain.hidden\n',
      '1:8 There is no module app.core.plain.hidden; there is plain/hidden.py.',
    ],
    ['use.py', 'import app.core.pkg.thing\n', '1:8 There is no module app.core.pkg.thing.'],
    ['use.py', 'from app.core.fast import a\nfrom app.core.win import b\nfrom app.core.made import c\n'],
    ['use.py', 'from app.core.stubbed import x, other\n'],
    ['use.py', 'from app.core.sources import y\n', '1:30 app.core.sources has no name y; space/inner.py defines it.'],
    ['use.py', 'if TYPE_CHECKING:\n    from app.core.sources import y\n'],
    ['use.py', 'from app.core.six.moves import urllib\nimport app.core._open.elsewhere.x\n'],
    ['use.py', 'from app.core.pkg import __name__, __path__, __doc__\n'],
    ['use.py', 'from app.core.pkg import __version__\n', '1:26 app.core.pkg has no name __version__.'],
    ['use.py', 'from app import nothing\nimport app.other\nimport core.x\n'],
    ['use.py', 'import os, app.core.gone\n', '1:12 There is no module app.core.gone.'],
    [
      'use.py',
      'from app.core.deep.gone import thing\n',
      '1:6 There is no module app.core.deep.gone; pkg/mod.py defines thing.',
    ],
    ['use.py', 'if a: import os; from app.core import gone\n', '1:39 app.core has no name gone.'],
    ['use.py', 'from app.core \\\n    import (pkg, # ) not yet\n    gone)\n', '3:5 app.core has no name gone.'],
    ['use.py', '"""\nfrom app.core import gone\n"""\n# import app.core.gone\n'],
    ['use.py', '"𝒳"; import app.core.gone\n', '1:14 There is no module app.core.gone.'],
    ['use.py', 'def f():\n    from app.core import gone\n', '2:26 app.core has no name gone.'],
    ['use.py', 'with patch.dict("sys.modules", {"app.core.gone": Mock()}):\n    import app.core.gone\n'],
    ['use.py', 'x = "app.core.gone" in sys.modules\nimport app.core.gone\n', '2:8 There is no module app.core.gone.'],
    ['use.py', 'sys.modules["app.core.gone"] = Mock()\nimport app.core.gone\n'],
    ['use.py', 'sys.modules["app.core.gone"] = Mock()\nfrom app.core import gone\n'],
    ['use.py', 'app.core.pkg.late = 1\nfrom app.core.pkg import late\n'],
    ['use.py', 'app.core.other.late = 1\nfrom app.core.pkg import late\n', '2:26 app.core.pkg has no name late.'],
    [
      'app/core/pkg/a.py',
      'from . import mod, thing\nfrom .mod import thing\nfrom .. import both\nfrom ..plain import z\n',
    ],
    ['app/core/pkg/a.py', 'from .gone import q\n', '1:6 There is no module app.core.pkg.gone.'],
    ['app/core/pkg/a.py', 'from ..pkg.mod import gone\n', '1:23 app.core.pkg.mod has no name gone.'],
    ['app/core/pkg/a.py', 'from ...beside import b\nfrom ... import beside\n'],
    [
      'app/core/pkg/a.py',
      'from ...gone import b\n',
      '1:6 The relative import leads out of app.core, to app/gone, where nothing is.',
    ],
    ['app/core/pkg/a.py', 'from .... import b\n', '1:6 The relative import leads out of app.core.'],
    [
      'app/beside.py',
      'from .core import pkg\nfrom . import core\nfrom .core.pkg import gone\n',
      '3:23 app.core.pkg has no name gone.',
    ],
    ['use.pyi', 'from app.core.sources import y\n'],
    ['notes.md', 'from app.core import gone\n'],
  ] as [string, string, ...string[]][]) {
    it(`${importer}: ${text.trim().replaceAll('\n', ' ⏎ ')}`, async () => {
      assert.deepEqual(
        await said({ ...files, [importer]: text }),
        expected.map((one) => `${importer}:${one}`),
      );
    });
  }

  it('that climb out of the topmost package fail, whatever lies there', async () => {
    const memory = new MemoryFiles({
      'src/app/__init__.py': '',
      'src/app/core/__init__.py': '',
      'src/app/core/a.py': 'from .. import core\nfrom ...other import x\n',
      'src/other.py': 'x = 1\n',
    });
    const found = await new ImportScan(
      [pair('old', 'old', 'src/app/core', 'app.core')],
      new WorkspaceFiles(memory),
    ).all();
    assert.deepEqual(
      found.map(({ line, message }) => [line, message]),
      [[2, 'The relative import leads out of app.core, to src/other, where nothing is.']],
    );
  });

  it('that another file of the tree puts in place are not missed', async () => {
    const patches =
      'sys.modules["app.core.gone"] = Mock()\n' +
      'import app.core.m as m\nm.late = 1\n' +
      'for name in ("Old", "Older"): setattr(m, name, make(name))\n';
    const use = 'import app.core.gone\nfrom app.core.m import late, Old, Oldest\n';
    assert.deepEqual(await said({ 'app/core/patches.py': patches, 'app/core/m.py': '', 'use.py': use }), [
      'use.py:2:35 app.core.m has no name Oldest.',
    ]);
    assert.equal((await said({ 'patches.py': patches, 'app/core/m.py': '', 'use.py': use })).length, 4);
  });

  it('that a build puts on the disk are not missed, though git does not list them', async () => {
    const { scan, memory } = scanOf({
      'use.py': 'from app.core._version import version\n',
      'app/core/_version.py': '',
    });
    memory.list = () => Promise.resolve(['app/core/__init__.py', 'use.py']);
    assert.deepEqual(await scan.all(), []);
  });

  it('of links, and of modules built for a version and a machine, are not missed, though git does not list them', async () => {
    const { scan, memory } = scanOf({
      'use.py': 'from app.core import linked, gone\nfrom app.core import fast\nimport app.core.win.x, app.core.fast\n',
      'app/core/linked/__init__.py': '',
      'app/core/fast.cpython-311-x86_64-linux-gnu.so': '',
      'app/core/win/x.cp312-win_amd64.pyd': '',
    });
    memory.list = () => Promise.resolve(['app/core/__init__.py', 'use.py']);
    assert.deepEqual(
      (await scan.all()).map(({ message }) => message),
      ['app.core has no name gone.'],
    );
  });

  it('from a package that looks for its modules elsewhere too may be modules there', async () => {
    const opened = '__path__.append(join(dirname(__file__), "more"))\n';
    const files = { 'app/core/open/__init__.py': opened, 'app/core/open/shut/__init__.py': '' };
    assert.deepEqual(
      await said({ ...files, 'use.py': 'from app.core.open import mod\nfrom app.core.open.shut import mod\n' }),
      ['use.py:2:32 app.core.open.shut has no name mod.'],
    );
  });

  it('of a script lead to what lies beside it, those of a package to the tree', async () => {
    const files = { 'demo/app/__init__.py': '', 'tests/app.py': '', 'pkg/__init__.py': '', 'pkg/app.py': '' };
    const gone = 'import app.core.gone\n';
    const found = await said({ ...files, 'demo/a.py': gone, 'tests/a.py': gone, 'pkg/a.py': gone, 'a.py': gone });
    assert.deepEqual(found, [
      'a.py:1:8 There is no module app.core.gone.',
      'pkg/a.py:1:8 There is no module app.core.gone.',
    ]);
  });

  it('that only the legacy tree has are said to be there', async () => {
    const legacy = { 'old/__init__.py': '', 'old/a.py': 'x = 1\n', 'old/b.py': '' };
    assert.deepEqual(
      await said({ ...legacy, 'app/core/b.py': '', 'use.py': 'import app.core.a\nfrom app.core.b import x\n' }),
      [
        'use.py:1:8 There is no module app.core.a; only the legacy tree has it.',
        'use.py:2:24 app.core.b has no name x.',
      ],
    );
  });
});

describe('imports whose failure is caught', () => {
  const caught = 'The program goes on without it: what depends on the import is off, and nobody is told.';
  for (const [text, optional] of [
    ['try:\n    from app.core import x\nexcept ImportError:\n    x = None\n', true],
    ['try:\n    from app.core import x\nexcept (KeyError, ImportError) as e:\n    pass\n', true],
    ['try:\n    from app.core import x\nexcept Exception:\n    x = None\n', true],
    ['try:\n    from app.core import x\nexcept:\n    x = None\n', true],
    ['try:\n    if a:\n        from app.core import x\nexcept ImportError: ...\n', true],
    ['with suppress(ImportError):\n    from app.core import x\n', true],
    ['def f():\n    with pytest.raises(ImportError):\n        from app.core import x\n', true],
    ['try:\n    from app.core import x\n    x()\nexcept Exception:\n    log()\n', false],
    ['try:\n    from app.core import x\nexcept ImportError as e:\n    raise E from e\n', false],
    ['try:\n    from app.core import x\nexcept ImportError:\n    sys.exit(1)\n', false],
    ['try:\n    from app.core import x\nexcept KeyError: ...\n', false],
    ['try:\n    from app.core import x\nexcept ModuleNotFoundError: ...\n', false],
    ['try: ...\nexcept ImportError:\n    from app.core import x\n', false],
    ['try: ...\nexcept ImportError: ...\nelse:\n    from app.core import x\n', false],
    ['try:\n    def f():\n        from app.core import x\nexcept ImportError: ...\n', false],
    ['try:\n    from app.core import x\nfinally: ...\n', false],
  ] as const) {
    it(`${optional ? 'optional' : 'not optional'}: ${text.trim().replaceAll('\n', ' ⏎ ')}`, async () => {
      const found = await scanOf({ 'use.py': text }).scan.all();
      assert.deepEqual(
        found.map((one) => [one.optional, one.message]),
        [[optional, `app.core has no name x.${optional ? ` ${caught}` : ''}`]],
      );
    });
  }

  for (const [test, optional] of [
    ['os.path.isfile(join(HERE, "x.py"))', true],
    ['importlib.util.find_spec("app.core.x")', true],
    ['not path.exists()', false],
    ['flag', false],
  ] as const) {
    it(`${optional ? 'optional' : 'not optional'}: a module that is missing, after if ${test}`, async () => {
      const { scan } = scanOf({ 'use.py': `if ${test}:\n    import app.core.x\n` });
      assert.deepEqual(
        (await scan.all()).map((one) => one.optional),
        [optional],
      );
    });
  }

  it('a missing module is what ModuleNotFoundError catches', async () => {
    const text = 'try:\n    import app.core.x\nexcept ModuleNotFoundError: ...\n';
    assert.deepEqual(
      (await scanOf({ 'use.py': text }).scan.all()).map(({ optional }) => optional),
      [true],
    );
  });

  it('for type checkers alone it is said', async () => {
    assert.deepEqual(await said({ 'use.py': 'if TYPE_CHECKING:\n    import app.core.x\n' }), [
      'use.py:2:12 There is no module app.core.x. Only type checkers see this import.',
    ]);
    const typesOnly = { 'app/core/m.py': 'if TYPE_CHECKING:\n    x = 1\n' };
    assert.deepEqual(await said({ ...typesOnly, 'use.py': 'if TYPE_CHECKING:\n    from app.core.m import x\n' }), []);
  });
});

describe('findings and changes', () => {
  const files = {
    'app/core/a.py': 'x = 1\n',
    'app/core/m.py': 'from .a import *\n',
    'use.py': 'from app.core.m import x\n',
    'b.py': 'import app.core.z\n',
  };

  it('tell what changed, and read no more than that', async () => {
    const { scan, memory, listed } = scanOf(files);
    const brief = async (): Promise<string[]> => (await scan.all()).map(({ path, name }) => `${path} ${name ?? ''}`);
    assert.deepEqual(await brief(), ['b.py ']);
    const change = async (path: string, text?: string): Promise<string[]> => {
      if (text === undefined) memory.files.delete(path);
      else memory.files.set(path, text);
      await listed.relist();
      return await scan.refresh([path]);
    };
    memory.forgetReads();
    assert.deepEqual(await change('app/core/a.py', 'y = 1\n'), ['use.py']);
    assert.deepEqual([...new Set(memory.reads)].sort(), [
      'app/core/__init__.py',
      'app/core/a.py',
      'app/core/m.py',
      'b.py',
      'use.py',
    ]);
    assert.deepEqual(await brief(), ['b.py ', 'use.py x']);
    assert.deepEqual(await change('app/core/z.py', ''), ['b.py']);
    assert.deepEqual(await brief(), ['use.py x']);
    assert.deepEqual(await change('use.py', 'from app.core.m import y\n'), ['use.py']);
    assert.deepEqual(await change('app/core/z.py'), ['b.py']);
    assert.deepEqual(await change('app/core/z.py'), []);
  });

  it('are new by file, module and name, not by line', async () => {
    const before = await scanOf({ ...files, 'app/core/a.py': '', 'b.py': 'import app.core.z\n' }).scan.all();
    const later = {
      ...files,
      'app/core/a.py': '',
      'use.py': 'from app.core.m import x, w\n',
      'b.py': '\n\nimport app.core.z\nimport app.core.w\n',
    };
    const now = compareFindings(before, await scanOf(later).scan.all());
    assert.deepEqual(
      now.map((one) => [one.path, one.line, one.module, one.name, one.new]),
      [
        ['b.py', 3, 'app.core.z', undefined, false],
        ['b.py', 4, 'app.core.w', undefined, true],
        ['use.py', 1, 'app.core.m', 'x', false],
        ['use.py', 1, 'app.core.m', 'w', true],
      ],
    );
  });
});

describe('two trees of one name', () => {
  it('are each asked for what they import themselves', async () => {
    const files = new WorkspaceFiles(
      new MemoryFiles({
        'shop/__init__.py': '',
        'shop/new.py': 'x = 1\n',
        'shop/a.py': 'from shop.new import x\n',
        'src/shop/__init__.py': '',
        'src/shop/b.py': 'from shop.new import x\n',
      }),
    );
    const found = await new ImportScan([pair('shop', 'shop', 'src/shop', 'shop')], files).all();
    assert.deepEqual(
      found.map(({ path }) => path),
      ['src/shop/b.py'],
    );
  });
});
