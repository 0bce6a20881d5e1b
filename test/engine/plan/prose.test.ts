import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { caveatLines } from '../../../src/engine/plan/prose.ts';

/** The lines that are marked with `«`, which is not part of them. */
function assertCaveats(marked: string): void {
  const lines = marked.split('\n');
  const expected = lines.flatMap((line, at) => (line.startsWith('«') ? [at] : []));
  const text = lines.map((line) => line.replace(/^«/u, '')).join('\n');
  assert.deepEqual(caveatLines(text, ['old_app', 'src/new_app', 'src.new_app']), expected);
}

describe('prose about two copies', () => {
  it('is what says so outright, anywhere in a document about the package', () => {
    assertCaveats(
      [
        'Started as `src.new_app.main`.',
        '',
        '«There are two backends for now.',
        '«Change both source trees.',
        '«## Tree duplication',
        '«The package is duplicated.',
      ].join('\n'),
    );
  });

  it('is what speaks of something doubled, in a paragraph that names a tree', () => {
    assertCaveats(
      [
        '> **Caveat**',
        '>',
        '«> Temporary duplication: until the split,',
        '> all of `old_app/` stays.',
        '',
        '«`src/new_app` is temporarily a copy.',
      ].join('\n'),
    );
  });

  it('is not what else is double', () => {
    assertCaveats(
      ['`old_app` stores assets.', '', 'Duplicate ids are refused.', 'Both types of asset are.'].join('\n'),
    );
  });

  it('is none in a document about something else', () => {
    assertCaveats('There are two backends for now.');
    assertCaveats('Search [for duplicates](https://example.com/old_app/issues) of both packages.');
    assertCaveats('`my_old_app_2` refuses duplicates.');
  });
});
