import assert from 'node:assert/strict';
import type { SyntaxNode } from '@lezer/common';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { statementStarts } from '../../../src/engine/python/statements.ts';
import { parsePython } from '../../../src/engine/python/syntax.ts';
import { onlyPiecesWith } from '../../../src/engine/text/pieces.ts';

/** `‸` stands where a statement is to begin. */
function check(marked: string): void {
  const text = marked.replaceAll('‸', '');
  const found = [...statementStarts(text)]
    .reverse()
    .reduce((shown, at) => `${shown.slice(0, at)}‸${shown.slice(at)}`, text);
  assert.equal(found, marked);
}

describe('statementStarts', () => {
  it('finds statements at the margin, each with all that is in it', () => {
    check('import a\n‸def f():\n    x = 1\n\n    return x\n\n‸y = 2\n');
  });

  it('keeps together what belongs together', () => {
    check(
      'try:\n    a\nexcept E:\n    b\nelse:\n    c\nfinally:\n    d\n‸if a:\n    b\nelif c:\n    d\n‸elsewhere = 1\n',
    );
    check('@one\n@two(\n3)\nasync def f(): pass\n‸@three\nclass A: pass\n‸x = 1\n');
  });

  it('knows brackets, continued lines and strings over several lines', () => {
    check('x = (\n1,\n[2,\n3])\n‸y = 1 + \\\n2\n‸z = """\na\n"" \\"""\nb"""\n‸u = \'it\\\'s\'\n‸v = "\'\'\'"\n‸w\n');
  });

  it('takes a short string to end with its line, and a bracket in a string or a comment for none', () => {
    check('x = "(\n‸y = 1  # it\'s (\n‸z = r"\\"\n‸w = 1\n');
  });

  it('leaves a comment at the margin with what is before it: a body may go on after it', () => {
    check('def f():\n    a\n# note\n    b\n‸c\n');
  });

  it('knows both line endings', () => {
    check('a\r\n‸b = 1 + \\\r\n2\r\n\r\n‸c\r\n');
  });

  it('is not stopped by a bracket too many', () => {
    check('a)\n‸b\n');
  });

  it('makes pieces that are parsed alone as they are among the others', () => {
    const files = fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(files, (parts) => {
        const text = parts.join('');
        const whole = parsePython(text);
        for (const { index } of text.matchAll(/here/gu)) {
          const alone = parsePython(onlyPiecesWith([index], text, statementStarts(text)));
          assert.deepEqual(place(alone.resolveInner(index, 1)), place(whole.resolveInner(index, 1)), text);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** What stands around a node, the file left out. */
function place(node: SyntaxNode | null): string[] {
  return node === null || node.name === 'Script' ? [] : [`${node.name} ${node.from}-${node.to}`, ...place(node.parent)];
}

const statements = [
  'import here\n',
  'from here.a import (b,  # one\n    c)\n',
  '"""A docstring.\n\nimport here\n"""\n',
  'def f(a=here):\n    """Of here."""\n# at the margin: here\n    return "here"\n\n\n',
  '@patch("here")\n@other\ndef g():\n    pass\n',
  'try:\n    import here\nexcept ImportError:\n    here = None\nelse:\n    pass\n',
  'class A:\n    x = {\n"a": "here",\n}\n\n    def f(self):\n        return [here for _ in f"{here!r}"]\n',
  'x = 1 + \\\nhere\n',
  "y = 'it\\'s here'; z = r'\\'\n",
  '# here\n',
  'if here: pass\nelif x:\n\there()\nelse: pass\n',
  'with open("here") as f, g() as h:\n    pass\n',
  'match here:\n    case here():\n        pass\n',
  'async def h():\n    await here\n',
  '\n',
  'w = (\nhere)\r\n',
  "s = f'''\nhere {x}\n'''\n",
];
