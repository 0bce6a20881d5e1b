import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { onlyPiecesWith } from '../../../src/engine/text/pieces.ts';

const text = 'one\ntwo\nthree\nfour\n';
const starts = [4, 8, 14];

describe('onlyPiecesWith', () => {
  it('blanks out what comes before a piece that is asked for, and leaves out what comes after the last', () => {
    assert.equal(onlyPiecesWith([5], text, starts), '   \ntwo\n');
  });

  it('keeps every piece that holds an offset, each once, where it was', () => {
    assert.equal(onlyPiecesWith([0, 2, 14], text, starts), 'one\n         \nfour\n');
  });

  it('keeps a piece by its first unit and not by the one after its last', () => {
    assert.equal(onlyPiecesWith([8], text, starts), '       \nthree\n');
  });

  it('is empty without an offset, and the whole text where there are no pieces', () => {
    assert.equal(onlyPiecesWith([], text, starts), '');
    assert.equal(onlyPiecesWith([5], text, []), text);
  });

  it('looks for no more pieces than the last offset needs', () => {
    const asked = function* (): Iterable<number> {
      yield 4;
      yield 8;
      throw new Error('not needed');
    };
    assert.equal(onlyPiecesWith([5], text, asked()), '   \ntwo\n');
  });
});
