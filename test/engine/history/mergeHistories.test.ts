import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { temporaryFolders, type TemporaryFolder } from '../../node/temporaryFolder.ts';
import type { Commit, Files } from './mergeSetup.ts';
import { below, commitAll, mergedText, mergePair, outline, pair, WorkTree } from './mergeSetup.ts';

/** Six lines, some of them changed: `v('a', { 2: 'x' })`. */
function v(name: string, changes: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 6 }, (_, i) => `${changes[i] ?? `${name}_${i} = ${i}`}\n`).join('');
}

/** Enough modules that tell a copy; nobody touches them. */
const rest: Files = { 'one.py': v('one'), 'two.py': v('two'), 'three.py': v('three') };

const legacy = (files: Files): Files => below('old_app', { ...rest, ...files });
const canonical = (files: Files): Files => below('new/app', { ...rest, ...files });

describe('the history that the three-way merge goes by', () => {
  const newFolder = temporaryFolders();

  /** The states of the repository, commit by commit; the last is the work tree. */
  function repository(states: readonly Files[]): { readonly folder: TemporaryFolder; readonly files: WorkTree } {
    return branches(states.map((files) => ({ branch: 'main', from: 'main', files })));
  }

  function branches(commits: readonly Commit[]): { readonly folder: TemporaryFolder; readonly files: WorkTree } {
    const folder = newFolder();
    commitAll(folder, commits);
    return { folder, files: new WorkTree(commits.at(-1)?.files ?? {}) };
  }

  it('a file left out of the copy is legacy’s own, and one that canonical deleted since is not', async () => {
    const own = { '.env.example': 'APP=1\n', 'gone.py': v('gone') };
    const { folder, files } = repository([
      legacy(own),
      { ...legacy(own), ...canonical({ 'gone.py': v('gone') }) },
      { ...legacy(own), ...canonical({}) },
    ]);
    assert.deepEqual(outline(await mergePair(folder, files)), ['takesLegacy .env.example', 'deleted gone.py']);
  });

  describe('a copy made in several commits', () => {
    it('loses no change that legacy got before a file was copied', async () => {
      const late = v('late', { 1: 'fixed = 1' });
      const { folder, files } = repository([
        legacy({ 'late.py': v('late') }),
        { ...legacy({ 'late.py': v('late') }), ...canonical({}) },
        { ...legacy({ 'late.py': late }), ...canonical({}) },
        { ...legacy({ 'late.py': late }), ...canonical({ 'late.py': late }) },
        {
          ...legacy({ 'late.py': v('late', { 1: 'fixed = 1', 5: 'legacy = 1' }) }),
          ...canonical({ 'late.py': v('late', { 1: 'fixed = 1', 3: 'canonical = 1' }) }),
        },
      ]);
      const merged = await mergePair(folder, files);
      assert.deepEqual(outline(merged), ['merged late.py']);
      assert.equal(mergedText(merged, 'late.py'), v('late', { 1: 'fixed = 1', 3: 'canonical = 1', 5: 'legacy = 1' }));
    });

    it('does not bring again what canonical took back of a file copied later', async () => {
      const late = v('late', { 1: 'fixed = 1' });
      const { folder, files } = repository([
        legacy({ 'late.py': v('late') }),
        { ...legacy({ 'late.py': v('late') }), ...canonical({}) },
        { ...legacy({ 'late.py': late }), ...canonical({}) },
        { ...legacy({ 'late.py': late }), ...canonical({ 'late.py': late }) },
        { ...legacy({ 'late.py': late }), ...canonical({ 'late.py': v('late') }) },
      ]);
      assert.deepEqual(outline(await mergePair(folder, files)), ['takesCanonical late.py']);
    });

    it('takes a file that came to both trees after the base, the same, from where they met', async () => {
      const { folder, files } = repository([
        legacy({}),
        { ...legacy({}), ...canonical({}) },
        { ...legacy({ 'later.py': v('later') }), ...canonical({}) },
        { ...legacy({ 'later.py': v('later') }), ...canonical({ 'later.py': v('later') }) },
        {
          ...legacy({ 'later.py': v('later', { 0: 'legacy = 1' }) }),
          ...canonical({ 'later.py': v('later', { 5: 'canonical = 1' }) }),
        },
      ]);
      const merged = await mergePair(folder, files);
      assert.deepEqual(outline(merged), ['merged later.py']);
      assert.equal(mergedText(merged, 'later.py'), v('later', { 0: 'legacy = 1', 5: 'canonical = 1' }));
    });

    it('does so also for a file that legacy got from canonical', async () => {
      const { folder, files } = repository([
        legacy({}),
        { ...legacy({}), ...canonical({}) },
        { ...legacy({}), ...canonical({ 'later.py': v('later') }) },
        { ...legacy({ 'later.py': v('later') }), ...canonical({ 'later.py': v('later') }) },
        {
          ...legacy({ 'later.py': v('later', { 0: 'legacy = 1' }) }),
          ...canonical({ 'later.py': v('later', { 5: 'canonical = 1' }) }),
        },
      ]);
      const merged = await mergePair(folder, files);
      assert.deepEqual(outline(merged), ['merged later.py']);
      assert.equal(mergedText(merged, 'later.py'), v('later', { 0: 'legacy = 1', 5: 'canonical = 1' }));
    });

    it('knows no base for a file that differed when it came to both trees', async () => {
      const { folder, files } = repository([
        legacy({}),
        { ...legacy({}), ...canonical({}) },
        { ...legacy({ 'later.py': v('later') }), ...canonical({}) },
        { ...legacy({ 'later.py': v('later', { 1: 'older = 1' }) }), ...canonical({ 'later.py': v('later') }) },
      ]);
      const merged = await mergePair(folder, files);
      assert.deepEqual(outline(merged), ['conflict later.py']);
    });

    it('deletes a file that was copied later and that canonical deleted', async () => {
      const { folder, files } = repository([
        legacy({ 'late.py': v('late') }),
        { ...legacy({ 'late.py': v('late') }), ...canonical({}) },
        { ...legacy({ 'late.py': v('late') }), ...canonical({ 'late.py': v('late') }) },
        { ...legacy({ 'late.py': v('late') }), ...canonical({}) },
      ]);
      assert.deepEqual(outline(await mergePair(folder, files)), ['deleted late.py']);
    });

    it('keeps the base for a file that was copied early and brought up to date by the copy', async () => {
      const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`m${i}.py`, v(`m${i}`)]));
      const early = v('early', { 1: 'fixed = 1' });
      const { folder, files } = repository([
        legacy({ ...many, 'early.py': v('early') }),
        { ...legacy({ ...many, 'early.py': v('early') }), ...below('new/app', { 'early.py': v('early') }) },
        { ...legacy({ ...many, 'early.py': early }), ...canonical({ ...many, 'early.py': early }) },
        // Canonical took the fix back.
        { ...legacy({ ...many, 'early.py': early }), ...canonical({ ...many, 'early.py': v('early') }) },
      ]);
      assert.deepEqual(outline(await mergePair(folder, files)), ['takesCanonical early.py']);
    });

    it('goes by an early copy that the copy did not bring up to date', async () => {
      const many = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`m${i}.py`, v(`m${i}`)]));
      const early = v('early', { 1: 'fixed = 1' });
      const { folder, files } = repository([
        legacy({ ...many, 'early.py': v('early') }),
        { ...legacy({ ...many, 'early.py': v('early') }), ...below('new/app', { 'early.py': v('early') }) },
        { ...legacy({ ...many, 'early.py': early }), ...canonical({ ...many, 'early.py': v('early') }) },
      ]);
      const merged = await mergePair(folder, files);
      // With the copy's own commit as base, legacy's fix would look like one that canonical took back.
      assert.deepEqual(outline(merged), ['takesLegacy early.py']);
      assert.equal(mergedText(merged, 'early.py'), early);
    });
  });

  it('the base that the settings give, for every file', async () => {
    const { folder, files } = repository([
      legacy({ 'a.py': v('a') }),
      { ...legacy({ 'a.py': v('a') }), ...canonical({ 'a.py': v('a', { 1: 'touched = 1' }) }) },
      { ...legacy({ 'a.py': v('a', { 5: 'legacy = 1' }) }), ...canonical({ 'a.py': v('a', { 1: 'touched = 1' }) }) },
    ]);
    const merged = await mergePair(folder, files, { pair: { ...pair, base: 'HEAD~2' } });
    assert.deepEqual(outline(merged), ['merged a.py']);
    assert.equal(mergedText(merged, 'a.py'), v('a', { 1: 'touched = 1', 5: 'legacy = 1' }));
    assert.deepEqual(outline(await mergePair(folder, files, { pair: { ...pair, base: 'HEAD' } })), [
      // Nobody changed anything since: canonical stays what it is.
      'takesCanonical a.py',
    ]);
    assert.equal(await mergePair(folder, files, { pair: { ...pair, base: 'nowhere' } }), undefined);
  });

  it('a legacy tree that was elsewhere, under another name, when the copy was made', async () => {
    const was = (files: Files): Files =>
      Object.fromEntries(Object.entries({ ...rest, ...files }).map(([path, file]) => [`backend/${path}`, file]));
    const withImport = (line: string, changes: Record<number, string> = {}): string => `${line}\n${v('a', changes)}`;
    const { folder, files } = repository([
      was({ 'a.py': withImport('import backend.one') }),
      {
        ...was({ 'a.py': withImport('import backend.one') }),
        ...canonical({ 'a.py': withImport('import new.app.one') }),
      },
      {
        ...legacy({ 'a.py': withImport('import new.app.one', { 5: 'legacy = 1' }) }),
        ...canonical({ 'a.py': withImport('import new.app.one', { 0: 'canonical = 1' }) }),
      },
    ]);
    const merged = await mergePair(folder, files);
    assert.deepEqual(outline(merged), ['merged a.py']);
    assert.equal(mergedText(merged, 'a.py'), withImport('import new.app.one', { 0: 'canonical = 1', 5: 'legacy = 1' }));
  });

  it('a canonical tree that was moved since', async () => {
    const third = (files: Files): Files =>
      Object.fromEntries(Object.entries({ ...rest, ...files }).map(([path, file]) => [`third/${path}`, file]));
    const { folder, files } = repository([
      legacy({ 'a.py': v('a') }),
      { ...legacy({ 'a.py': v('a') }), ...third({ 'a.py': v('a') }) },
      { ...legacy({ 'a.py': v('a') }), ...third({ 'a.py': v('a', { 1: 'canonical = 1' }) }) },
      {
        ...legacy({ 'a.py': v('a', { 5: 'legacy = 1' }) }),
        ...canonical({ 'a.py': v('a', { 1: 'canonical = 1' }) }),
      },
    ]);
    const merged = await mergePair(folder, files);
    assert.deepEqual(outline(merged), ['merged a.py']);
    assert.equal(mergedText(merged, 'a.py'), v('a', { 1: 'canonical = 1', 5: 'legacy = 1' }));
  });

  it('a copy made in a side branch and merged later', async () => {
    const before = legacy({ 'a.py': v('a'), 'b.py': v('b') });
    const { folder, files } = branches([
      { branch: 'main', files: before },
      { branch: 'side', from: 'main', files: { ...before, ...canonical({ 'a.py': v('a'), 'b.py': v('b') }) } },
      { branch: 'main', files: legacy({ 'a.py': v('a', { 5: 'legacy = 1' }), 'b.py': v('b') }) },
    ]);
    const now = {
      ...legacy({ 'a.py': v('a', { 5: 'legacy = 1' }), 'b.py': v('b') }),
      ...canonical({ 'a.py': v('a'), 'b.py': v('b', { 0: 'canonical = 1' }) }),
    };
    folder.git('checkout', '--quiet', '--force', 'main');
    folder.git('merge', '--quiet', '--no-edit', 'side');
    for (const [path, file] of Object.entries(now)) files.files.set(path, file);
    const merged = await mergePair(folder, files);
    assert.deepEqual(outline(merged), ['takesLegacy a.py', 'takesCanonical b.py']);
    assert.equal(mergedText(merged, 'a.py'), v('a', { 5: 'legacy = 1' }));
  });

  it('a clone too shallow to know: nothing is merged', async () => {
    const { folder, files } = repository([
      legacy({}),
      { ...legacy({}), ...canonical({}) },
      { ...legacy({}), ...canonical({ 'one.py': v('one', { 1: 'canonical = 1' }) }) },
    ]);
    const shallow = newFolder();
    shallow.git('clone', '--quiet', '--depth', '1', `file://${folder.path}`, '.');
    assert.equal(await mergePair(shallow, files), undefined);
    assert.deepEqual(outline(await mergePair(folder, files)), ['takesCanonical one.py']);
  });
});
