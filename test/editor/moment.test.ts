import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FolderModel } from '../../src/editor/folders/index.ts';
import type { Opened } from '../../src/editor/folders/opening.ts';
import { Moment } from '../../src/editor/verify/moment.ts';
import { closeEditors, remove, uriOf, write } from './support.ts';

const folder = 'moment-probe';

describe('whether files changed since a moment', () => {
  let listed: string[];
  let moment: Moment;

  /** Long before, so that no clock's grain matters. */
  const writeBefore = async (path: string): Promise<void> => {
    const uri = await write(path, 'x = 1\n');
    const past = new Date(Date.now() - 60_000);
    utimesSync(uri.fsPath, past, past);
  };

  beforeEach(async () => {
    listed = [`${folder}/a.py`, `${folder}/in/b.py`, `${folder}/in/c.py`];
    for (const path of listed) await writeBefore(path);
    await writeBefore(`${folder}/ignored.log`);
    const model = {
      uri: uriOf,
      path: ({ path }: vscode.Uri) => path.slice(uriOf('').path.length + 1),
    } as unknown as FolderModel;
    const opened = { ports: { files: { list: () => Promise.resolve(listed) } } } as unknown as Opened;
    moment = await Moment.now(model, opened);
  });
  afterEach(async () => {
    await closeEditors();
    await remove(folder);
  });

  const changed = (): string[] => [...moment.changed].sort();

  it('is no matter of a file that is as it was, told of late or again', async () => {
    assert.equal(await moment.look([`${folder}/a.py`, `${folder}/in/b.py`]), false);
    assert.equal(await moment.look('all'), false);
    assert.deepEqual(changed(), []);
  });

  it('is no matter of a file that is not listed', async () => {
    await write(`${folder}/ignored.log`, 'line\n');
    assert.equal(await moment.look([`${folder}/ignored.log`, `${folder}/gone.log`]), false);
    assert.equal(await moment.look('all'), false);
  });

  it('is a matter of one that was written, once', async () => {
    await write(`${folder}/a.py`, 'x = 2\n');
    assert.equal(await moment.look([`${folder}/a.py`]), true);
    assert.equal(await moment.look('all'), false);
    assert.deepEqual(changed(), [`${folder}/a.py`]);
  });

  it('is a matter of one that went', async () => {
    await remove(`${folder}/a.py`);
    listed = listed.slice(1);
    assert.equal(await moment.look([`${folder}/a.py`]), true);
    assert.deepEqual(changed(), [`${folder}/a.py`]);
  });

  it('is a matter of one that came, however old it is', async () => {
    await writeBefore(`${folder}/new.py`);
    listed = [...listed, `${folder}/new.py`];
    assert.equal(await moment.look('all'), true);
    assert.deepEqual(changed(), [`${folder}/new.py`]);
  });

  it('is a matter of all in a folder that is told of by its own name', async () => {
    await remove(`${folder}/in`);
    listed = listed.slice(0, 1);
    assert.equal(await moment.look([`${folder}/in`]), true);
    assert.deepEqual(changed(), [`${folder}/in/b.py`, `${folder}/in/c.py`]);
  });

  it('is a matter of text that is not saved, or was not then', async () => {
    const edit = async (path: string): Promise<void> => {
      const editor = await vscode.window.showTextDocument(uriOf(path));
      await editor.edit((builder) => {
        builder.insert(new vscode.Position(0, 0), '# ');
      });
    };
    await edit(`${folder}/a.py`);
    assert.equal(await moment.look([`${folder}/a.py`]), true);
    const model = { uri: uriOf, path: ({ path }: vscode.Uri) => path.slice(uriOf('').path.length + 1) };
    const then = await Moment.now(model as unknown as FolderModel, moment.opened);
    await closeEditors();
    assert.equal(await then.look([`${folder}/a.py`, `${folder}/in/b.py`]), true);
    assert.deepEqual([...then.changed], [`${folder}/a.py`]);
  });
});
