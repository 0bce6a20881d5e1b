import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { benchFiles, roots } from './repository.ts';

describe('the repository of the bench', () => {
  it('is the same from the same seed, and another from another', () => {
    assert.deepEqual(benchFiles(200, 1), benchFiles(200, 1));
    assert.notDeepEqual(benchFiles(200, 1), benchFiles(200, 2));
  });

  it('has as many files as asked for, each at a place of its own', () => {
    const paths = benchFiles(1003, 1).map(([path]) => path);
    assert.equal(paths.length, 1003);
    assert.equal(new Set(paths).size, 1003);
  });

  it('has two trees of a fifth each with the same paths, and one file in ten of them drifted', () => {
    const files = new Map(benchFiles(500, 1));
    const below = (root: string): string[] =>
      [...files.keys()].filter((path) => path.startsWith(`${root}/`)).map((path) => path.slice(root.length + 1));
    assert.deepEqual(below(roots.legacy), below(roots.canonical));
    assert.equal(below(roots.legacy).length, 100);
    const drifted = below(roots.legacy).filter((path) => files.get(`${roots.canonical}/${path}`)?.includes('drifted_'));
    assert.equal(drifted.length, 10);
  });

  it('mentions the legacy name in one in ten of the other files at most', () => {
    const others = benchFiles(1000, 1).filter(([path]) => !path.startsWith('pixsim7'));
    const share = others.filter(([, text]) => text.includes(roots.legacy)).length / others.length;
    assert.ok(share > 0.04 && share <= 0.1, `${share}`);
  });
});
