import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withCommits } from '../../../src/engine/history/merge/removals.ts';
import { createGit } from '../../../src/node/git.ts';
import { temporaryFolders } from '../../node/temporaryFolder.ts';
import { pair } from './mergeSetup.ts';

describe('the commit that removed a definition', () => {
  const newFolder = temporaryFolders();

  const cases = [
    {
      title: 'a field renamed to a longer name',
      name: 'Memory.metadata',
      before: '    metadata: dict = {}',
      after: '    model_metadata: dict = {}',
    },
    { title: 'a function that is used on', name: 'build', before: 'def build(x):', after: 'result = build(x)' },
    {
      title: 'an async method',
      name: 'A.run',
      before: '    async def run(self):',
      after: '    async def run_all(self):',
    },
    { title: 'a class', name: 'Memory', before: 'class Memory(Base):', after: 'memory = Memory' },
    { title: 'a constant', name: 'LIMIT', before: 'LIMIT = 3', after: 'print(LIMIT)' },
  ] as const;
  for (const { title, name, before, after } of cases) {
    it(`is the one of ${title}`, async () => {
      const folder = newFolder();
      folder.git('init', '--quiet');
      const file = (line: string): Record<string, string> => ({ 'new/app/a.py': `import x\n${line}\n    pass\n` });
      folder.write(file(before)).commit('The copy');
      const commit = folder.write(file(after)).commit('Mend the name');
      folder.write(file(`${after}  # more of ${name}`)).commit('Go on');
      const lost = { path: 'a.py', name, side: 'legacy', line: 2 } as const;
      const [found] = await withCommits(createGit(folder.path), pair, [lost]);
      const short = found?.removedBy?.commit ?? '?';
      assert.ok(commit.startsWith(short), short);
      assert.deepEqual(found, { ...lost, removedBy: { commit: short, subject: 'Mend the name' } });
    });
  }

  it('is not named when the other side never had it, or nobody has committed its removal', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({ 'new/app/a.py': 'import x\ndef there(): ...\n' }).commit('The copy');
    const lost = ['build', 'there'].map((name) => ({ path: 'a.py', name, side: 'legacy', line: 2 }) as const);
    assert.deepEqual(await withCommits(createGit(folder.path), pair, lost), lost);
  });

  it('is found for definitions of many files at once, whatever the paths are', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    const paths = ['a.py', 'ä b.py', 'with "quotes".py'];
    const all = (text: string): Record<string, string> =>
      Object.fromEntries(paths.map((path) => [`new/app/${path}`, text]));
    folder.write(all('def one(): ...\ndef two(): ...\n')).commit('The copy');
    folder.write(all('def two(): ...\n')).commit('Without one');
    folder.write(all('')).commit('Without both');
    const lost = paths.flatMap((path) =>
      ['one', 'two'].map((name) => ({ path, name, side: 'legacy', line: 1 }) as const),
    );
    const found = await withCommits(createGit(folder.path), pair, lost);
    assert.deepEqual(
      found.map(({ path, name, removedBy }) => [path, name, removedBy?.subject]),
      paths.flatMap((path) => [
        [path, 'one', 'Without one'],
        [path, 'two', 'Without both'],
      ]),
    );
  });
});
