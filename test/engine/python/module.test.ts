import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Module } from '../../../src/engine/python/module.ts';

describe('a module asked for its names', () => {
  const cases: readonly (readonly [text: string, name: string, answer: string])[] = [
    ['a = 1\n', 'a', 'yes'],
    ['a = 1\n', 'b', 'no'],
    ['if x:\n    a = 1\n', 'a', 'yes'],
    ['a.b = 1\n', 'a', 'no'],
    ['def __getattr__(name): ...\n', 'b', 'maybe'],
    ['globals()["x"] = 1\n', 'b', 'maybe'],
    ['Family._convert_("x", __name__, f)\n', 'b', 'maybe'],
    ['logger = logging.getLogger(__name__)\n', 'b', 'no'],
    ['if __name__ == "__main__":\n    main()\n', 'b', 'no'],
    ['setattr(sys.modules[__name__], x, 1)\n', 'b', 'maybe'],
    ['x = (\nb c\n', 'b', 'maybe'],
    ['x = (\n', 'b', 'no'],
  ];
  for (const [text, name, answer] of cases) {
    it(`${JSON.stringify(text)} binds ${name}: ${answer}`, () => {
      assert.equal(new Module(text).binds(name), answer);
    });
  }

  it('tells a star import from a product, and over a continued line', () => {
    const stars = (text: string): string[] => new Module(text).starImports.map(({ module }) => module);
    assert.deepEqual(stars('from .a import \\\n    *\nfrom b import *\n'), ['a', 'b']);
    assert.deepEqual(stars('from a import b\nc = b * 2\n'), []);
  });
});

describe('a module that changed answers alike', () => {
  const alike = (before: string, after: string, ask: (module: Module) => unknown): boolean => {
    const module = new Module(before);
    ask(module);
    return module.answersLike(new Module(after));
  };

  it('when nothing that was asked for is another', () => {
    assert.ok(alike('a = 1\n', 'a = 2\nb = 3\n', (module) => module.binds('a')));
    assert.ok(alike('a = 1\n', 'from x import *\n', () => undefined));
  });

  it('but not when a name came or went', () => {
    assert.ok(!alike('a = 1\n', 'b = 1\n', (module) => module.binds('a')));
    assert.ok(!alike('a = 1\n', 'a = 1\nb = 1\n', (module) => module.binds('b')));
  });

  it('but not when any name may be there now', () => {
    assert.ok(!alike('a = 1\n', 'def __getattr__(name): ...\n', (module) => module.binds('b')));
  });

  it('but not when it star-imports now, or makes submodules, and was asked for that', () => {
    assert.ok(!alike('a = 1\n', 'a = 1\nfrom x import *\n', (module) => module.starImports));
    assert.ok(!alike('a = 1\n', '__path__ = []\n', (module) => module.opensSubmodules));
  });

  it('but not when its `__all__` is another, and was asked for', () => {
    assert.ok(!alike('__all__ = ["a"]\n', '__all__ = ["b"]\n', (module) => module.exports('c')));
    assert.ok(!alike('a = 1\n', '__all__ = ["b"]\n', (module) => module.exports('c')));
  });
});
