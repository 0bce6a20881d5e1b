import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultCategories, defaultHistorical, defaultPair } from '../../../src/engine/config.ts';
import { parseConfig, parsePairFlag } from '../../../src/engine/config/parse.ts';

const defaults = parseConfig({}).config;

/** What settings are wrong, as sentences; everything else must be as by default. */
function problemsOf(settings: Record<string, unknown>): string[] {
  const { config, problems } = parseConfig(settings);
  assert.deepEqual(config, defaults);
  return problems.map(({ message }) => message);
}

describe('reading the settings', () => {
  it('gives the defaults for none, for null, and for empty texts', () => {
    const { config, problems } = parseConfig({
      pairs: null,
      keep: undefined,
      taskFile: '',
      changelogFile: '',
      mergeBase: '',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(config, {
      pairs: [defaultPair],
      pairsAreSet: false,
      categories: defaultCategories,
      historical: defaultHistorical,
      keep: [],
      exclude: [],
      kinds: {
        import: true,
        importUse: true,
        moduleString: true,
        pathString: true,
        command: true,
        config: true,
        markdown: true,
        prose: true,
        bare: true,
      },
      severities: {
        live: 'warning',
        documentation: 'information',
        missing: 'error',
        historical: 'hint',
        ownName: 'hint',
        kept: 'none',
      },
      taskFile: 'claude-tasks/34-backend-tree-unification-and-packaging.md',
      changelogFile: 'DOCUMENTATION_CHANGELOG.md',
      runStyle: 'module',
      entryPoints: [],
    });
  });

  it('names a task file for trees other than those of task-34', () => {
    const pairs = [{ legacy: { root: 'old' }, canonical: { root: 'new' } }];
    assert.equal(parseConfig({ pairs, taskFile: '' }).config.taskFile, 'TREE_UNIFICATION.md');
    assert.equal(parseConfig({ pairs, taskFile: 'tasks/1.md' }).config.taskFile, 'tasks/1.md');
  });

  it('takes everything that is right', () => {
    const { config, problems } = parseConfig({
      pairs: [
        { legacy: { root: './old\\app/' }, canonical: { root: 'backend/src/acme/app' } },
        { legacy: { root: 'lib/x', package: 'y.z' }, canonical: { root: 'größe' }, base: 'v1.0' },
      ],
      mergeBase: 'HEAD~3',
      categories: [{ name: 'All', globs: ['./**'] }],
      historical: [],
      keep: ['a.py', './b/*.sh:pkill -f: "x"'],
      exclude: ['vendor/**'],
      kinds: { prose: false },
      severities: { live: 'error', kept: 'hint' },
      taskFile: '.\\tasks\\34.md',
      changelogFile: 'CHANGES.md',
      runStyle: 'path',
      entryPoints: [
        {
          name: ' API ',
          module: 'acme.api.main:app',
          cwd: './services/',
          env: { API_PORT: '{port}' },
          health: '/ok?x=1',
        },
        { name: 'Own', module: 'acme.main', args: ['--port', '{port}'] },
      ],
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(config, {
      pairs: [
        {
          legacy: { root: 'old/app', package: 'old.app' },
          canonical: { root: 'backend/src/acme/app', package: 'acme.app' },
          base: 'HEAD~3',
        },
        { legacy: { root: 'lib/x', package: 'y.z' }, canonical: { root: 'größe', package: 'größe' }, base: 'v1.0' },
      ],
      pairsAreSet: true,
      categories: [{ name: 'All', globs: ['**'] }],
      historical: [],
      keep: ['a.py', 'b/*.sh:pkill -f: "x"'],
      exclude: ['vendor/**'],
      kinds: { ...defaults.kinds, prose: false },
      severities: { ...defaults.severities, live: 'error', kept: 'hint' },
      taskFile: 'tasks/34.md',
      changelogFile: 'CHANGES.md',
      runStyle: 'path',
      entryPoints: [
        {
          ...{ name: 'API', module: 'acme.api.main', attribute: 'app', args: [] },
          ...{ cwd: 'services', env: { API_PORT: '{port}' }, health: '/ok?x=1' },
        },
        { name: 'Own', module: 'acme.main', args: ['--port', '{port}'], cwd: '', env: {}, health: '/health' },
      ],
    });
  });

  describe('takes no backend that would run anything but a module of the workspace:', () => {
    const module = 'expected a Python module of the workspace, for example "acme.api.main:app" or "acme.api.main"';
    const cwd = 'expected a folder inside the workspace, relative to its root, for example "services/api"';
    const variable = 'expected no such variable, for it changes which program or module is loaded';
    const health = 'expected a path that the backend answers, for example "/health"';
    const wrong: [Record<string, unknown>, string][] = [
      [{ module: '-c' }, `module is "-c": ${module}.`],
      [{ module: 'a.main; rm -rf x' }, `module is "a.main; rm -rf x": ${module}.`],
      [{ module: 'a.main; rm x' }, `module is "a.main; rm x": ${module}.`],
      [{ module: '$(touch x)' }, `module is "$(touch x)": ${module}.`],
      [{ module: '../../tmp/x' }, `module is "../../tmp/x": ${module}.`],
      [{ module: 'a.main:app -c' }, `module is "a.main:app -c": ${module}.`],
      [{ module: 'a.main\n-c' }, `module is "a.main\\n-c": ${module}.`],
      [{ module: ['a', '-c'] }, `module is ["a","-c"]: ${module}.`],
      [{ cwd: '../outside' }, `cwd is "../outside": ${cwd}.`],
      [{ cwd: '/tmp' }, `cwd is "/tmp": ${cwd}.`],
      [{ env: { PYTHONPATH: '/tmp' } }, `env.PYTHONPATH is "/tmp": ${variable}.`],
      [{ env: { pythonstartup: 'x.py' } }, `env.pythonstartup is "x.py": ${variable}.`],
      [{ env: { LD_PRELOAD: 'x.so' } }, `env.LD_PRELOAD is "x.so": ${variable}.`],
      [{ env: { PATH: '.' } }, `env.PATH is ".": ${variable}.`],
      [{ env: { 'A=B': 'c' } }, `env.A=B is "c": ${variable}.`],
      [{ env: { A: 1 } }, 'env.A is 1: expected a text, for example "{port}".'],
      [{ health: 'http://example.org/' }, `health is "http://example.org/": ${health}.`],
      [{ health: '//example.org/' }, `health is "//example.org/": ${health}.`],
      [{ health: '/a\r\nHost: b' }, `health is "/a\\r\\nHost: b": ${health}.`],
      [
        { args: '--port 1' },
        'args is "--port 1": expected a list of texts for the module, for example ["--port", "{port}"].',
      ],
      [{ name: ' ' }, 'name is " ": expected a name, for example "API".'],
    ];
    for (const [changes, message] of wrong) {
      it(JSON.stringify(changes), () => {
        const entryPoints = [{ name: 'API', module: 'acme.main', ...changes }];
        assert.deepEqual(problemsOf({ entryPoints }), [`treeUnifier.entryPoints[0].${message}`]);
      });
    }
  });

  it('says in one sentence what is wrong with a value, and goes on with the default', () => {
    const pair = '{"legacy": {"root": "old_app"}, "canonical": {"root": "src/new_app"}}';
    const severities = 'one of "error", "warning", "information", "hint", "none"';
    assert.deepEqual(
      problemsOf({
        pairs: 'old=new',
        mergeBase: '--all',
        categories: { Docs: ['docs/**'] },
        historical: 'docs/**',
        keep: [7, ':text'],
        exclude: [''],
        kinds: { imports: true, prose: 'no' },
        severities: { live: 'loud' },
        taskFile: '/tasks/34.md',
        changelogFile: 7,
        runStyle: 'script',
      }),
      [
        `treeUnifier.pairs is "old=new": expected a list of tree pairs, for example [${pair}].`,
        'treeUnifier.mergeBase is "--all": expected the commit that made the canonical copy, for example "8a2a838ca", or "" to have it found.',
        'treeUnifier.categories is {"Docs":["docs/**"]}: expected a list of categories, for example [{"name": "Deployment", "globs": ["deploy/**"]}].',
        'treeUnifier.historical is "docs/**": expected a list of globs, for example ["docs/archive/**"].',
        'treeUnifier.keep[0] is 7: expected a glob, or a glob, a colon and a text, for example "tests/test_shim.py" or "scripts/*.sh:pkill -f".',
        'treeUnifier.keep[1] is ":text": expected a glob, or a glob, a colon and a text, for example "tests/test_shim.py" or "scripts/*.sh:pkill -f".',
        'treeUnifier.exclude[0] is "": expected a glob of files relative to the workspace root, with /, for example "docs/archive/**".',
        'treeUnifier.kinds has the unknown key "imports": expected an object with some of the keys import, importUse, moduleString, pathString, command, config, markdown, prose, bare, for example {"prose": false}.',
        'treeUnifier.kinds.prose is "no": expected true or false.',
        `treeUnifier.severities.live is "loud": expected ${severities}.`,
        'treeUnifier.taskFile is "/tasks/34.md": expected a file inside the workspace, relative to its root, for example "claude-tasks/34-backend-tree-unification-and-packaging.md".',
        'treeUnifier.changelogFile is 7: expected a file inside the workspace, relative to its root, for example "DOCUMENTATION_CHANGELOG.md".',
        'treeUnifier.runStyle is "script": expected one of "module", "path".',
      ],
    );
  });

  it('says what is wrong inside a pair', () => {
    const root = 'expected a folder inside the workspace, relative to its root, for example "src/new_app"';
    const name = 'expected a dotted Python package, for example "new_app.backend"';
    const pairOf = (legacy: unknown): unknown => ({ legacy, canonical: { root: 'new' } });
    const example = '{"legacy": {"root": "old_app"}, "canonical": {"root": "src/new_app"}}';
    const wrong: [unknown, string][] = [
      [7, `treeUnifier.pairs[0] is 7: expected an object with legacy and canonical, for example ${example}.`],
      [
        pairOf('old'),
        'treeUnifier.pairs[0].legacy is "old": expected an object with root and, if it is not the root with dots, package, for example {"root": "old_app"}.',
      ],
      [pairOf({}), `treeUnifier.pairs[0].legacy.root is missing: ${root}.`],
      [pairOf({ root: '/abs' }), `treeUnifier.pairs[0].legacy.root is "/abs": ${root}.`],
      [pairOf({ root: 'C:\\x' }), `treeUnifier.pairs[0].legacy.root is "C:\\\\x": ${root}.`],
      [pairOf({ root: 'a/../..' }), `treeUnifier.pairs[0].legacy.root is "a/../..": ${root}.`],
      [pairOf({ root: './' }), `treeUnifier.pairs[0].legacy.root is "./": ${root}.`],
      [pairOf({ root: 'a', package: 'my-app' }), `treeUnifier.pairs[0].legacy.package is "my-app": ${name}.`],
      [pairOf({ root: 'a', package: '1a' }), `treeUnifier.pairs[0].legacy.package is "1a": ${name}.`],
      [
        pairOf({ root: 'my-app' }),
        `treeUnifier.pairs[0].legacy.package is missing, and my-app does not make one: ${name}.`,
      ],
      [pairOf({ root: 'src' }), `treeUnifier.pairs[0].legacy.package is missing, and src does not make one: ${name}.`],
    ];
    for (const [pair, message] of wrong) assert.deepEqual(problemsOf({ pairs: [pair] }), [message]);
    assert.deepEqual(problemsOf({ pairs: [] }), [
      `treeUnifier.pairs is []: expected a list of tree pairs, for example [${example}].`,
    ]);
  });

  it('keeps the items of a list that are right', () => {
    const { config, problems } = parseConfig({
      pairs: [7, { legacy: { root: 'a' }, canonical: { root: 'b' } }],
      exclude: ['x/**', null],
    });
    assert.deepEqual(config.pairs, [{ legacy: { root: 'a', package: 'a' }, canonical: { root: 'b', package: 'b' } }]);
    assert.deepEqual(config.exclude, ['x/**']);
    assert.deepEqual(
      problems.map(({ setting }) => setting),
      ['treeUnifier.pairs[0]', 'treeUnifier.exclude[1]'],
    );
  });

  it('never throws, and always gives a whole configuration', () => {
    const names = Object.keys(defaults).concat('mergeBase', '__proto__');
    const values = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.string()),
      fc.constant([{ legacy: { root: 'a' }, canonical: {} }]),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), values), (settings) => {
        const { config, problems } = parseConfig(settings);
        assert.deepEqual(Object.keys(config), Object.keys(defaults));
        assert.ok(config.pairs.length > 0);
        for (const { setting, message } of problems) assert.ok(message.startsWith(setting) && message.endsWith('.'));
      }),
    );
  });
});

