import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GitResult } from '../../src/engine/index.ts';
import { createGit, findGit } from '../../src/node/git.ts';
import { findOutside, findProgram, pathOutside, type Machine } from '../../src/node/program.ts';
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

  it('lets git find no program of the workspace', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    const kept = process.env['PATH'] ?? '';
    process.env['PATH'] = ['.', folder.path, kept].join(path.delimiter);
    const git = createGit(folder.path);
    const shown = await git.run(['-c', 'alias.path=!echo "$PATH"', 'path']).finally(() => {
      process.env['PATH'] = kept;
    });
    const folders = Buffer.from(shown.stdout).toString().trim().split(path.delimiter);
    assert.ok(folders.includes('/usr/bin'));
    assert.deepEqual([folders.includes('.'), folders.includes(folder.path)], [false, false]);
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

describe('a repository for once', () => {
  const newFolder = temporaryFolders();

  const output = (result: GitResult): string => {
    assert.equal(result.code, 0, result.stderr);
    return Buffer.from(result.stdout).toString('utf8').trim();
  };

  it('is empty and bare, in a temporary folder, and gone when disposed of', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({ 'a.py': '' }).commit('all');
    const scratch = await createGit(folder.path).scratch();
    const place = output(await scratch.run(['rev-parse', '--absolute-git-dir']));
    assert.equal(path.dirname(place), realpathSync(tmpdir()));
    assert.equal(output(await scratch.run(['rev-parse', '--is-bare-repository'])), 'true');
    assert.equal(output(await scratch.run(['for-each-ref'])), '');
    assert.equal(output(await scratch.run(['count-objects'])), '0 objects, 0 kilobytes');
    await scratch.dispose();
    assert.equal(existsSync(place), false);
    await scratch.dispose();
  });

  it('keeps its objects to itself, and knows none of the user’s', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    const commit = folder.write({ 'a.py': 'a' }).commit('all');
    const scratch = await createGit(folder.path).scratch();
    try {
      const id = output(await scratch.run(['hash-object', '-w', '--stdin'], { input: Buffer.from('mine\n') }));
      assert.equal(output(await scratch.run(['cat-file', '-p', id])), 'mine');
      assert.throws(() => folder.git('cat-file', '-e', id));
      assert.equal((await scratch.run(['cat-file', '-e', commit])).code, 1);
    } finally {
      await scratch.dispose();
    }
  });

  it('has no setting of the user or of their repository, and lets no caller lead it elsewhere', async () => {
    const folder = newFolder().write({ 'home/.gitconfig': '[merge]\n\tconflictStyle = merge\n' });
    folder.git('init', '--quiet');
    folder.git('config', 'diff.renames', 'false');
    const kept = process.env['GIT_CONFIG_GLOBAL'];
    process.env['GIT_CONFIG_GLOBAL'] = path.join(folder.path, 'home/.gitconfig');
    try {
      const scratch = await createGit(folder.path).scratch();
      const env = { GIT_DIR: path.join(folder.path, '.git'), GIT_CONFIG_GLOBAL: process.env['GIT_CONFIG_GLOBAL'] };
      const names = output(await scratch.run(['config', '--list', '--name-only'], { env })).split('\n');
      assert.deepEqual(
        names.filter((name) => /^(?:merge|diff|user)\./u.test(name)),
        [],
      );
      await scratch.dispose();
    } finally {
      if (kept === undefined) delete process.env['GIT_CONFIG_GLOBAL'];
      else process.env['GIT_CONFIG_GLOBAL'] = kept;
    }
  });

  it('says so when there is no git, or no room for it, and leaves nothing', async () => {
    const folder = newFolder().write({ 'git.sh': '#!/bin/sh\necho no room >&2\nexit 128\n', 'tmp/.keep': '' });
    chmodSync(path.join(folder.path, 'git.sh'), 0o755);
    const kept = process.env['TMPDIR'];
    process.env['TMPDIR'] = path.join(folder.path, 'tmp');
    try {
      await assert.rejects(createGit(folder.path, path.join(folder.path, 'git.sh')).scratch(), {
        name: 'EngineError',
        message: /^Git cannot make a repository in .*: no room\.$/u,
      });
      await assert.rejects(createGit(folder.path, path.join(folder.path, 'nowhere')).scratch(), {
        name: 'EngineError',
        message: /^Cannot run git in /u,
      });
      assert.deepEqual(readdirSync(path.join(folder.path, 'tmp')), ['.keep']);
    } finally {
      if (kept === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = kept;
    }
  });
});

describe('finding a program', () => {
  const machine = (platform: NodeJS.Platform, PATH: string, ...programs: string[]): Machine => ({
    env: { PATH },
    platform,
    isProgram: (file) => programs.includes(file),
    realFolder: (folder) => folder.replace(/^\/link/u, '/w'),
  });

  it('takes the first on the path, with .exe on Windows', () => {
    assert.equal(findProgram('git', machine('linux', '/a:/b:/c', '/b/git', '/c/git')), '/b/git');
    assert.equal(findProgram('git', machine('win32', 'C:\\a;"D:\\p q"', 'D:\\p q\\git.exe')), 'D:\\p q\\git.exe');
  });

  it('never takes one from the current folder', () => {
    assert.equal(findProgram('git', machine('linux', '.::bin', 'git', 'bin/git')), undefined);
    assert.equal(findProgram('git', machine('win32', '.;bin;', 'git.exe', 'bin\\git.exe')), undefined);
  });

  it('takes none out of the workspace, whether the path names it or a link to it', () => {
    const at = (root: string, PATH: string): string | undefined =>
      findOutside(root, 'git', machine('linux', PATH, ...files));
    const files = ['/w/bin/git', '/link/bin/git', '/w-too/git', '/usr/bin/git'];
    assert.equal(at('/w', '/w/bin:/w:/usr/bin'), '/usr/bin/git');
    assert.equal(at('/w', '/link/bin:/usr/bin'), '/usr/bin/git');
    assert.equal(at('/link', '/w/bin:/usr/bin'), '/usr/bin/git');
    assert.equal(at('/w', '/w/bin'), undefined);
    assert.equal(at('/w', '/w-too:/usr/bin'), '/w-too/git');
    assert.equal(at('/', '/w/bin:/usr/bin'), '/w/bin/git');
    const windows = machine('win32', 'C:\\w\\bin;D:\\g', 'C:\\w\\bin\\git.exe', 'D:\\g\\git.exe');
    assert.equal(findOutside('c:\\W', 'git', windows), 'D:\\g\\git.exe');
  });

  it('lets what is found find nothing there either', () => {
    assert.deepEqual(pathOutside('/w', machine('linux', '.:/w/bin::/link:/usr/bin:/bin')), { PATH: '/usr/bin:/bin' });
    const windows: Machine = { ...machine('win32', ''), env: { Path: 'C:\\w;bin;"D:\\p q"' } };
    assert.deepEqual(pathOutside('C:\\w', windows), { Path: 'D:\\p q' });
  });
});
