import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatBaseline, nextBaseline, parseBaseline, readBaseline } from '../../../src/engine/index.ts';
import type { EngineError, Finding, KnownFinding } from '../../../src/engine/index.ts';
import { keyText, sorted, tally } from '../../../src/engine/gate/finding.ts';
import { goneSince, knownAmong } from '../../../src/engine/gate/known.ts';
import { findingKinds } from '../../../src/engine/gate/rules.ts';
import { MemoryFiles } from '../../helpers/memory.ts';

function finding(path: string, text: string, line = 1, size = 1): Finding {
  const region = { line, column: 1, endLine: line };
  return {
    ...{ rule: 'legacy-prose', path, region, kind: 'prose', category: 'Other' },
    ...{ text, size, message: 'It is there.', level: 'note' },
  };
}

const entries = fc.uniqueArray(
  fc.record(
    {
      path: fc.string({ unit: 'binary', minLength: 1 }),
      kind: fc.constantFrom(...findingKinds),
      text: fc.string({ unit: 'binary' }),
      count: fc.integer({ min: 1, max: 1000 }),
    },
    { noNullPrototype: true },
  ),
  { selector: keyText, maxLength: 20 },
);

/** Findings of a few keys, so that they meet. */
const findings = fc.array(
  fc
    .tuple(fc.constantFrom('a.py', 'b.py'), fc.constantFrom('x', 'y'), fc.integer({ min: 1, max: 99 }))
    .map(([path, text, line]) => finding(path, text, line)),
  { maxLength: 12 },
);

describe('a baseline', () => {
  it('is one line a key, sorted', () => {
    const text = formatBaseline([
      { path: 'b.py', kind: 'import', text: 'old.x', count: 1 },
      { path: 'a.py', kind: 'prose', text: 'old "y"', count: 2 },
      { path: 'a.py', kind: 'import', text: 'old.x', count: 1 },
    ]);
    assert.equal(
      text,
      `{
  "version": 1,
  "findings": [
    {"path":"a.py","kind":"import","text":"old.x","count":1},
    {"path":"a.py","kind":"prose","text":"old \\"y\\"","count":2},
    {"path":"b.py","kind":"import","text":"old.x","count":1}
  ]
}
`,
    );
    assert.equal(formatBaseline([]), '{\n  "version": 1,\n  "findings": []\n}\n');
  });

  it('is read as it was written, and written the same in any order', () => {
    fc.assert(
      fc.property(entries, (known) => {
        const text = formatBaseline(known);
        assert.deepEqual(parseBaseline(text, 'known.json'), sorted(known));
        assert.equal(formatBaseline([...known].reverse()), text);
        assert.equal(text.split('\n').length, known.length === 0 ? 5 : known.length + 6);
      }),
    );
  });

  it('written from findings knows them all and no more, wherever they move to', () => {
    fc.assert(
      fc.property(findings, findings, (before, added) => {
        const known = tally(before);
        const moved = before.map((one) => ({ ...one, region: { line: 500, column: 1, endLine: 500 } }));
        assert.equal(knownAmong(moved, known).size, before.length);
        assert.deepEqual(goneSince(known, moved), []);
        assert.equal(knownAmong([...moved, ...added], known).size, before.length);
      }),
    );
  });

  it('never grows by an update, and grows by what is new when it is made anew', () => {
    fc.assert(
      fc.property(findings, findings, (before, now) => {
        const known = tally(before);
        const isKnown = knownAmong(now, known);
        const report = {
          findings: now.map((one) => ({ ...one, new: !isKnown.has(one) })),
          gone: goneSince(known, now),
        };
        const counts = new Map(known.map((one) => [keyText(one), one.count]));
        const updated = nextBaseline(report, known, 'refuse');
        assert.ok(updated.every((one) => one.count <= (counts.get(keyText(one)) ?? 0)));
        assert.equal(knownAmong(now, updated).size, isKnown.size);
        assert.deepEqual(goneSince(updated, now), []);
        assert.deepEqual(sorted(nextBaseline(report, known, 'accept')), tally(now));
      }),
    );
  });

  it('takes a second occurrence for new, and two copies that differ in more lines', () => {
    const [first, second] = [finding('a.py', 'x', 1), finding('a.py', 'x', 9)];
    assert.deepEqual([...knownAmong([first, second], tally([first]))], [first]);
    const drifted = finding('b.py', '', 1, 12);
    assert.deepEqual([...knownAmong([drifted], [{ ...known('b.py', ''), count: 12 }])], [drifted]);
    assert.deepEqual([...knownAmong([drifted], [{ ...known('b.py', ''), count: 11 }])], []);
    assert.deepEqual(goneSince([{ ...known('b.py', ''), count: 15 }], [drifted]), [{ ...known('b.py', ''), count: 3 }]);
  });

  function known(path: string, text: string): KnownFinding {
    return { path, kind: 'prose', text, count: 1 };
  }

  const mend =
    'Put it back from version control, or delete it and make it anew with tree-unifier check --baseline known.json --write-baseline.';
  const damages: readonly (readonly [string, string, string])[] = [
    ['that is no JSON', '{"version": 1, "findings": [', 'it is not JSON'],
    ['that is no object', '[]', 'it has no list of findings'],
    ['without findings', '{"version": 1}', 'it has no list of findings'],
    ['of a later version', '{"version": 2, "findings": []}', 'it is not of version 1, which this program reads'],
    ['with a count of 0', entry('{"path":"a","kind":"prose","text":"x","count":0}'), badEntry(1)],
    ['with half a count', entry('{"path":"a","kind":"prose","text":"x","count":1.5}'), badEntry(1)],
    ['with an unknown kind', entry('{"path":"a","kind":"poem","text":"x","count":1}'), badEntry(1)],
    ['with a hole', entry('null'), badEntry(1)],
    [
      'that two branches made longer',
      entry('{"path":"a","kind":"prose","text":"x","count":1},{"path":"a","kind":"prose","text":"x","count":2}'),
      'entry 2 says again what an earlier one says',
    ],
  ];
  for (const [what, text, why] of damages) {
    it(`is refused in a sentence: one ${what}`, () => {
      assert.throws(
        () => parseBaseline(text, 'known.json'),
        (error: EngineError) => {
          const message = `The baseline file known.json is damaged: ${why}. ${mend}`;
          assert.deepEqual([error.name, error.code, error.message], ['EngineError', 'badSetting', message]);
          return true;
        },
      );
    });
  }

  it('that is not there is named, with the way to make it', async () => {
    await assert.rejects(readBaseline(new MemoryFiles({}), 'known.json'), {
      name: 'EngineError',
      code: 'unreadable',
      message:
        'There is no baseline file known.json. Make it with tree-unifier check --baseline known.json --write-baseline.',
    });
  });
});

function entry(text: string): string {
  return `{"version": 1, "findings": [${text}]}`;
}

function badEntry(at: number): string {
  return `entry ${at} needs a path, a kind, a text and a count above 0`;
}
