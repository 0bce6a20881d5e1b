import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckResult, Git } from '../../../src/engine/index.ts';
import { openSession, parseConfig, verify } from '../../../src/engine/index.ts';
import { MemoryFiles } from '../../helpers/memory.ts';

describe('checks', () => {
  it('tell when each begins and what it found, in their own order, those alone that are wanted', async () => {
    const { config } = parseConfig({});
    const ports = { files: new MemoryFiles({ 'pixsim7_backend/a.py': '', 'pixsim7/backend/main/a.py': 'def' }) };
    const told: [string, CheckResult | undefined][] = [];
    const world = { session: await openSession(ports, config), config, ports };
    const report = await verify(world, ['syntax', 'imports'], { onCheck: (...news) => told.push([news[0], news[1]]) });
    assert.deepEqual(told, [
      ['imports', undefined],
      ['imports', report.imports],
      ['syntax', undefined],
      ['syntax', report.syntax],
    ]);
    assert.deepEqual([report.imports?.ok, report.syntax?.ok], [true, false]);
  });

  it('look for mistakes in the canonical trees, and in what changed since the last commit', async () => {
    const { config } = parseConfig({});
    const wrong = 'def f(:\n';
    const files = new MemoryFiles({
      'pixsim7_backend/a.py': wrong,
      'pixsim7/backend/main/a.py': wrong,
      'tools/changed.py': wrong,
      'tools/kept.py': wrong,
    });
    const git: Git = {
      run: (args) => {
        const named = args[0] === 'diff' ? 'tools/changed.py\0pixsim7_backend/gone.py\0' : '';
        return Promise.resolve({ code: 0, stdout: new TextEncoder().encode(named), stderr: '' });
      },
      scratch: () => Promise.reject(new Error('not asked for')),
    };
    const session = await openSession({ files }, config);
    const { syntax } = await verify({ session, config, ports: { files, git } }, ['syntax']);
    assert.deepEqual(
      syntax?.findings.map(({ path }) => path),
      ['pixsim7/backend/main/a.py', 'tools/changed.py'],
    );
  });

  it('compare with the files that a checkpoint holds, by its name', async () => {
    const { config } = parseConfig({});
    const files = new MemoryFiles({
      'pixsim7_backend/a.py': '',
      'pixsim7/backend/main/a.py': 'import pixsim7.backend.main.gone\n',
    });
    const read: string[] = [];
    const git: Git = {
      run: (args) => {
        if (args[0] === 'ls-tree') read.push(args.at(-1) ?? '');
        return Promise.resolve({ code: 0, stdout: new Uint8Array(), stderr: '' });
      },
      scratch: () => Promise.reject(new Error('not asked for')),
    };
    const world = { session: await openSession({ files, git }, config), config, ports: { files, git } };
    const { imports } = await verify(world, ['imports'], { since: 'before' });
    assert.deepEqual(
      [read, imports?.findings.map((one) => one.new)],
      [['refs/tree-unifier/checkpoints/before:files'], [true]],
    );
  });
});
