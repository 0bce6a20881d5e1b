import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { verifyMarkdown, type VerifyReport } from '../../../src/engine/index.ts';

describe('the report of a verification, in Markdown', () => {
  it('has what a backend printed that did not answer, whatever that is', () => {
    const own = { role: 'other', places: [], leftBehind: 0 } as const;
    const failed = { kind: 'failed', reason: 'It ended.', output: ['first', '```', '# last'], leftBehind: 0 } as const;
    const answered = { kind: 'answered', health: { status: 200, body: '' }, leftBehind: 0 } as const;
    const report: VerifyReport = {
      backend: {
        ok: false,
        findings: [{ path: 'a.sh', line: 2, level: 'problem', message: 'b does not answer.' }],
        backends: {
          backends: [
            { ...own, name: 'a', command: 'python3 -m a', probe: answered },
            { ...own, name: 'b', command: 'python3 -m b', probe: failed },
          ],
          differences: [],
        },
      },
    };
    const expected = [
      '## Backends answer alike',
      '',
      '1 problem.',
      '',
      '| Place |  | What |',
      '| --- | --- | --- |',
      '| `a.sh:2` |  | b does not answer. |',
      '',
      '| Backend | Command | Answers |',
      '| --- | --- | --- |',
      '| a | `python3 -m a` | health 200 |',
      '| b | `python3 -m b` | did not answer |',
      '',
      '### Output of b',
      '',
      '````text',
      'first',
      '```',
      '# last',
      '````',
      '',
    ];
    assert.equal(verifyMarkdown(report), expected.join('\n'));
  });
});
