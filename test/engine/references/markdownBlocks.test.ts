import assert from 'node:assert/strict';
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/markdown';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { blockStarts } from '../../../src/engine/references/scanners/markdownBlocks.ts';
import { onlyPiecesWith } from '../../../src/engine/text/pieces.ts';

/** `‸` stands where a block is to begin. */
function check(marked: string): void {
  const text = marked.replaceAll('‸', '');
  const starts = blockStarts(text);
  const found = starts?.reverse().reduce((shown, at) => `${shown.slice(0, at)}‸${shown.slice(at)}`, text);
  assert.equal(found, marked);
}

describe('blockStarts', () => {
  it('finds what stands at the margin after a blank line', () => {
    check('# A\n\n‸one\ntwo\n\n\n‸- a\n- b\n\n  c\n\n    d\n\n‸e\r\n \t\r\n‸f\n');
  });

  it('knows a fence by what closes it', () => {
    check('a\n\n‸```sh\n\nb\n\n~~~\n\n``` c\n\n````\n\n‸~~~\n\n```\n\n~~~\n\n‸d\n');
  });

  it('goes over a fence inside a list, deep or right after its marker', () => {
    check('- a\n\n    ```\n    b\n    ```\n\n‸1. c\n   ```\n   d\n\n   e\n   ```\n\n‸- ```\n  f\n\n‸g\n');
  });

  it('says so where the depth of a fence makes a difference', () => {
    assert.equal(blockStarts('- a\n\n  ```\nb\n\nc\n'), undefined);
    assert.equal(blockStarts('- a\n\n  ```\n    ```\n  ```\n'), undefined);
  });

  it('says so where HTML goes on over blank lines, or may swallow a fence', () => {
    for (const html of ['<!--\n\na\n-->', '<pre>\n\na\n</pre>', '<script>', '<?php', '<div>\n```\n']) {
      assert.equal(blockStarts(`a\n\n${html}\n\nb\n`), undefined, html);
    }
    check('<!-- a -->\n\n‸<div>\n\n‸```\n</div>\n\n```\n\n‸<prefix>\n\n‸b\n');
  });

  it('makes pieces that are parsed alone as they are among the others', () => {
    const documents = fc.array(fc.constantFrom(...pieces), { maxLength: 30, size: 'max' });
    fc.assert(
      fc.property(documents, (parts) => {
        const text = parts.join('');
        const starts = blockStarts(text);
        const whole = parser.parse(text);
        for (const { index } of starts === undefined ? [] : text.matchAll(/here/gu)) {
          const alone = parser.parse(onlyPiecesWith([index], text, starts ?? []));
          assert.deepEqual(place(alone.resolveInner(index, 1)), place(whole.resolveInner(index, 1)), text);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

/** What stands around a node, the document left out, and the list: an item of one is in a list alone as well. */
function place(node: SyntaxNode | null): string[] {
  if (node === null || node.name === 'Document') return [];
  const own = node.name.endsWith('List') ? node.name : `${node.name} ${node.from}`;
  return [own, ...place(node.parent)];
}

const pieces = [
  ...['\n', '\n', '\n\n', '\n\n', '  ', '    ', '\t', ' '],
  ...['here', '`here`', '[a](here)', '[here]: b', '<here>', '**here**', '    here'],
  ...['- ', '* a', '1. ', '> ', '# ', '===', '---', '```', '```', '~~~', '````', '```python', 'x'],
  ...['<div>', '</div>', '<!-- x -->', '<!--', '-->', '<pre>', '</pre>'],
];
