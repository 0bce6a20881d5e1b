import assert from 'node:assert/strict';
import type { FileSystem } from '../../../src/engine/ports.ts';
import { checkPair } from '../../../src/engine/tree/check.ts';
import type { TreePair } from '../../../src/engine/tree/pair.ts';

function filesOf(...paths: string[]): FileSystem {
  return {
    list: () => Promise.resolve(paths),
    read: () => Promise.reject(new Error('not read')),
    stat: (path) => {
      if (paths.includes(path)) return Promise.resolve({ kind: 'file', size: 0 });
      const isFolder = paths.some((file) => file.startsWith(`${path}/`)) || path.startsWith('empty');
      return Promise.resolve({ kind: isFolder ? 'directory' : 'missing', size: 0 });
    },
  };
}

function pair(legacy: string, canonical: string): TreePair {
  return {
    legacy: { root: legacy, package: legacy.replaceAll('/', '.') },
    canonical: { root: canonical, package: canonical.replaceAll('/', '.') },
  };
}

const mend =
  'Correct the pair in the setting treeUnifier.pairs, or give it with --pair legacyRoot=canonicalRoot; Detect Trees (tree-unifier detect) proposes one.';

describe('checking a pair', () => {
  const files = filesOf('old/a.py', 'src/new/a.py', 'older/a.py', 'file');

  it('passes two folders with files', async () => {
    await checkPair(files, pair('old', 'src/new'));
    await checkPair(files, pair('old', 'older'));
  });

  const bad: [string, TreePair, string, string][] = [
    ['a missing legacy root', pair('gone', 'src/new'), 'noSuchRoot', 'There is no folder gone, the legacy tree.'],
    [
      'a missing canonical root',
      pair('old', 'src/gone'),
      'noSuchRoot',
      'There is no folder src/gone, the canonical tree.',
    ],
    ['a file as root', pair('old', 'file'), 'rootIsFile', 'The canonical tree, file, is a file, not a folder.'],
    [
      'the same root twice',
      pair('old', 'old'),
      'sameRoot',
      'The legacy and the canonical tree are the same folder, old.',
    ],
    [
      'a canonical tree inside the legacy one',
      pair('src', 'src/new'),
      'nestedRoots',
      'One tree of the pair lies inside the other: src/new is in src. Two separate folders are needed.',
    ],
    [
      'a legacy tree inside the canonical one',
      pair('src/new', 'src'),
      'nestedRoots',
      'One tree of the pair lies inside the other: src/new is in src. Two separate folders are needed.',
    ],
    [
      'an empty tree',
      pair('old', 'empty'),
      'emptyTree',
      'The canonical tree, empty, is empty: every file in it is excluded by .gitignore or the setting treeUnifier.exclude, is of a submodule, or there is none.',
    ],
  ];
  for (const [what, tested, code, sentence] of bad) {
    it(`refuses ${what}`, async () => {
      const message = `${sentence} ${mend}`;
      await assert.rejects(checkPair(files, tested), { name: 'EngineError', code, message });
    });
  }
});
