import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { detectJson, detectMarkdown, detectPairs, detectText } from '../../../src/engine/index.ts';
import type { DetectedPair } from '../../../src/engine/index.ts';
import { createFileSystem } from '../../../src/node/fileSystem.ts';
import { findGit } from '../../../src/node/git.ts';
import { MemoryFiles } from '../../helpers/memory.ts';
import { temporaryFolders } from '../../node/temporaryFolder.ts';

type Files = Record<string, string>;

const modules = ['main', 'api/users', 'api/assets', 'domain/models', 'services/mail', 'services/jobs'];

/** Lines that no other module has; the same for the same name. */
function body(module: string, lines = 20): string {
  return Array.from(
    { length: lines },
    (_, at) => `${module.replaceAll('/', '_')}_${at} = compute(${at * 7}, "${module}")\n`,
  ).join('');
}

function names(count: number, stem: string): string[] {
  return Array.from({ length: count }, (_, at) => `${stem}${at}`);
}

/** A package of modules that import each other by the package's dotted name. */
function library(root: string, dotted: string, names: readonly string[] = modules): Files {
  const files: Files = { [`${root}/__init__.py`]: '' };
  for (const name of names) {
    files[`${root}/${name}.py`] = `from ${dotted}.main import app\n${body(name)}`;
    const folder = name.split('/').slice(0, -1).join('/');
    if (folder !== '') files[`${root}/${folder}/__init__.py`] = '';
  }
  return files;
}

async function detect(...parts: readonly Files[]): Promise<readonly DetectedPair[]> {
  return (await detectPairs({ files: new MemoryFiles(Object.assign({}, ...parts) as Files) })).pairs;
}

/** `old as old → new as new.pkg: shared = identical + equivalent + diverged, share` */
function brief(pairs: readonly DetectedPair[]): string[] {
  return pairs.map(({ legacy, canonical, shared, identical, equivalent, diverged, share }) => {
    const trees = [legacy, canonical].map((tree) => `${tree.root} as ${tree.package}`).join(' → ');
    return `${trees}: ${shared} = ${identical} + ${equivalent} + ${diverged}, ${share}`;
  });
}

