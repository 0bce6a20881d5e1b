import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { createFileSystem } from '../../src/node/fileSystem.ts';
import { temporaryFolders } from './temporaryFolder.ts';

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
      mkdirSync(path.join(folder.path, 'folder'));
      symlinkSync('dangling', path.join(folder.path, 'dangling'));
      symlinkSync('/etc/passwd', path.join(folder.path, 'outside'));
      execFileSync('mkfifo', ['fifo'], { cwd: folder.path });
      const files = createFileSystem(folder.path, { mayBlock });
      const sentences: Record<string, string> = {
        missing: 'Cannot read missing: it does not exist.',
        'a.py/b': 'Cannot read a.py/b: a folder on its path is a file.',
        folder: 'Cannot read folder: it is a folder, not a file.',
        dangling: 'Cannot read dangling: it is a link that leads in a circle or out of the workspace.',
        outside: 'Cannot read outside: it is a link that leads in a circle or out of the workspace.',
        fifo: 'Cannot read fifo: it is not a regular file.',
      };
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
    for (const path of ['missing', 'd/a.py/x', 'outside', 'outside/passwd', 'loop', '..']) {
      assert.deepEqual(await files.stat(path), { kind: 'missing', size: 0 }, path);
    }
  });
});
