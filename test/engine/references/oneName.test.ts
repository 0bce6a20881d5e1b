import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits } from '../../../src/engine/index.ts';
import { open, pair } from '../../helpers/engine.ts';

const files = ['__init__.py', 'api/__init__.py', 'api/orders.py'];

/** References as `text -> replacement`, `?` before one that needs review; and the file with all of them rewritten. */
async function found(
  [legacy, canonical]: readonly [string, string],
  path: string,
  text: string,
): Promise<{ references: string[]; after: string }> {
  const trees = [legacy, canonical].flatMap((root) => files.map((file) => [`${root}/${file}`, ''] as const));
  const { session } = await open(
    { ...Object.fromEntries(trees), [path]: text },
    { pairs: [pair(legacy, 'shop', canonical, 'shop')] },
  );
  const references = await session.referencesIn(path);
  return {
    references: references.map(
      (one) =>
        `${one.needsReview ? '?' : ''}${one.text} -> ${one.standing === 'ownName' ? 'own' : (one.rewrite?.replacement ?? '')}`,
    ),
    after: applyEdits(
      text,
      references.flatMap(({ rewrite }) => rewrite?.edits ?? []),
    ),
  };
}

describe('two trees of one name', () => {
  const toSources = ['shop', 'src/shop'] as const;

  it('leaves what imports the package as it is, and the package where its name is all that stands there', async () => {
    const text = [
      'import shop',
      'from shop.api import orders',
      'from shop import api',
      'shop.api.orders.place("shop.api", "shop:app")',
      '# The shop is open: shop, and shop.api.',
      '',
    ].join('\n');
    assert.deepEqual(await found(toSources, 'a.py', text), { references: [], after: text });
  });

  it('finds the folder in Python, in pieces too', async () => {
    const text = 'open("shop/api/orders.py")\nROOT / "shop" / "api"\nROOT / "src" / "shop"\nopen("src/shop/api")\n';
    assert.deepEqual(await found(toSources, 'a.py', text), {
      references: ['shop/api/orders.py -> src/shop/api/orders.py', '?shop -> src" / "shop'],
      after:
        'open("src/shop/api/orders.py")\nROOT / "src" / "shop" / "api"\nROOT / "src" / "shop"\nopen("src/shop/api")\n',
    });
  });

  it('finds it in configuration and commands, and has it looked at where the name stands alone', async () => {
    const toml = 'name = "shop"\nfiles = "shop"\nexclude = ["shop/api"]\n[tool.shop]\nrun = "shop.api:main"\n';
    assert.deepEqual((await found(toSources, 'pyproject.toml', toml)).references, [
      '?shop -> src/shop',
      'shop/api -> src/shop/api',
    ]);
    const script = 'shop serve\nmypy shop\npython -m shop.api\npip install shop\ncat shop/api/orders.py\n';
    assert.deepEqual((await found(toSources, 'a.sh', script)).references, [
      '?shop -> src/shop',
      'shop/api/orders.py -> src/shop/api/orders.py',
    ]);
  });

  it('accounts for what is written like the folder and is another thing', async () => {
    const text = 'https://example.com/o/shop/issues\n';
    assert.deepEqual((await found(toSources, 'a.md', text)).references, ['?shop/issues -> own']);
  });

  it('goes the other way round as well', async () => {
    const text = 'open("src/shop/api/orders.py")\nROOT / "src" / "shop" / "api"\nopen("shop/api")\nimport shop\n';
    assert.deepEqual(await found(['src/shop', 'shop'], 'a.py', text), {
      references: ['src/shop/api/orders.py -> shop/api/orders.py', 'src" / "shop -> shop'],
      after: 'open("shop/api/orders.py")\nROOT / "shop" / "api"\nopen("shop/api")\nimport shop\n',
    });
  });

  it('finds a folder with a hyphen in pieces', async () => {
    const text = 'ROOT / "old-server" / "shop" / "api"\n';
    assert.deepEqual(await found(['old-server/shop', 'server/shop'], 'a.py', text), {
      references: ['old-server" / "shop -> server" / "shop'],
      after: 'ROOT / "server" / "shop" / "api"\n',
    });
  });

  it('finds what leads to the legacy tree from beside it, which no rename can mend', async () => {
    const roots = ['old/server/shop', 'server/shop'] as const;
    const dockerfile = 'WORKDIR /shop/\nCOPY ./shop /shop/shop\nRUN shop serve && python -m shop.api\n';
    const beside = await found(roots, 'old/server/Dockerfile', dockerfile);
    assert.deepEqual(beside, { references: ['?shop -> '], after: dockerfile });
    assert.deepEqual((await found(roots, 'server/Dockerfile', dockerfile)).references, []);
    const text = 'cat old/server/shop/api/orders.py server/shop/api/orders.py shop/api\n';
    assert.deepEqual((await found(roots, 'a.sh', text)).references, [
      '?old/server/shop/api/orders.py -> server/shop/api/orders.py',
    ]);
  });
});
