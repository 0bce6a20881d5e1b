import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Reference } from '../../../src/engine/index.ts';
import { applyEdits, openSession } from '../../../src/engine/index.ts';
import { configWith, pair } from '../../helpers/engine.ts';
import { MemoryFiles } from '../../helpers/memory.ts';

const trees = {
  'services/old/pkg/__init__.py': '',
  'lib/new/__init__.py': '',
  'lib/new/main.py': 'app = 1\n',
  'app/__init__.py': '',
  'src/app/core/__init__.py': '',
  'src/app/core/main.py': 'app = 1\n',
};

async function find(
  path: string,
  text: string,
  pairs = [pair('services/old/pkg', 'services.old.pkg', 'lib/new', 'lib.new')],
) {
  const files = new MemoryFiles({ ...trees, [path]: text });
  return await (await openSession({ files }, configWith({ pairs }))).referencesIn(path);
}

/** The text after every preferred rewrite, and each reference with `?` when it needs review. */
function outcome(text: string, references: readonly Reference[]): [string, string] {
  const after = applyEdits(
    text,
    references.flatMap(({ rewrite }) => rewrite?.edits ?? []),
  );
  return [after, references.map((one) => `${one.text}${one.needsReview ? '?' : ''}`).join(' | ')];
}

describe('a legacy name of several segments, as components', () => {
  for (const [name, before, after, found] of [
    [
      'joined by slashes',
      'R / "services" / "old" / "pkg" / "main.py"',
      'R / "lib" / "new" / "main.py"',
      'services" / "old" / "pkg',
    ],
    ['as arguments', "join(R, 'services','old','pkg')", "join(R, 'lib','new')", "services','old','pkg"],
    [
      'on lines of their own',
      'R.joinpath(\n  "services",\n  "old",\n  "pkg",\n)',
      'R.joinpath(\n  "lib",\n  "new",\n)',
      'services",\n  "old",\n  "pkg',
    ],
    [
      'a file that canonical lacks',
      'R / "services" / "old" / "pkg" / "gone"',
      'R / "lib" / "new" / "gone"',
      'services" / "old" / "pkg?',
    ],
    ['a list is no path', '["services", "old", "pkg"]', '["services", "old", "pkg"]', ''],
    ['another folder', 'R / "services" / "old" / "other"', 'R / "services" / "old" / "other"', ''],
    ['an import in two pieces', 'from services.old import pkg', 'from lib import new as pkg', 'pkg'],
  ] as const) {
    it(name, async () => {
      const text = name.includes('import') ? `${before}\n` : `p = ${before}\n`;
      const expected = name.includes('import') ? `${after}\n` : `p = ${after}\n`;
      assert.deepEqual(outcome(text, await find('a.py', text)), [expected, found]);
    });
  }

  it('each is one reference, and each spelled name another', async () => {
    const pieces = [
      'services.old.pkg.main\n',
      '"services/old/pkg"\n',
      'R / "services" / "old" / "pkg"\n',
      '["services", "old", "pkg"]\n',
      'services.old\n',
      'x = 1\n',
    ];
    const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const wanted = [...text.matchAll(/services[./]old[./]pkg|(?<=R \/ ")services/gu)].map(({ index }) => index);
        assert.deepEqual(
          (await find('a.py', text)).map(({ offset }) => offset),
          wanted,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('the canonical path that holds the legacy name is not taken for it', async () => {
    const inside = [pair('app', 'app', 'src/app/core', 'src.app.core')];
    const text = 'p = R / "src" / "app" / "core"\nq = R / "app"\nrun("src.app.core.main:app")\n';
    const references = await find('a.py', text, inside);
    assert.deepEqual(
      references.map(({ line, standing }) => [line, standing]),
      [
        [1, 'ownName'],
        [2, 'live'],
        [3, 'ownName'],
      ],
    );
  });
});
