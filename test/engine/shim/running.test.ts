import assert from 'node:assert/strict';
import { TemporaryFolder } from '../../node/temporaryFolder.ts';
import { backend, backendPair } from './backend.ts';
import { replaceByShim, runPython } from './python.ts';

const SILENT = ['-W', 'ignore::DeprecationWarning'];

interface Row {
  readonly it: string;
  /** Where it runs, in the folder of the test. */
  readonly in?: string;
  readonly args: readonly string[];
  readonly code?: number;
  readonly out?: string;
  /** Lines of standard error; source lines and the lines of a traceback are left out. */
  readonly err?: readonly string[];
}

const runs = '["__main__", "new.app", "new/app/main.py", 1, ["--x"], true]\n';
const topWarning = 'DeprecationWarning: old is now new.app; the old name goes after 2099-12-31';
const fileWarning = 'DeprecationWarning: this file is now the module new.app.main; it goes after 2099-12-31';
const warning = (name: string): string =>
  `DeprecationWarning: old.${name} is now new.app.${name}; the old name goes after 2099-12-31`;

const rows: readonly Row[] = [
  {
    it: 'python -m runs the real module, and says what its name is',
    args: ['-m', 'old.main', '--x'],
    out: runs.replace('"new.app"', '"old"'),
    err: [`<command line>:1: ${topWarning}`, `<command line>:1: ${warning('main')}`],
  },
  {
    it: 'python -m runs a nested module with relative imports',
    args: [...SILENT, '-m', 'old.sub.mod'],
    out: 'old.sub 1\n',
  },
  { it: 'python -m runs the package', args: [...SILENT, '-m', 'old'], out: 'the package as a program\n' },
  { it: 'python runs the folder', args: [...SILENT, 'old'], out: 'the package as a program\n' },
  {
    it: 'python runs the file by its path, and says what its name is',
    args: ['old/main.py', '--x'],
    out: runs,
    err: [`<root>/old/main.py:25: ${fileWarning}`],
  },
  {
    it: 'python runs the file from its own folder',
    in: 'old',
    args: [...SILENT, 'main.py', '--x'],
    out: runs.replace('new/app', '../new/app'),
  },
  { it: 'python -O runs it too', args: [...SILENT, '-O', 'old/main.py', '--x'], out: runs },
  {
    it: 'a script by its path finds what lies beside it',
    args: [...SILENT, 'old/tools/seed.py'],
    out: 'seeded helper\n',
  },
  {
    it: 'a server started inside the folder finds the app',
    in: 'old',
    args: [...SILENT, '-c', 'import main, new.app.main; print(main is new.app.main)'],
    out: 'True\n',
  },
  {
    it: 'spawned processes find the functions of a program started by -m',
    args: [...SILENT, '-m', 'old.jobs'],
    out: '[2, 4] True\n',
  },
  {
    it: 'spawned processes find the functions of a program started by its path',
    args: [...SILENT, 'old/jobs.py'],
    out: '[2, 4] True\n',
  },
  {
    it: 'runpy runs it',
    args: [...SILENT, '-c', 'import runpy; print(runpy.run_module("old.main", run_name="other")["app"])'],
    out: "['app']\n",
  },
  {
    it: 'warns once for each module, where it is first imported by its old name',
    args: ['-W', 'always', '-c', 'import new.app.a\nimport old.a.b\nimport old.a.b, old.a\nfrom old.main import app'],
    err: [
      `<string>:2: ${topWarning}`,
      `<string>:2: ${warning('a')}`,
      `<string>:2: ${warning('a.b')}`,
      `<string>:4: ${warning('main')}`,
    ],
  },
  {
    it: 'warns once for a module that is imported again while it is being imported',
    args: ['-W', 'always', '-c', 'import old.stale'],
    err: [
      `<string>:1: ${topWarning}`,
      `<string>:1: ${warning('stale')}`,
      `<root>/new/app/stale.py:3: ${warning('stale_too')}`,
    ],
  },
  {
    it: 'warns at the line that calls import_module, and in the file that imports',
    args: ['-W', 'always', 'outer.py'],
    err: [
      `<root>/outer.py:3: ${topWarning}`,
      `<root>/outer.py:3: ${warning('a')}`,
      `<root>/inner.py:2: ${warning('a.b')}`,
      `<root>/new/app/stale.py:3: ${warning('stale_too')}`,
      `<root>/new/app/stale_too.py:2: ${warning('stale')}`,
    ],
  },
  {
    it: 'is silent where Python hides deprecations: in modules that are imported',
    args: ['-c', 'import inner'],
  },
  {
    it: 'a warning that is an error leaves no module, each time anew',
    args: [
      '-W',
      'error::DeprecationWarning',
      '-c',
      `import sys
for name in ["old", "old.a", "old.a.b", "old"]:
    try:
        __import__(name)
    except DeprecationWarning as warning:
        print(warning)
    print([name for name in sys.modules if name.startswith(("old", "new"))])
import warnings
warnings.simplefilter("ignore")
import old
warnings.simplefilter("error")
for _ in range(2):
    try:
        import old.a.b
    except DeprecationWarning as warning:
        print(warning)
print("old.a" in sys.modules, "new.app.a" in sys.modules)
warnings.simplefilter("ignore")
import old.a.b, new.app
print(old is new.app, old.a.b is new.app.a.b)`,
    ],
    out:
      'old is now new.app; the old name goes after 2099-12-31\n[]\n'.repeat(4) +
      'old.a is now new.app.a; the old name goes after 2099-12-31\n'.repeat(2) +
      'False False\nTrue True\n',
  },
];

const warningLine = /^\S.*?:\d+: \w+Warning: /u;

describe('programs behind the shim, in Python itself', () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = new TemporaryFolder().write({
      ...backend,
      'outer.py': 'import importlib\n\nimportlib.import_module("old.a")\nimport inner, new.app.stale\n',
      'inner.py': '\nfrom old.a.b import value\n',
    });
    replaceByShim(folder.path, backendPair);
  });
  after(() => folder.remove());

  for (const row of rows) {
    it(row.it, async () => {
      const { code, out, err } = await runPython(`${folder.path}${row.in === undefined ? '' : `/${row.in}`}`, row.args);
      const told = err.split('\n').filter((line) => line !== '' && !line.startsWith('  '));
      assert.deepEqual({ code, out, err: told }, { code: row.code ?? 0, out: row.out ?? '', err: row.err ?? [] });
      assert.ok(told.every((line) => warningLine.test(line)));
    });
  }
});