describe('detection', () => {
  it('proposes two drifted copies, with the numbers and the reasons', async () => {
    const pairs = await detect(
      library('shop_backend', 'shop_backend'),
      library('shop/backend/main', 'shop.backend.main'),
      {
        'shop/backend/main/api/users.py': body('api/users') + 'added = 1\n',
        'shop_backend/only.py': 'x = 1\n',
        'shop_backend/README.md': '# Shop\n',
        'shop/backend/main/README.md': '# Shop\n',
        'tests/test_a.py': 'import shop_backend.main\n',
        'tests/test_b.py': 'from shop_backend.main import app\n',
        'tests/test_c.py': 'from shop.backend.main.api import users\n',
      },
    );
    assert.deepEqual(pairs, [
      {
        legacy: { root: 'shop_backend', package: 'shop_backend', files: 12, importedBy: 2 },
        canonical: { root: 'shop/backend/main', package: 'shop.backend.main', files: 11, importedBy: 1 },
        shared: 11,
        identical: 5,
        equivalent: 5,
        diverged: 1,
        share: 0.95,
        reasons: [
          '11 of 12 and 11 files have the same path in both.',
          '10 of them say the same once the names are set aside.',
          'shop_backend is taken for the legacy tree: more files outside the trees import it.',
          '2 Python files outside the trees import shop_backend, 1 Python file shop.backend.main.',
        ],
      },
    ]);
  });

  it('says what one file does as of one', async () => {
    const importer = { 'tests/test_a.py': 'import shop_backend.main\n' };
    const [found] = await detect(library('shop_backend', 'shop_backend'), library('shop/main', 'shop.main'), importer);
    assert.equal(
      found?.reasons.at(-1),
      '1 Python file outside the trees imports shop_backend, 0 Python files shop.main.',
    );
  });

  it('knows a src layout by what is imported', async () => {
    const pairs = await detect(library('src/shop', 'shop'), library('src/corp/shop', 'corp.shop'));
    assert.deepEqual(brief(pairs), ['src/shop as shop → src/corp/shop as corp.shop: 10 = 4 + 6 + 0, 1']);
  });

  it('lets two trees have one name, if both are imported by it', async () => {
    const toSources = await detect(library('shop', 'shop'), library('src/shop', 'shop'));
    assert.deepEqual(brief(toSources), ['shop as shop → src/shop as shop: 10 = 10 + 0 + 0, 1']);
    const folders = await detect(library('old/server/shop', 'shop'), library('server/shop', 'shop'));
    assert.deepEqual(brief(folders), ['old/server/shop as shop → server/shop as shop: 10 = 10 + 0 + 0, 1']);
  });

  it('knows a copy that still imports much of the original, and no name that was imported by mistake', async () => {
    const stale = library('src/corp/shop', 'shop');
    for (const name of ['main', 'api/users', 'api/assets'])
      stale[`src/corp/shop/${name}.py`] = `import corp.shop.main\n${body(name)}`;
    const others = {
      'src/shop/main.py': `import shop.a, shop.b, shop.c, shop.d\nimport src.shop.main\n${body('main')}`,
    };
    const pairs = await detect(library('src/shop', 'shop'), others, stale);
    assert.deepEqual(brief(pairs), ['src/shop as shop → src/corp/shop as corp.shop: 10 = 7 + 0 + 3, 1']);
  });

  it('finds a copy that lies beside the original, one folder deeper', async () => {
    const pairs = await detect(library('corp/shop', 'corp.shop'), library('corp/new/shop', 'corp.new.shop'));
    assert.deepEqual(brief(pairs), ['corp/shop as corp.shop → corp/new/shop as corp.new.shop: 10 = 4 + 6 + 0, 1']);
  });

  it('proposes the packages in two folders of which one holds the other', async () => {
    const both = (root: string, dotted: string): Files => ({
      ...library(`${root}/shop`, `${dotted}.shop`),
      ...library(`${root}/jobs`, `${dotted}.jobs`, names(5, 'job')),
    });
    assert.deepEqual(brief(await detect(both('corp', 'corp'), both('corp/new', 'corp.new'))), [
      'corp/shop as corp.shop → corp/new/shop as corp.new.shop: 10 = 4 + 6 + 0, 1',
      'corp/jobs as corp.jobs → corp/new/jobs as corp.new.jobs: 6 = 1 + 5 + 0, 1',
    ]);
  });

  it('does not propose the versions inside two copies', async () => {
    const versions = ['v1', 'v2'].flatMap((version) =>
      ['a', 'b', 'c', 'd', 'e'].map((name) => `api/${version}/${name}`),
    );
    const versioned = (root: string, dotted: string): Files => ({
      ...library(root, dotted),
      ...Object.fromEntries(versions.map((name) => [`${root}/${name}.py`, body(name.slice(-1), 40)])),
    });
    const pairs = await detect(versioned('shop_backend', 'shop_backend'), versioned('shop/main', 'shop.main'));
    assert.deepEqual(
      pairs.map(({ legacy, canonical }) => [legacy.root, canonical.root]),
      [['shop_backend', 'shop/main']],
    );
  });

  it('knows a package by the files above where nothing is imported', async () => {
    const quiet = (root: string): Files =>
      Object.fromEntries(modules.map((name) => [`${root}/${name}.py`, body(name)]));
    const pairs = await detect(quiet('old_shop'), quiet('tools/corp/shop'), { 'tools/corp/__init__.py': '' });
    assert.deepEqual(brief(pairs), ['old_shop as old_shop → tools/corp/shop as corp.shop: 6 = 6 + 0 + 0, 1']);
  });

  it('finds packages without an __init__.py, and in folders that only hold them', async () => {
    const bare = (root: string, dotted: string): Files =>
      Object.fromEntries(Object.entries(library(root, dotted)).filter(([path]) => !path.endsWith('__init__.py')));
    assert.deepEqual(brief(await detect(bare('legacy/shop', 'legacy.shop'), bare('core/shop', 'core.shop'))), [
      'legacy/shop as legacy.shop → core/shop as core.shop: 6 = 0 + 6 + 0, 1',
    ]);
  });

  it('does not propose what lies in a pair again, and proposes further pairs after it', async () => {
    const small = ['main', 'a', 'b', 'c', 'd'];
    const pairs = await detect(
      library('shop_backend', 'shop_backend'),
      library('shop/main', 'shop.main'),
      library('jobs_api', 'jobs_api', small),
      library('shop/jobs', 'shop.jobs', small),
    );
    assert.deepEqual(
      pairs.map(({ legacy, canonical }) => [legacy.root, canonical.root]),
      [
        ['shop_backend', 'shop/main'],
        ['jobs_api', 'shop/jobs'],
      ],
    );
  });

  it('of three copies proposes two pairs', async () => {
    const pairs = await detect(library('one', 'one'), library('two', 'two'), library('three', 'three'));
    assert.equal(pairs.length, 2);
    assert.deepEqual(new Set(pairs.flatMap(({ legacy, canonical }) => [legacy.root, canonical.root])).size, 3);
  });

  it('takes a folder for the old one that is called so', async () => {
    const [pair] = await detect(library('core', 'core'), library('apps/core_old', 'apps.core_old'));
    assert.deepEqual(
      [pair?.legacy.root, pair?.reasons[2]],
      ['apps/core_old', 'apps/core_old is taken for the legacy tree: its name says so.'],
    );
  });

  it('proposes a small package of one long module, if it is all there is', async () => {
    const long = (root: string): Files => ({ [`${root}/__init__.py`]: '', [`${root}/main.py`]: body('main', 120) });
    assert.deepEqual(brief(await detect(long('jobs_api'), long('shop/jobs'))), [
      'jobs_api as jobs_api → shop/jobs as shop.jobs: 2 = 2 + 0 + 0, 1',
    ]);
    assert.deepEqual(
      await detect(long('jobs_api'), long('shop/jobs'), { 'shop/jobs/x.py': '', 'shop/jobs/y.py': '' }),
      [],
    );
  });

  const nothing: readonly (readonly [string, Files])[] = [
    ['an empty repository', {}],
    ['one package', library('shop', 'shop')],
    [
      'applications with modules of the same names',
      Object.fromEntries(
        ['a', 'b', 'c'].flatMap((app) =>
          ['models', 'views', 'urls', 'admin', 'apps', 'tests', 'forms'].map((name) => [
            `${app}/${name}.py`,
            `from django import ${name}\n${body(`${app}/${name}`)}`,
          ]),
        ),
      ),
    ],
    [
      'packages that hold nothing but __init__ files',
      Object.fromEntries(
        ['a', 'b'].flatMap((root) => modules.map((name) => [`${root}/${name}/__init__.py`, body(name)])),
      ),
    ],
    [
      'tiny packages that look alike',
      Object.fromEntries(
        ['a', 'b'].flatMap((root) =>
          ['main', 'app', 'x', 'y', 'z'].map((name) => [`${root}/${name}.py`, body(name, 5)]),
        ),
      ),
    ],
    [
      'empty modules',
      Object.fromEntries(['a', 'b'].flatMap((root) => modules.map((name) => [`${root}/${name}.py`, '\n']))),
    ],
    [
      'modules alike by licence and imports alone',
      Object.fromEntries(
        ['a', 'b'].flatMap((root) =>
          modules.map((name) => [
            `${root}/${name}.py`,
            '# Licence\n'.repeat(40) + 'import os\n'.repeat(40) + body(`${root}/${name}`, 9),
          ]),
        ),
      ),
    ],
    [
      'modules that share less than most of their lines',
      Object.fromEntries(
        ['a', 'b'].flatMap((root) =>
          modules.map((name) => [`${root}/${name}.py`, body(name, 50) + body(`${root}/${name}`, 50)]),
        ),
      ),
    ],
    [
      'two large packages with a few modules in common',
      Object.fromEntries(
        ['a', 'b'].flatMap((root) => [
          ...names(12, 'same').map((name) => [`${root}/${name}.py`, body(name)] as const),
          ...names(100, root).map((name) => [`${root}/${name}.py`, body(name)] as const),
        ]),
      ),
    ],
    ['templates', { ...library('templates/one', 'one'), ...library('templates/two', 'two') }],
    ['examples', { ...library('examples/one', 'one'), ...library('app/examples/two', 'two') }],
    ['tests', { ...library('tests/one', 'one'), ...library('tests/two', 'two') }],
    ['a folder in the other', { ...library('app', 'app'), ...library('app/backup/app', 'app.backup.app') }],
    ['folders that no import can name', { ...library('1', 'x'), ...library('2', 'y') }],
  ];
  for (const [what, files] of nothing) {
    it(`proposes nothing in ${what}`, async () => {
      assert.deepEqual(await detect(files), []);
    });
  }

  it('can be cancelled', async () => {
    const files = new MemoryFiles({ ...library('one', 'one'), ...library('two', 'two') });
    await assert.rejects(detectPairs({ files }, { isCancellationRequested: true }), { name: 'CancelledError' });
  });

  it('reads nothing where no two paths end alike', async () => {
    const files = new MemoryFiles(library('shop', 'shop'));
    await detectPairs({ files });
    assert.deepEqual(files.reads, []);
  });
});

