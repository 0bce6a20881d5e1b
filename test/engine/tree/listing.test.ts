import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Listing } from '../../../src/engine/tree/listing.ts';

describe('a listing', () => {
  const listing = new Listing(['a-b/c', 'a.py', 'a/b.py', 'a/b/c.py', 'a0', 'ab/d.py']);

  it('knows its files', () => {
    assert.deepEqual(
      ['a.py', 'a', 'a/b.py'].map((path) => listing.has(path)),
      [true, false, true],
    );
  });

  it('gives what lies below a folder, by the paths inside it', () => {
    assert.deepEqual(listing.below('a'), ['b.py', 'b/c.py']);
    assert.deepEqual(listing.below('b'), []);
  });

  it('knows the folders of its files', () => {
    assert.deepEqual(
      ['a', 'a/b', 'a-b', 'a0', 'a.py', 'b'].map((path) => listing.hasFolder(path)),
      [true, true, true, false, false, false],
    );
  });

  it('agrees with a look at every path', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'b', '-', '.', '0', 'é', '\u{1f600}'),
      minLength: 1,
      maxLength: 2,
    });
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path), path, (paths, folder) => {
        const found = paths
          .sort()
          .filter((one) => one.startsWith(`${folder}/`))
          .map((one) => one.slice(folder.length + 1));
        assert.deepEqual(new Listing(paths).below(folder), found);
        assert.equal(new Listing(paths).hasFolder(folder), found.length > 0);
      }),
    );
  });
});
