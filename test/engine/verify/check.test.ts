import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CheckResult } from '../../../src/engine/index.ts';
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
});
