import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import type { TemporaryFolder } from '../node/temporaryFolder.ts';
import { temporaryFolders } from '../node/temporaryFolder.ts';
import { runIn } from './commandLine.ts';

/** Names that a terminal, a line or a patch may stumble over, and how they are shown. */
const names: Readonly<Record<string, string>> = {
  'a\nb.py': String.raw`a\nb.py`,
  'tab\t.py': String.raw`tab\t.py`,
  'cr\r.py': String.raw`cr\r.py`,
  'red\u001B[31m.py': String.raw`red\x1b[31m.py`,
  'turned\u202Eyp.exe': String.raw`turned\u202eyp.exe`,
  'trailing .py ': 'trailing .py ',
  '"quoted\'.py': '"quoted\'.py',
  '-dash.py': '-dash.py',
  'co:lon.py': 'co:lon.py',
  'back\\slash.py': 'back\\slash.py',
  '*[a].py': '*[a].py',
  'café.py': 'café.py',
  'cafe\u0301.py': 'cafe\u0301.py',
};

describe('odd names of files', () => {
  const newFolder = temporaryFolders();

  function repository(): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    for (const root of ['pixsim7_backend', 'pixsim7/backend/main'])
      folder.write({ [`${root}/__init__.py`]: '', [`${root}/a.py`]: 'a = 1\n' });
    folder.commit('the copy');
    for (const name of Object.keys(names))
      folder.write({ [`odd/${name}`]: 'import pixsim7_backend.a\n', [`pixsim7_backend/${name}`]: 'b = 2\n' });
    folder.commit('odd names');
    return folder;
  }

  it('take one line each, and say nothing to the terminal', async () => {
    const folder = repository();
    const { out } = await runIn(folder, ['references']);
    const shown = out.split('\n').filter((line) => line.startsWith('  odd/'));
    assert.deepEqual(
      shown.sort(),
      Object.values(names)
        .map((name) => `  odd/${name}`)
        .sort(),
    );
    const phases = ['inventory', 'canonicalize', 'align', 'deduplicate'].map((phase) => `plan --phase ${phase}`);
    for (const command of [...phases, 'inventory', 'status', 'check', 'verify', 'references'])
      for (const format of ['text', 'markdown']) {
        const { out, errors } = await runIn(folder, [...command.split(' '), '--format', format]);
        assert.doesNotMatch(out, /[^\P{Cc}\n]|\u202E|a\nb\.py/u, `${command} ${format}`);
        assert.equal(errors, '');
      }
  });

  it('are in a patch that git applies, and come to the other tree', async () => {
    const [folder, other] = [repository(), newFolder()];
    cpSync(folder.path, other.path, { recursive: true });
    const args = ['--phase', 'canonicalize', '--include-review'];
    const { out } = await runIn(folder, ['plan', ...args, '--format', 'diff']);
    execFileSync('git', ['apply', '-'], { cwd: other.path, input: out });
    const applied = await runIn(folder, ['apply', ...args]);
    assert.equal(applied.errors, '');
    assert.match(applied.out, /^For the commit:\n\n {2}Phase 34\.2: [^\n]*\n\n {2}- /mu);
    const status = (it: TemporaryFolder): string => it.git('status', '--porcelain', '-z', '--untracked-files=all');
    assert.equal(status(other), status(folder));
    for (const name of Object.keys(names))
      assert.ok(status(folder).includes(path.join('pixsim7/backend/main', name)), name);
  });

  it('are one line in an error too', async () => {
    const { errors } = await runIn(newFolder(), ['references', '--root', 'x\u001B[31m']);
    assert.equal(
      errors,
      String.raw`tree-unifier: There is no folder x\x1b[31m: give the repository with --root.` + '\n',
    );
  });
});
