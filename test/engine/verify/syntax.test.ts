import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findSyntaxError } from '../../../src/engine/verify/syntax.ts';

function place(text: string): string | undefined {
  const found = findSyntaxError('a.py', text);
  return found === undefined ? undefined : `${found.line}:${found.column} ${found.message}`;
}

describe('the syntax of a Python file', () => {
  for (const text of [
    'def f():\n    yield\n    x = yield\n    g((yield))\n',
    'x = [1., 2.e5, 3.j, 1_0.]\n',
    'for a, *b in c: ...\n[d for *_, d in e]\n',
    'x = [a * b for c in d]\n',
    'with a as b.c, d as e[0], f as (g, *h):\n    pass\n',
    'with (\n    a as b,  # why\n    c(")") as d,\n):\n    pass\n',
    'with (a): ...\nwith (a, b): ...\n',
    'match a:\n    case B() | {}: ...\n    case c.D():\n        pass\n',
    'class A(Generic[*Ts]): ...\nf = lambda a, /, b: a\n',
    'x = rf"\\{{{a}\\}}"\n',
    '\f\nclass A:\n    x = 1\n\n\f\n    y = 2  \f\n\fz = 3\n',
    'type X[T] = list[T]\nx = f"{a["b"]}"\n',
    '\uFEFFx = 1\n',
    'if a:\r\n\tx = 1\r\n        \r\n',
    'x = """\n<<<<<<< ours\n>>>>>>> theirs\n"""\n',
  ]) {
    it(`is right: ${JSON.stringify(text)}`, () => {
      assert.equal(place(text), undefined);
    });
  }

  for (const [text, expected] of [
    ['x = (1\ny = 2\n', '2:1 Python cannot read this file: the trouble begins at `y = 2`.'],
    ['def f():\nreturn 1\n', '2:1 Python cannot read this file: the trouble begins at `return 1`.'],
    ['x = 1\n    y = 2\n', '2:5 Python cannot read this file: the trouble begins at `y = 2`.'],
    ['if a:\n    b\n      c\n', '3:7 Python cannot read this file: the trouble begins at `c`.'],
    ['print "a"\n', '1:1 Python cannot read this file: the trouble begins at `print "a"`.'],
    ['x = "abc\n', '1:5 Python cannot read this file: the trouble begins at `x = "abc`.'],
    ['x = 1\n<<<<<<< ours\nx = 2\n=======\nx = 3\n>>>>>>> theirs\n', '2:1 A marker of a merge conflict was left here.'],
  ] as const) {
    it(`is wrong: ${JSON.stringify(text)}`, () => {
      assert.equal(place(text), expected);
    });
  }
});
