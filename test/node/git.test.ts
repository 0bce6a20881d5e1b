import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { createGit, findGit } from '../../src/node/git.ts';
import { findProgram, type Machine } from '../../src/node/program.ts';
import { temporaryFolders } from './temporaryFolder.ts';

describe('git', () => {
  const newFolder = temporaryFolders();

  it('gives exit code, output and complaint, and takes input', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    const git = createGit(folder.path);
    const hashed = await git.run(['hash-object', '--stdin'], { input: Buffer.from('hello\n') });
    assert.deepEqual(
      [hashed.code, Buffer.from(hashed.stdout).toString()],
      [0, 'ce013625030ba8dba906f756967f9e9ca394464a\n'],
    );
    const failed = await git.run(['cat-file', '-t', 'nothing']);
    assert.equal(failed.code, 128);
    assert.match(failed.stderr, /^fatal: Not a valid object name nothing/u);
  });

  it('starts no program that the repository names', async () => {
    const folder = newFolder().write({
      'a.py': '',
      'mark.sh': '#!/bin/sh\ntouch "$(dirname "$0")/started"\n',
      '.git-hooks/post-index-change': '#!/bin/sh\ntouch started\n',
    });
    chmodSync(path.join(folder.path, 'mark.sh'), 0o755);
    chmodSync(path.join(folder.path, '.git-hooks/post-index-change'), 0o755);
    folder.git('init', '--quiet');
    folder.git('config', 'core.fsmonitor', path.join(folder.path, 'mark.sh'));
    folder.git('config', 'core.hooksPath', '.git-hooks');
    const git = createGit(folder.path);
    await git.run(['status']);
    await git.run(['update-index', '--add', 'a.py']);
    await git.run(['ls-files', '--others']);
    assert.equal(existsSync(path.join(folder.path, 'started')), false);
  });

  it('does not wait for a git that was cancelled', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    const token = { isCancellationRequested: false };
    // Waits for input that never ends, through an alias that starts a shell which outlives it.
    const running = createGit(folder.path).run(['-c', 'alias.wait=!sleep 30', 'wait'], { token });
    setTimeout(() => {
      token.isCancellationRequested = true;
    }, 50);
    await assert.rejects(running, { name: 'CancelledError' });
  }).timeout(5000);

  it('is not misled by a hook’s environment', async () => {
    const folder = newFolder().write({ 'sub/a.py': '' });
    folder.git('init', '--quiet');
    folder.commit('all');
    process.env['GIT_DIR'] = '.git';
    try {
      const listed = await createGit(path.join(folder.path, 'sub')).run(['ls-files']);
      assert.equal(Buffer.from(listed.stdout).toString(), 'a.py\n');
    } finally {
      delete process.env['GIT_DIR'];
    }
  });

  it('is found in a work tree alone', async () => {
    const folder = newFolder().write({ 'sub/a.py': '' });
    assert.equal(await findGit(folder.path), undefined);
    folder.git('init', '--quiet');
    assert.ok(await findGit(folder.path));
    assert.ok(await findGit(path.join(folder.path, 'sub')));
    assert.equal(await findGit(path.join(folder.path, '.git')), undefined);
    assert.equal(await findGit(path.join(folder.path, 'missing')), undefined);
  });
});

describe('finding a program', () => {
  const machine = (platform: NodeJS.Platform, PATH: string, ...programs: string[]): Machine => ({
    env: { PATH },
    platform,
    isProgram: (file) => programs.includes(file),
  });

  it('takes the first on the path, with .exe on Windows', () => {
    assert.equal(findProgram('git', machine('linux', '/a:/b:/c', '/b/git', '/c/git')), '/b/git');
    assert.equal(findProgram('git', machine('win32', 'C:\\a;"D:\\p q"', 'D:\\p q\\git.exe')), 'D:\\p q\\git.exe');
  });

  it('never takes one from the current folder', () => {
    assert.equal(findProgram('git', machine('linux', '.::bin', 'git', 'bin/git')), undefined);
    assert.equal(findProgram('git', machine('win32', '.;bin;', 'git.exe', 'bin\\git.exe')), undefined);
  });
});
