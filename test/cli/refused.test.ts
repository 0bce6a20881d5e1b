import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { temporaryFolders } from '../node/temporaryFolder.ts';
import { runIn } from './commandLine.ts';

const copies = { 'pixsim7_backend/main.py': 'x = 1\n', 'pixsim7/backend/main/main.py': 'x = 2\n' };
const mend =
  'Correct the pair in the setting treeUnifier.pairs, or give it with --pair legacyRoot=canonicalRoot; Detect Trees (tree-unifier detect) proposes one.';

describe('the command line refuses, with exit code 2,', () => {
  const newFolder = temporaryFolders();

  const useless: [string, string[], string][] = [
    [
      'a choice for another phase',
      ['plan', '--phase', 'align', '--choose', 'a.py=legacy'],
      '--choose is for --phase canonicalize.',
    ],
    [
      'a last day for another phase',
      ['apply', '--phase', 'align', '--expires', '2030-01-01'],
      '--expires is for --phase deduplicate.',
    ],
    [
      'two choices for one file',
      ['plan', '--phase', 'canonicalize', '--choose', 'a.py=legacy', '--choose', 'pixsim7_backend/a.py=canonical'],
      '--choose names pixsim7_backend/a.py with two sides: give one.',
    ],
  ];
  for (const [what, args, message] of useless)
    it(what, async () => {
      assert.deepEqual(await runIn(newFolder(), args), { code: 2, out: '', errors: `tree-unifier: ${message}\n` });
    });

  it('a choice of a file that is in neither tree', async () => {
    for (const name of ['main.pyy', '../main.py', '/main.py', 'pixsim7_backend/mian.py', 'README.md']) {
      const folder = newFolder().write({ ...copies });
      const args = ['plan', '--phase', 'canonicalize', '--choose', 'main.py=legacy', '--choose', `${name}=legacy`];
      const message = `--choose names ${name}, and there is no such file in either tree.`;
      assert.deepEqual(await runIn(folder.write({ 'README.md': '' }), args), {
        code: 2,
        out: '',
        errors: `tree-unifier: ${message}\n`,
      });
    }
  });

  it('a tree that is a link, inside the root or out of it, though it once was a folder', async () => {
    for (const [root, target] of [
      ['old', 'new'],
      ['old', tmpdir()],
      ['old', 'nowhere'],
      ['old/app', '.'],
    ] as const) {
      const folder = newFolder();
      folder.git('init', '--quiet');
      folder.write({ [`${root}/a.py`]: '', 'new/a.py': '' }).commit('both');
      symlinkSync(target, path.join(folder.remove('old').path, 'old'));
      const { code, out, errors } = await runIn(folder, ['status', '--pair', `${root}=new`]);
      const message = `The legacy tree, ${root}, is or lies behind a symbolic link, and links are not followed.`;
      assert.deepEqual(
        [code, out, errors],
        [2, '', `tree-unifier: ${message} Name the folder that it leads to. ${mend}\n`],
      );
    }
  });

  it('one legacy tree in two pairs', async () => {
    const folder = newFolder().write({ 'old/a.py': '', 'new/a.py': '', 'newer/a.py': '' });
    const { code, errors } = await runIn(folder, ['status', '--pair', 'old=new', '--pair', 'old=newer']);
    assert.deepEqual([code, errors], [2, `tree-unifier: Two pairs have the same legacy tree, old. ${mend}\n`]);
  });
});
