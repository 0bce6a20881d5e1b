import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { findHunks } from '../../../src/engine/compare/hunks.ts';
import { comparisonLines, setAside } from '../../../src/engine/compare/lines.ts';
import { besideCanonical } from '../../../src/engine/compare/sideBySide.ts';
import { Names } from '../../../src/engine/tree/names.ts';
import { pair } from '../../helpers/engine.ts';

const namespaces = [new Names(pair('old_app', 'old_app', 'new/app', 'new.app'))];

/** What the rewriter makes of these small texts. */
function rewrite(text: string): string {
  return text.replaceAll('old_app.', 'new.app.').replaceAll('old_app/', 'new/app/');
}

function beside(legacy: string, canonical: string, path = 'a.py'): string {
  return besideCanonical(path, legacy, rewrite(legacy), canonical, namespaces);
}

interface Case {
  readonly title: string;
  readonly legacy: string;
  readonly canonical: string;
  readonly gives: string;
}

const cases: readonly Case[] = [
  {
    title: 'what says the same is canonical’s, whatever its words',
    legacy: 'import old_app.x\nrun("old_app")\n',
    canonical: 'import old_app.x\nrun("new.app")\n',
    gives: 'import old_app.x\nrun("new.app")\n',
  },
  {
    title: 'what differs is the rewritten legacy line',
    legacy: 'import old_app.x\nimport old_app.y\nz = 1\n',
    canonical: 'import new.app.x\nz = 1\nmore = 1\n',
    gives: 'import new.app.x\nimport new.app.y\nz = 1\n',
  },
  {
    title: 'an import is wrapped as canonical wraps it',
    legacy: 'from old_app.x import a, b\ny = 1\n',
    canonical: 'from new.app.x import (\n    a,\n    b,\n)\nz = 1\n',
    gives: 'from new.app.x import (\n    a,\n    b,\n)\ny = 1\n',
  },
  {
    title: 'an import that canonical unwrapped is unwrapped',
    legacy: 'from old_app.x import (\n    a,\n    b,\n)\ny = 1\n',
    canonical: 'from new.app.x import a, b\n',
    gives: 'from new.app.x import a, b\ny = 1\n',
  },
  {
    title: 'lines of canonical in CRLF keep it',
    legacy: 'a = 1\nb = 1\nc = 1\n',
    canonical: 'a = 1\r\nc = 1\r\n',
    gives: 'a = 1\r\nb = 1\nc = 1\r\n',
  },
  { title: 'legacy alone has the last line ending', legacy: 'a = 1\n', canonical: 'a = 1', gives: 'a = 1\n' },
  { title: 'canonical alone has the last line ending', legacy: 'a = 1', canonical: 'a = 1\n', gives: 'a = 1' },
  {
    title: 'a line without its ending that is not the last any more gets one',
    legacy: 'a = 1\nb = 1\n',
    canonical: 'a = 1',
    gives: 'a = 1\nb = 1\n',
  },
  {
    title: 'that ending is the one of the lines around it',
    legacy: 'a = 1\r\nb = 1\r\nc = 1\r\n',
    canonical: 'a = 1\r\nb = 1',
    gives: 'a = 1\r\nb = 1\r\nc = 1\r\n',
  },
  {
    title: 'a legacy line without its ending goes before one of canonical’s',
    legacy: 'b = 1\na = 1',
    canonical: 'a = 1\nb = 1\n',
    gives: 'b = 1\na = 1',
  },
  { title: 'blank lines at the end are lines', legacy: 'a = 1\n\n\n', canonical: 'a = 1\n', gives: 'a = 1\n\n\n' },
  { title: 'so they are in canonical', legacy: 'a = 1\n', canonical: 'a = 1\n\n\n', gives: 'a = 1\n' },
  { title: 'legacy is empty', legacy: '', canonical: 'a = 1\n', gives: '' },
  { title: 'canonical is empty', legacy: 'a = 1\n', canonical: '', gives: 'a = 1\n' },
  { title: 'legacy is a blank line', legacy: '\n', canonical: '', gives: '\n' },
  {
    title: 'a byte order mark in canonical',
    legacy: 'a = 1\nb = 1\n',
    canonical: '\ufeffa = 1\n',
    gives: '\ufeffa = 1\nb = 1\n',
  },
];

describe('the legacy file beside the canonical one', () => {
  for (const { title, legacy, canonical, gives } of cases) {
    it(title, () => {
      assert.equal(beside(legacy, canonical), gives);
    });
  }

  it('is as rewritten when the rewriter made other lines of it', () => {
    assert.equal(besideCanonical('a.py', 'a\n', 'b\nc\n', 'a\n', namespaces), 'b\nc\n');
  });

  it('wraps nothing in a file that is not Python', () => {
    const legacy = 'from old_app.x import a, b\n';
    const canonical = 'from new.app.x import (\n    a,\n    b,\n)\n';
    assert.equal(beside(legacy, canonical, 'a.md'), 'from new.app.x import a, b\n');
  });

  describe('for any two texts', () => {
    const line = fc.constantFrom('a = 1', 'b = 2', 'c = 3', '', 'import old_app.x', 'run("old_app/x.py")', 'old_app');
    const ending = fc.constantFrom('\n', '\n', '\r\n');
    const text = fc.tuple(fc.array(fc.tuple(line, ending), { maxLength: 10 }), fc.boolean()).map(([lines, ended]) => {
      const whole = lines.map(([content, end]) => content + end).join('');
      return ended ? whole : whole.replace(/\r?\n$/u, '');
    });
    const canonicalText = text.map((content) =>
      content.replace('old_app.', 'new.app.').replace('old_app/', 'new/app/'),
    );
    const linesOf = (content: string): string[] =>
      comparisonLines(setAside(content, namespaces), true).map((one) => one.text);

    it('says the same as legacy, line by line', () => {
      fc.assert(
        fc.property(text, canonicalText, (legacy, canonical) => {
          assert.deepEqual(linesOf(beside(legacy, canonical)), linesOf(legacy));
        }),
        { seed: 11, numRuns: 2000 },
      );
    });

    it('differs from canonical in as many hunks as legacy does, and nowhere else', () => {
      fc.assert(
        fc.property(text, canonicalText, (legacy, canonical) => {
          const shown = beside(legacy, canonical);
          const compare = (left: string, right: string, words: (text: string) => string[]): number => {
            const asLines = (content: string): { text: string; line: number; count: number }[] =>
              words(content).map((one, at) => ({ text: one, line: at + 1, count: 1 }));
            return findHunks(asLines(left), asLines(right)).reduce(
              (sum, hunk) => sum + hunk.legacyLines + hunk.canonicalLines,
              0,
            );
          };
          const exact = (content: string): string[] => content.replace(/\r?\n$/u, '').split(/\r?\n/u);
          assert.equal(
            compare(shown, canonical, exact),
            compare(legacy, canonical, (content) => linesOf(content.replace(/\r?\n$/u, ''))),
          );
        }),
        { seed: 12, numRuns: 2000 },
      );
    });
  });
});