describe('detection by history', () => {
  const newFolder = temporaryFolders();

  for (const root of ['', 'in']) {
    it(`takes the tree that was there first for the legacy one${root === '' ? '' : ', in a folder of a repository'}`, async () => {
      const below = (files: Files): Files =>
        Object.fromEntries(Object.entries(files).map(([path, text]) => [root === '' ? path : `${root}/${path}`, text]));
      const folder = newFolder();
      folder.git('init', '--quiet');
      folder.write(below(library('corp/core', 'corp.core'))).commit('first');
      folder.write(below(library('zcore', 'zcore'))).commit('the copy');
      const place = `${folder.path}/${root}`;
      const git = await findGit(place);
      assert.ok(git !== undefined);
      const { pairs } = await detectPairs({ files: createFileSystem(place, { git }), git });
      assert.deepEqual(brief(pairs), ['corp/core as corp.core → zcore as zcore: 10 = 4 + 6 + 0, 1']);
      assert.equal(
        pairs[0]?.reasons[2],
        'corp/core is taken for the legacy tree: its files are older in the git history.',
      );
    });
  }
});

const pair: DetectedPair = {
  legacy: { root: 'old', package: 'old', files: 1200, importedBy: 3 },
  canonical: { root: 'src/new', package: 'new', files: 12, importedBy: 1 },
  ...{ shared: 10, identical: 5, equivalent: 4, diverged: 1, share: 0.9 },
  reasons: ['First.', 'Second.'],
};