describe('a pair on the command line', () => {
  it('names two roots, and their packages where they are not the roots with dots', () => {
    assert.deepEqual(parsePairFlag('old_app=src/new_app/'), {
      legacy: { root: 'old_app', package: 'old_app' },
      canonical: { root: 'src/new_app', package: 'new_app' },
    });
    assert.deepEqual(parsePairFlag('my-old:old_app=python/new:acme.new'), {
      legacy: { root: 'my-old', package: 'old_app' },
      canonical: { root: 'python/new', package: 'acme.new' },
    });
  });

  const bad: [string, string][] = [
    [
      'old',
      '--pair is "old": expected legacyRoot=canonicalRoot or legacyRoot:package=canonicalRoot:package, for example old_app=src/new_app.',
    ],
    [
      'a=b=c',
      '--pair is "a=b=c": expected legacyRoot=canonicalRoot or legacyRoot:package=canonicalRoot:package, for example old_app=src/new_app.',
    ],
    [
      '=b',
      '--pair.legacy.root is "": expected a folder inside the workspace, relative to its root, for example "src/new_app".',
    ],
    ['a:x-y=b', '--pair.legacy.package is "x-y": expected a dotted Python package, for example "new_app.backend".'],
    [
      'C:\\a=b',
      '--pair.legacy.root is "C:\\\\a": expected a folder inside the workspace, relative to its root, for example "src/new_app".',
    ],
  ];
  for (const [flag, message] of bad) {
    it(`refuses ${flag}`, () => {
      assert.throws(() => parsePairFlag(flag), { name: 'EngineError', code: 'badSetting', message });
    });
  }
});
