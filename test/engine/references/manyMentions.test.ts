import assert from 'node:assert/strict';
import fc from 'fast-check';
import { getLocation } from 'jsonc-parser';
import { describe, it } from 'mocha';
import { jsonPaths } from '../../../src/engine/references/scanners/jsonPaths.ts';
import { lineAt, nearbyLine } from '../../../src/engine/text/lines.ts';
import { referencesOf } from '../../helpers/engine.ts';

const json = fc
  .array(fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '"b"', '1', 'x', '// c\n', ' ', '"', '\n'), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(''));

describe('many mentions in one file', () => {
  it('have the paths in JSON that each alone has', () => {
    fc.assert(
      fc.property(json, (text) => {
        const offsets = Array.from({ length: text.length + 1 }, (_, at) => at);
        assert.deepEqual(
          jsonPaths(text, offsets),
          offsets.map((offset) => getLocation(text, offset).path),
        );
      }),
    );
  });

  it('are judged by what is near them on their line', () => {
    const short = 'a\r\nbc\nd';
    for (let at = 0; at <= short.length; at++) assert.deepEqual(nearbyLine(short, at), lineAt(short, at));
    const long = `\n${'x'.repeat(10_000)}`;
    assert.deepEqual(nearbyLine(long, 6000), { start: 2000, text: 'x'.repeat(8000) });
    assert.deepEqual(nearbyLine(long, 1000), { start: 1, text: 'x'.repeat(4999) });
  });

  // Read anew for each mention, such files take minutes.
  for (const [path, text] of [
    ['a.md', '`pixsim7_backend/main.py` '.repeat(20_000)],
    ['a.js', 'run("pixsim7_backend.main");'.repeat(20_000)],
    ['a.json', JSON.stringify(Array<string>(20_000).fill('pixsim7_backend/main.py'), null, 1)],
    ['b.json', JSON.stringify(Array<string>(20_000).fill('pixsim7_backend/main.py'))],
  ] as const)
    it(`are found in a large ${path}`, async () => {
      assert.equal((await referencesOf(path, text)).length, 20_000);
    });

  for (const [path, [open, close]] of [
    ['a.json', ['[', ']']],
    ['a.toml', ['a = [', ']']],
  ] as const)
    it(`are found in ${path}, however deep it is nested`, async () => {
      const text = `${open.repeat(50_000)}"pixsim7_backend/main.py"${close.repeat(50_000)}\n`;
      assert.deepEqual(
        (await referencesOf(path, text)).map(({ offset }) => offset),
        [text.indexOf('pixsim7')],
      );
    });
});
