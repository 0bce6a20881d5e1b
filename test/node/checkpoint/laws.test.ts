import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createCheckpoints } from '../../../src/node/checkpoint/checkpoints.ts';
import { createGit } from '../../../src/node/git.ts';
import { temporaryFolders, type TemporaryFolder } from '../temporaryFolder.ts';
import { wholeTree } from '../wholeTree.ts';
import { Random, damage, filesOf, writeRandomFile, writeRandomTree } from './randomTree.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describe('a random tree comes back from its checkpoint bit for bit', () => {
  const newFolder = temporaryFolders();

  for (const seed of seeds) {
    it(`with git, its index and what is staged as well: seed ${seed}`, async () => {
      const random = new Random(seed);
      const folder = newFolder();
      const git = createGit(folder.path);
      makeRepository(folder, random, seed % 3 === 0 ? 'sha256' : 'sha1');
      writeRandomTree(folder, random);
      folder.git('add', '--all');
      folder.git('commit', '--quiet', '-m', 'first');
      stageAndChange(folder, random);
      const before = stateOf(folder);
      const head = folder.git('rev-parse', 'HEAD');

      const checkpoints = createCheckpoints(folder.path, { git });
      await withFilter(folder, () => checkpoints.create('align'));
      assert.deepEqual(stateOf(folder), before);

      damage(folder, random);
      folder.git('add', '--all');
      for (const file of random.some(filesOf(folder), 5)) writeRandomFile(folder, file, random);
      folder.git('gc', '--quiet', '--prune=now');
      const damaged = stateOf(folder);

      const { checkpoint } = await withFilter(folder, () => checkpoints.restore());
      assert.deepEqual(stateOf(folder), before);
      assert.equal(folder.git('rev-parse', 'HEAD'), head);
      folder.git('fsck', '--strict', '--no-dangling');

      await checkpoints.restore(checkpoint.name);
      assert.deepEqual(withoutEmptyFolders(stateOf(folder)), withoutEmptyFolders(damaged));
      assert.equal(existsSync(path.join(folder.path, '.git/started')), false, 'A filter was started.');
    });
  }

  for (const seed of seeds.slice(0, 4)) {
    it(`without git: seed ${seed}`, async () => {
      const random = new Random(seed);
      const folder = newFolder();
      writeRandomTree(folder, random);
      const before = wholeTree(folder.path);
      const checkpoints = createCheckpoints(folder.path);
      await checkpoints.create('align');
      assert.deepEqual(wholeTree(folder.path), before);
      damage(folder, random);
      const damaged = wholeTree(folder.path);
      const { checkpoint } = await checkpoints.restore();
      assert.deepEqual(wholeTree(folder.path), before);
      await checkpoints.restore(checkpoint.name);
      assert.deepEqual(withoutEmptyFolders(wholeTree(folder.path)), withoutEmptyFolders(damaged));
    });
  }
});

/** With everything set that changes bytes on their way in, or starts a program. */
function makeRepository(folder: TemporaryFolder, random: Random, format: string): void {
  folder.git('init', '--quiet', '--template=', `--object-format=${format}`);
  folder.git('config', 'core.autocrlf', random.pick(['true', 'false', 'input']));
  folder.git('config', 'core.safecrlf', 'false');
  folder.git('config', 'gc.auto', '0');
  folder.write({ '.gitattributes': '*.md ident text eol=crlf\n', '.git/info/attributes': '*.py filter=mark text\n' });
}

/** What is staged differs from the commit, and what is on the disk from both. */
function stageAndChange(folder: TemporaryFolder, random: Random): void {
  for (const file of random.some(filesOf(folder), 3)) writeRandomFile(folder, file, random);
  folder.git('add', '--all');
  for (const file of random.some(filesOf(folder), 3)) writeRandomFile(folder, file, random);
  for (const file of random.some(filesOf(folder), 5)) folder.git('rm', '--quiet', '--cached', '--force', '--', file);
  folder.write({ 'intended.py': 'not yet\n', 'untracked.py': 'x\r\n' });
  folder.git('add', '--intent-to-add', 'intended.py');
}

/** A filter that leaves a mark, for as long as the task runs: git itself would start it. */
async function withFilter<T>(folder: TemporaryFolder, task: () => Promise<T>): Promise<T> {
  folder.git('config', 'filter.mark.clean', 'touch .git/started; cat');
  folder.git('config', 'filter.mark.smudge', 'touch .git/started; cat');
  const result = await task();
  folder.git('config', '--remove-section', 'filter.mark');
  return result;
}

function stateOf(folder: TemporaryFolder): { files: Record<string, string>; index: string } {
  return {
    files: wholeTree(folder.path),
    index: readFileSync(path.join(folder.path, '.git/index')).toString('hex'),
  };
}

function withoutEmptyFolders(state: object): unknown {
  return JSON.parse(JSON.stringify(state), (key, value: unknown) => (key.endsWith('/') ? undefined : value));
}
