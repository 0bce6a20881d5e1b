import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { createFileSystem } from '../../src/node/fileSystem.ts';
import { temporaryFolders } from './temporaryFolder.ts';

/** What a path that cannot be read is told of; the paths are made by {@link makeUnreadable}. */
const sentences: Record<string, string> = {
  missing: 'Cannot read missing: it does not exist.',
  'm\uFFFDssing': 'Cannot read m\uFFFDssing: its name is not UTF-8.',
  'a.py/b': 'Cannot read a.py/b: a folder on its path is a file.',
  folder: 'Cannot read folder: it is a folder, not a file.',
  dangling: 'Cannot read dangling: it is a link that leads in a circle or out of the workspace.',
  outside: 'Cannot read outside: it is a link that leads in a circle or out of the workspace.',
  fifo: 'Cannot read fifo: it is not a regular file.',
};

function makeUnreadable(root: string): void {
  mkdirSync(path.join(root, 'folder'));
  symlinkSync('dangling', path.join(root, 'dangling'));
  symlinkSync('/etc/passwd', path.join(root, 'outside'));
  execFileSync('mkfifo', ['fifo'], { cwd: root });
}

for (const mayBlock of [false, true]) {
  describe(`reading a file${mayBlock ? ', at once' : ''}`, () => {
    const newFolder = temporaryFolders();

    it('gives its bytes, whatever they are', async () => {
      const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0, 0xff, 13, 10);
      const folder = newFolder().write({ 'a b/ü.bin': bytes, empty: '' });
      const files = createFileSystem(folder.path, { mayBlock });
      assert.deepEqual(new Uint8Array(await files.read('a b/ü.bin')), bytes);
      assert.equal((await files.read('empty')).length, 0);
    });

    it('fails with one sentence when it cannot', async () => {
      const folder = newFolder().write({ 'a.py': '' });
      makeUnreadable(folder.path);
      const files = createFileSystem(folder.path, { mayBlock });
      for (const [file, message] of Object.entries(sentences)) {
        await assert.rejects(files.read(file), { name: 'EngineError', code: 'unreadable', message });
      }
    });

    it('follows a link that stays inside', async () => {
      const folder = newFolder().write({ 'a/b.txt': 'text' });
      symlinkSync('a/b.txt', path.join(folder.path, 'link'));
      assert.equal(Buffer.from(await createFileSystem(folder.path, { mayBlock }).read('link')).toString(), 'text');
    });

    it('copes with very many at once', async () => {
      const names = Array.from({ length: 3000 }, (_, i) => `${i}.txt`);
      const folder = newFolder().write(Object.fromEntries(names.map((name) => [name, name])));
      const files = createFileSystem(folder.path, { mayBlock });
      const texts = await Promise.all(names.map(async (name) => Buffer.from(await files.read(name)).toString()));
      assert.deepEqual(texts, names);
    });
  });
}

describe('looking through a file for words', () => {
  const newFolder = temporaryFolders();

  const look = async (root: string, file: string): Promise<string | undefined> => {
    const bytes = await createFileSystem(root, { mayBlock: true }).readIfHolds?.(file, ['pkg', 'other']);
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
  };

  it('hands over the bytes of those that hold one, and of no other', async () => {
    const { path: root } = newFolder().write({ one: 'a pkg', two: 'other', none: 'pk g', empty: '' });
    assert.deepEqual(await Promise.all(['one', 'two', 'none', 'empty'].map((file) => look(root, file))), [
      'a pkg',
      'other',
      undefined,
      undefined,
    ]);
  });

  it('hands over bytes that stay as they are when the next file is read', async () => {
    const files = createFileSystem(newFolder().write({ a: 'pkg a', b: 'pkg b' }).path, { mayBlock: true });
    const bytes = await files.readIfHolds?.('a', ['pkg']);
    await files.readIfHolds?.('b', ['pkg']);
    assert.equal(Buffer.from(bytes ?? []).toString(), 'pkg a');
  });

  it('looks through the whole of a large file, whatever its size', async () => {
    for (const size of [1 << 20, (1 << 20) - 3, 3 << 20]) {
      const text = `${'x'.repeat(size - 3)}pkg`;
      const { path: root } = newFolder().write({ with: text, without: 'x'.repeat(size) });
      assert.equal(await look(root, 'with'), text);
      assert.equal(await look(root, 'without'), undefined);
    }
  });

  it('hands over UTF-16, which spells words in other bytes', async () => {
    const marks = [Uint8Array.of(0xff, 0xfe, 0x70, 0), Uint8Array.of(0xfe, 0xff, 0, 0x70)];
    const { path: root } = newFolder().write({ little: marks[0] ?? '', big: marks[1] ?? '' });
    assert.deepEqual([await look(root, 'little'), await look(root, 'big')], ['\xff\xfep\0', '\xfe\xff\0p']);
  });

  it('follows a link that stays inside, and fails as reading does', async () => {
    const { path: root } = newFolder().write({ 'a.py': 'pkg' });
    makeUnreadable(root);
    symlinkSync('a.py', path.join(root, 'link'));
    assert.equal(await look(root, 'link'), 'pkg');
    for (const [file, message] of Object.entries(sentences)) {
      await assert.rejects(look(root, file), { name: 'EngineError', code: 'unreadable', message });
    }
  });
});

describe('asking what a path is', () => {
  const newFolder = temporaryFolders();

  it('tells files, folders and what is not there', async () => {
    const folder = newFolder().write({ 'd/a.py': 'x = 1\n' });
    symlinkSync('d/a.py', path.join(folder.path, 'link'));
    symlinkSync('/etc', path.join(folder.path, 'outside'));
    symlinkSync('loop', path.join(folder.path, 'loop'));
    const files = createFileSystem(folder.path);
    assert.deepEqual(await files.stat('d/a.py'), { kind: 'file', size: 6, executable: false });
    chmodSync(path.join(folder.path, 'd/a.py'), 0o755);
    assert.deepEqual(await files.stat('d/a.py'), { kind: 'file', size: 6, executable: true });
    assert.deepEqual(await files.stat('d'), { kind: 'directory', size: 0 });
    assert.deepEqual(await files.stat(''), { kind: 'directory', size: 0 });
    assert.deepEqual(await files.stat('link'), { kind: 'file', size: 6, executable: true });
    for (const path of ['missing', 'd/a.py/x', '..'])
      assert.deepEqual(await files.stat(path), { kind: 'missing', size: 0 }, path);
    for (const path of ['outside', 'outside/passwd', 'loop'])
      assert.deepEqual(await files.stat(path), { kind: 'missing', size: 0, isLink: true }, path);
  });
});
