import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { open, pair } from '../../helpers/engine.ts';

const files = Object.fromEntries(['old_shop', 'orders'].map((root) => [`${root}/api.py`, 'def place(): ...\n']));

describe('a canonical name that is a word as well', () => {
  for (const [line, needsReview] of [
    ['`old_shop.api.place` lists orders, and orders: all of them.', false],
    ['`old_shop.api.place` is now `orders.api`.', true],
    ['`old_shop.api.place` was copied to orders/api.py.', true],
    ['`old_shop.api.place`, or from orders import api.', true],
    ['orders = old_shop.api.place()', true],
  ] as const) {
    it(`is ${needsReview ? '' : 'not '}beside the legacy name in: ${line}`, async () => {
      const { session } = await open(
        { ...files, 'a.md': `${line}\n` },
        { pairs: [pair('old_shop', 'old_shop', 'orders', 'orders')] },
      );
      const found = await session.referencesIn('a.md');
      assert.deepEqual(
        found.map((one) => [one.text, one.needsReview]),
        [['old_shop.api.place', needsReview]],
      );
    });
  }
});
