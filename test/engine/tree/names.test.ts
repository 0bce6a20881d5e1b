import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits, defaultPair } from '../../../src/engine/index.ts';
import { Names } from '../../../src/engine/tree/names.ts';
import { open, pair, referencesOf, rewritten } from '../../helpers/engine.ts';

const names = new Names(defaultPair);

function mention(text: string): string {
  const [found] = names.findLegacy(text);
  return found === undefined ? '' : `${found.form} ${text.slice(found.start, found.tailEnd)}`;
}

describe('names', () => {
  for (const [text, expected] of [
    ['pixsim7_backend', 'bare pixsim7_backend'],
    ['pixsim7_backend.', 'bare pixsim7_backend'],
    ['pixsim7_backend.a.b:c.d, ', 'dotted pixsim7_backend.a.b:c.d'],
    ['pixsim7_backend.a.', 'dotted pixsim7_backend.a'],
    ['pixsim7_backend.*', 'dotted pixsim7_backend.*'],
    ['pixsim7_backend/', 'path pixsim7_backend/'],
    ['pixsim7_backend/a.py.', 'path pixsim7_backend/a.py'],
    ['pixsim7_backend/a.py:23-131', 'path pixsim7_backend/a.py'],
    ['pixsim7_backend/<feature>/a.py', 'path pixsim7_backend/<feature>/a.py'],
    ['pixsim7_backend/a/**', 'path pixsim7_backend/a/**'],
    ['pixsim7_backend/…', 'path pixsim7_backend/'],
    ['pixsim7_backend\\a\\b.py', 'path pixsim7_backend\\a\\b.py'],
    ['../pixsim7_backend)', 'path pixsim7_backend'],
    ['C:\\x\\pixsim7_backend', 'path pixsim7_backend'],
    ['pixsim7_backend:app', 'dotted pixsim7_backend:app'],
    ['pixsim7_backend: text', 'bare pixsim7_backend'],
    ['my_pixsim7_backend', ''],
    ['épixsim7_backend', ''],
    ['pixsim7_backend2', ''],
    ['PIXSIM7_BACKEND', ''],
    ['-pixsim7_backend-', 'bare pixsim7_backend'],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.equal(mention(text), expected);
    });
  }
});

describe('another pair', () => {
  const src = { pairs: [pair('src/acme_api', 'acme_api', 'services/api/src/acme/api', 'acme.api')] };
  const layout = {
    'src/acme_api/__init__.py': '',
    'services/api/src/acme/api/__init__.py': '',
    'services/api/src/acme/api/orders.py': 'def place(): ...\n',
  };
  const trees = { path: 'a.py', config: src };

  it('a src layout: imports by the package, paths by the root', async () => {
    const { session } = await open(
      { ...layout, [trees.path]: 'from acme_api.orders import place\nopen("src/acme_api/orders.py")\n' },
      src,
    );
    const found = (await session.referencesIn(trees.path)).map(({ text, rewrite, needsReview }) => [
      text,
      rewrite?.replacement,
      needsReview,
    ]);
    assert.deepEqual(found, [
      ['acme_api.orders', 'acme.api.orders', false],
      ['src/acme_api/orders.py', 'services/api/src/acme/api/orders.py', false],
    ]);
  });

  for (const [name, before, after, reason] of [
    [
      'joined',
      'join(R, "src", "acme_api", "orders.py")',
      'join(R, "services", "api", "src", "acme", "api", "orders.py")',
      '',
    ],
    ['with slashes', "R / 'src' / 'acme_api'", "R / 'services' / 'api' / 'src' / 'acme' / 'api'", ''],
    ['without the source root', 'SRC / "acme_api"', 'SRC / "acme" / "api"', 'source root'],
    ['a path without the source root', 'open("acme_api/orders.py")', 'open("acme/api/orders.py")', 'source root'],
  ] as const) {
    it(`a src layout in components: ${name}`, async () => {
      const text = `p = ${before}\n`;
      const { session } = await open({ ...layout, 'a.py': text }, src);
      const references = await session.referencesIn('a.py');
      assert.equal(
        applyEdits(
          text,
          references.flatMap(({ rewrite }) => rewrite?.edits ?? []),
        ),
        `p = ${after}\n`,
      );
      assert.deepEqual(
        references.map(({ needsReview }) => needsReview),
        [reason !== ''],
      );
      assert.match(references[0]?.reason ?? '', new RegExp(reason, 'u'));
    });
  }

  it('a legacy package of several segments is found in every spelling, also in two pieces', async () => {
    const config = {
      pairs: [pair('pixsim7/backend/main', 'pixsim7.backend.main', 'pixsim7_backend', 'pixsim7_backend')],
    };
    const before = [
      'import pixsim7.backend.main.main',
      'from pixsim7.backend import main',
      'pixsim7.backend.main.main.app',
      'open("pixsim7/backend/main/main.py")',
      '',
    ].join('\n');
    const references = await referencesOf('a.py', before, config);
    assert.deepEqual(
      references.map(({ kind, needsReview }) => `${kind}${needsReview ? '?' : ''}`),
      ['import', 'import?', 'importUse', 'pathString'],
    );
    assert.equal(
      await rewritten('a.py', before.replace('from pixsim7.backend import main\n', ''), config),
      'import pixsim7_backend.main\npixsim7_backend.main.app\nopen("pixsim7_backend/main.py")\n',
    );
  });

  it('a legacy name inside the canonical one is not taken for it', async () => {
    const config = {
      pairs: [pair('pixsim7_backend', 'pixsim7_backend', 'pixsim7/backend/main', 'pixsim7.pixsim7_backend')],
    };
    const found = await referencesOf(
      'a.py',
      'import pixsim7.pixsim7_backend.main\nimport pixsim7_backend.main\n',
      config,
    );
    assert.deepEqual(
      found.map(({ line }) => line),
      [2],
    );
  });

  it('has roots with any characters that a folder may have', async () => {
    const odd = pair('old-code/a+b/acme', 'acme', 'new (code)/acme', 'acme_new');
    const files = { 'old-code/a+b/acme/x.py': '', 'new (code)/acme/x.py': '', 'a.txt': 'see old-code/a+b/acme/x.py\n' };
    const { session } = await open(files, { pairs: [odd] });
    const found = (await session.referencesIn('a.txt')).map(({ rewrite }) => rewrite?.replacement);
    assert.deepEqual(found, ['new (code)/acme/x.py']);
  });
});
