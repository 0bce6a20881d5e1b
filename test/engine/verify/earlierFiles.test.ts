import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { EngineError } from '../../../src/engine/errors.ts';
import type { Git } from '../../../src/engine/ports.ts';
import { WorkspaceFiles } from '../../../src/engine/tree/files.ts';
import { EarlierFiles } from '../../../src/engine/verify/earlierFiles.ts';
import { ImportScan } from '../../../src/engine/verify/imports.ts';
import { pair } from '../../helpers/engine.ts';

const blobs = new Map([
  ['a1', 'import app.core.gone\n'],
  ['b2', ''],
]);

/** A git that knows one tree: two Python files, a picture, a link. */
const git: Git & { asked: string[] } = {
  asked: [],
  scratch: () => Promise.reject(new Error('not asked')),
  run(args, options) {
    git.asked.push(args[0] ?? '');
    const answer = (stdout: string, code = 0) =>
      Promise.resolve({ code, stdout: new TextEncoder().encode(stdout), stderr: code === 0 ? '' : 'bad object' });
    if (args.includes('nothing')) return answer('', 128);
    if (args[0] === 'ls-tree')
      return answer(
        '100644 blob a1\tuse.py\x00100644 blob b2\tapp/core/__init__.py\x00100644 blob c3\tx.png\x00120000 blob d4\tlink.py\x00',
      );
    const ids = new TextDecoder().decode(options?.input).trim().split('\n');
    return answer(ids.map((id) => `${id} blob ${blobs.get(id)?.length ?? 0}\n${blobs.get(id) ?? ''}\n`).join(''));
  },
};

describe('an earlier state', () => {
  it('is measured as the present one is, with one reading of all Python files', async () => {
    git.asked = [];
    const files = new WorkspaceFiles(new EarlierFiles(git, 'HEAD~1'));
    const found = await new ImportScan([pair('old', 'old', 'app/core', 'app.core')], files).all();
    assert.deepEqual(
      found.map(({ path, module }) => [path, module]),
      [['use.py', 'app.core.gone']],
    );
    assert.deepEqual(await files.list(), ['app/core/__init__.py', 'use.py', 'x.png']);
    assert.deepEqual(git.asked, ['ls-tree', 'cat-file']);
  });

  it('leaves out what is excluded, and says what it cannot read', async () => {
    const files = new EarlierFiles(git, 'HEAD', (path) => path !== 'use.py');
    assert.deepEqual(await files.list(), ['app/core/__init__.py', 'x.png']);
    assert.deepEqual(await files.stat('app'), { kind: 'directory', size: 0 });
    await assert.rejects(files.read('x.png'), new EngineError('unreadable', 'x.png cannot be read at HEAD.'));
    await assert.rejects(new EarlierFiles(git, 'nothing').list(), {
      code: 'git',
      message: 'Cannot read the earlier state nothing: bad object. Name another commit.',
    });
  });
});
