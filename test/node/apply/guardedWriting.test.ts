import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { FileOutcome } from '../../../src/engine/index.ts';
import { refusals } from '../../../src/engine/index.ts';
import { createDiskApplier } from '../../../src/node/apply/diskApplier.ts';
import { createGuardedWriting } from '../../../src/node/apply/guardedWriting.ts';
import { temporaryFolders, type TemporaryFolder } from '../temporaryFolder.ts';
import { wholeTree } from '../wholeTree.ts';

const source = { phase: 'canonicalize', checkpoint: 'a-checkpoint' } as const;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('writing that an editor does', () => {
  const newFolder = temporaryFolders();

  /** An editor that writes these files, and holds this unsaved text. */
  const run = (
    folder: TemporaryFolder,
    outcomes: readonly FileOutcome[],
    written: Readonly<Record<string, string | undefined>>,
    unsaved: Readonly<Record<string, string>> = {},
  ) => {
    const asked: string[] = [];
    const writing = createGuardedWriting(folder.path).run(outcomes, source, {
      holds: (file) => (unsaved[file] === undefined ? undefined : bytes(unsaved[file])),
      write: (files) => {
        asked.push(...files);
        for (const [file, text] of Object.entries(written)) {
          if (text === undefined) rmSync(path.join(folder.path, file));
          else folder.write({ [file]: text });
        }
        return Promise.resolve();
      },
    });
    return { writing, asked };
  };
  const edit = (file: string, before: string, after: string): FileOutcome => ({
    path: file,
    before: bytes(before),
    after: bytes(after),
  });

  it('gives modes, and removes folders left empty', async () => {
    const folder = newFolder().write({ 'a/b/gone.py': 'x', 'run.sh': 'old' });
    const outcomes = [
      { path: 'a/b/gone.py', before: bytes('x'), after: undefined },
      { ...edit('run.sh', 'old', 'new'), executable: true },
    ];
    const { writing } = run(folder, outcomes, { 'a/b/gone.py': undefined, 'run.sh': 'new' });
    assert.deepEqual(await writing, { applied: ['a/b/gone.py', 'run.sh'], refused: [] });
    assert.deepEqual(wholeTree(folder.path), { 'run.sh': '755 new' });
    assert.equal(await createDiskApplier(folder.path).findInterrupted(), undefined);
  });

  it('judges by unsaved text', async () => {
    const folder = newFolder().write({ 'a.py': 'disk', 'b.py': 'disk' });
    const outcomes = [edit('a.py', 'typed', 'new'), edit('b.py', 'disk', 'new')];
    const { writing, asked } = run(folder, outcomes, { 'a.py': 'new' }, { 'a.py': 'typed', 'b.py': 'typed' });
    assert.deepEqual(await writing, { applied: ['a.py'], refused: [{ path: 'b.py', reason: refusals.changed }] });
    assert.deepEqual(asked, ['a.py']);
  });

  it('says that nothing was changed when the editor wrote nothing, and leaves nothing to finish', async () => {
    const folder = newFolder().write({ 'a.py': 'old' });
    await assert.rejects(run(folder, [edit('a.py', 'old', 'new')], {}).writing, {
      code: 'unwritable',
      message: 'Nothing was changed: the editor did not write a.py.',
    });
    assert.equal(await createDiskApplier(folder.path).findInterrupted(), undefined);
  });

  it('can be finished when the editor wrote a part', async () => {
    const folder = newFolder().write({ 'a.py': 'old', 'b.py': 'old' });
    const outcomes = [edit('a.py', 'old', 'new'), edit('b.py', 'old', 'new')];
    await assert.rejects(run(folder, outcomes, { 'b.py': 'new' }).writing, { code: 'interrupted' });
    assert.deepEqual(await createDiskApplier(folder.path).finish(), { applied: ['a.py', 'b.py'], refused: [] });
    assert.deepEqual(wholeTree(folder.path), { 'a.py': '644 new', 'b.py': '644 new' });
  });

  it('tidies up after a person who applied only some of it', async () => {
    const folder = newFolder().write({ 'a.sh': 'new', 'b.sh': 'old', 'kept/c.py': 'c' });
    folder.write({ 'empty/d.py': '' }).remove('empty/d.py');
    await createGuardedWriting(folder.path).tidy([
      { ...edit('a.sh', 'old', 'new'), executable: true },
      { ...edit('b.sh', 'old', 'new'), executable: true },
      { path: 'empty/d.py', before: bytes(''), after: undefined },
      { path: 'kept/c.py', before: bytes('c'), after: undefined },
    ]);
    assert.deepEqual(wholeTree(folder.path), { 'a.sh': '755 new', 'b.sh': '644 old', 'kept/c.py': '644 c' });
  });
});
