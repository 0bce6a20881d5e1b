import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Git } from '../../../src/engine/index.ts';
import { ask } from '../../../src/node/state/ask.ts';

describe('what git could not do', () => {
  const failing: Git = {
    scratch: () => Promise.reject(new Error('not asked for')),
    run: () => Promise.resolve({ code: 128, stdout: new Uint8Array(), stderr: 'fatal: No space left on device\n' }),
  };

  it('is named by its command, whatever settings come before it', async () => {
    await assert.rejects(ask(failing, ['-c', 'core.protectNTFS=false', '-c', 'core.fsync=committed', 'write-tree']), {
      code: 'git',
      message: 'git write-tree failed: fatal: No space left on device.',
    });
  });
});