describe('the report of detection', () => {
  const settings = `{
  "treeUnifier.pairs": [
    {
      "legacy": {
        "root": "old",
        "package": "old"
      },
      "canonical": {
        "root": "src/new",
        "package": "new"
      }
    }
  ]
}`;

  it('has the pairs and the settings as JSON', () => {
    assert.deepEqual(JSON.parse(detectJson({ pairs: [pair] })), {
      pairs: [pair],
      settings: JSON.parse(settings) as unknown,
    });
    assert.deepEqual(JSON.parse(detectJson({ pairs: [] })), { pairs: [], settings: {} });
  });

  it('has them as text', () => {
    const expected = `old → src/new
  legacy     old, 1,200 files
  canonical  new, 12 files
  shared     10 files (90 %): 5 identical, 4 equivalent, 1 diverged
  - First.
  - Second.

For .vscode/settings.json:
${settings}
`;
    assert.equal(detectText({ pairs: [pair] }), expected);
    assert.equal(
      detectText({ pairs: [] }),
      'No two folders of this repository look like copies of one Python package.\n',
    );
  });

  it('has them as Markdown', () => {
    const expected = `# Tree pairs

| Legacy | Canonical | Shared | Identical | Equivalent | Diverged | Share |
| --- | --- | --- | --- | --- | --- | --- |
| \`old\` as \`old\` | \`src/new\` as \`new\` | 10 | 5 | 4 | 1 | 90 % |

## \`old\` → \`src/new\`

- First.
- Second.

## Settings

\`\`\`json
${settings}
\`\`\`
`;
    assert.equal(detectMarkdown({ pairs: [pair] }), expected);
  });
});
