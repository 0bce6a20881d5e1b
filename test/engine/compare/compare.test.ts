import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compareCopies } from '../../../src/engine/compare/files.ts';
import type { Hunk } from '../../../src/engine/index.ts';
import { defaultPair } from '../../../src/engine/index.ts';
import { Names } from '../../../src/engine/tree/names.ts';
import { pair } from '../../helpers/engine.ts';

const other = pair('generation_api', 'generation_api', 'pixsim7/backend/generation', 'pixsim7.backend.generation');
const namespaces = [new Names(defaultPair), new Names(other)];

function compare(legacy: string | Uint8Array, canonical: string | Uint8Array, path = 'a.py'): string | Hunk[] {
  const bytes = (text: string | Uint8Array): Uint8Array =>
    typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { status, hunks } = compareCopies({ path, legacy: bytes(legacy), canonical: bytes(canonical) }, namespaces);
  return status === 'diverged' ? [...(hunks ?? [])] : status;
}

describe('comparison', () => {
  for (const [name, legacy, canonical] of [
    ['dotted names', 'import pixsim7_backend.a\n', 'import pixsim7.backend.main.a\n'],
    ['paths', 'x = "pixsim7_backend/a"\n', 'x = "pixsim7/backend/main/a"\n'],
    ['backslashes', "x = r'pixsim7_backend\\a'\n", "x = r'pixsim7\\backend\\main\\a'\n"],
    ['escaped backslashes', "x = 'pixsim7_backend\\\\a'\n", "x = 'pixsim7\\\\backend\\\\main\\\\a'\n"],
    ['components', 'x = r / "pixsim7_backend" / "a"\n', 'x = r / "pixsim7" / "backend" / "main" / "a"\n'],
    ['components as arguments', "join('pixsim7_backend', 'a')\n", "join('pixsim7', 'backend', 'main', 'a')\n"],
    [
      'a stale legacy name in canonical',
      'import pixsim7_backend.a\nimport pixsim7_backend.b\n',
      'import pixsim7_backend.a\nimport pixsim7.backend.main.b\n',
    ],
    ["another pair's names", 'import generation_api.x\n', 'import pixsim7.backend.generation.x\n'],
    ['line endings', 'a\npixsim7_backend\n', 'a\r\npixsim7_backend\r\n'],
    ['a byte order mark', 'a\n', '\ufeffa\n'],
    [
      'a wrapped import',
      'from pixsim7_backend.a import b, c\n',
      'from pixsim7.backend.main.a import (\n    b,\n    c,\n)\n',
    ],
    ['an unwrapped import', 'from pixsim7_backend.a import \\\n    b\n', 'from pixsim7.backend.main.a import b\n'],
  ] as const) {
    it(`sets aside: ${name}`, () => {
      assert.equal(compare(legacy, canonical), 'equivalent');
    });
  }

  for (const [name, legacy, canonical] of [
    ["one pair's name in the other's place", 'import generation_api.x\n', 'import pixsim7.backend.main.x\n'],
    ['a longer name is another name', 'x = my_pixsim7_backend\n', 'x = my_pixsim7.backend.main\n'],
    [
      'other names imported',
      'from pixsim7_backend.a import b\n',
      'from pixsim7.backend.main.a import (\n  b,\n  c,\n)\n',
    ],
    ['a comment in a wrapped import', 'from a import b\n', 'from a import (\n  b,  # why\n)\n'],
    ['the order of imported names', 'from a import b, c\n', 'from a import c, b\n'],
    ['a line break at the end', 'a\n', 'a'],
    ['white space', 'a = 1\n', 'a  = 1\n'],
  ] as const) {
    it(`counts: ${name}`, () => {
      assert.ok(Array.isArray(compare(legacy, canonical)));
    });
  }

  it('hunks name the lines on disk on both sides, past a wrapped import', () => {
    const legacy = 'from pixsim7_backend.a import b, c\nx = 1\n\ny = 2\n';
    const canonical = 'from pixsim7.backend.main.a import (\n    b,\n    c,\n)\nx = 1\n\ny = 3\nz = 4\n';
    assert.deepEqual(compare(legacy, canonical), [
      { legacyStart: 4, legacyLines: 1, canonicalStart: 7, canonicalLines: 2 },
    ]);
  });

  it('an empty side stands before the line that follows', () => {
    assert.deepEqual(compare('a\nb\nc\n', 'a\nc\n'), [
      { legacyStart: 2, legacyLines: 1, canonicalStart: 2, canonicalLines: 0 },
    ]);
    assert.deepEqual(compare('a\n', 'a\nb\n'), [
      { legacyStart: 2, legacyLines: 0, canonicalStart: 2, canonicalLines: 1 },
    ]);
  });

  it('binary files are the same or not, byte by byte', () => {
    assert.equal(compare(Uint8Array.of(1, 0, 2), Uint8Array.of(1, 0, 2), 'a.png'), 'identical');
    assert.deepEqual(compare(Uint8Array.of(1, 0, 2), Uint8Array.of(1, 0, 3), 'a.png'), []);
  });

  it('files that are not UTF-8 are compared all the same', () => {
    const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
    assert.equal(
      compare(latin('# caf\xe9\nimport pixsim7_backend.a\n'), latin('# caf\xe9\nimport pixsim7.backend.main.a\n')),
      'equivalent',
    );
  });
});
