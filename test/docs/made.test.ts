import assert from 'node:assert/strict';
import { madePages } from '../../scripts/docs/index.ts';
import { abridged } from '../../scripts/docs/abridge.ts';
import { rules } from '../../src/engine/index.ts';
import { anchorsOf, read } from './pages.ts';

describe('the pages that are made', () => {
  it('are as package.json, the command line and the engine are: else run `npm run docs`', async () => {
    for (const [page, text] of await madePages()) assert.equal(read(page), text, `${page} is old: run npm run docs`);
  });

  it('explain every code, where a click on it leads', () => {
    const anchors = anchorsOf(read('docs/problems.md'));
    assert.deepEqual(
      rules.map(({ id }) => id).filter((id) => !anchors.includes(id)),
      [],
    );
  });

  it('show of a list the item that has most to show', () => {
    const text = abridged({ files: [{ path: 'a' }, { path: 'b', hunks: [1, 2] }, { path: 'c', hunks: [] }], left: [] });
    assert.equal(
      text,
      [
        '{',
        '  "files": [',
        '    {',
        '      "path": "b",',
        '      "hunks": [',
        '        1 // and 1 more',
        '      ]',
        '    } // and 2 more',
        '  ],',
        '  "left": []',
        '}',
      ].join('\n'),
    );
  });
});
