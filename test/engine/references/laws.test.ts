import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { applyEdits } from '../../../src/engine/index.ts';
import { parsePython } from '../../../src/engine/python/syntax.ts';
import { open, referencesOf, rewritten } from '../../helpers/engine.ts';

/** Pieces that meet each other in every order: names, near misses, quotes, commands, separators, line endings. */
const pieces = [
  'pixsim7_backend',
  'pixsim7_backend.main',
  'pixsim7_backend/main.py',
  'pixsim7_backend\\main.py',
  'pixsim7_backend\\\\api',
  'pixsim7_backend2',
  'my_pixsim7_backend',
  'pixsim7.backend.main',
  'pixsim7_backend.pid',
  'PIXSIM7_BACKEND',
  'import ',
  'from ',
  ' as x',
  'python ',
  'uvicorn ',
  'cd ',
  'mypy ',
  'docker ',
  'B=',
  '$B',
  '../',
  '\\.',
  '\\/',
  '\\n',
  'https://x/',
  '-m ',
  'pkill -f ',
  'def f(',
  '):',
  'class A:',
  'lambda ',
  ' for ',
  ' in ',
  '"',
  "'",
  '"""',
  'f"',
  "r'",
  '`',
  '```python\n',
  '```\n',
  '# ',
  '// ',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  ' / ',
  ', ',
  ':',
  '=',
  '.',
  '\n',
  '\r\n',
  '\t',
  '    ',
  '\\\n',
  '🎉',
  'é',
  '\ufeff',
  '├── ',
  'tree-unifier: keep',
  'x',
  '1',
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 24, size: 'max' }).map((parts) => parts.join(''));
const paths = fc.constantFrom(
  'a.py',
  'a.sh',
  'a.bat',
  'a.ps1',
  'a.md',
  'a.toml',
  'a.yml',
  'a.json',
  'a.ini',
  'Dockerfile',
  'Makefile',
  'a.txt',
  'a.ts',
);
const runs = { numRuns: 3000 };

/** The rule of completeness, in the words of ripgrep: `\bpixsim7_backend\b`, letters, digits and `_` being words. */
function occurrences(text: string): number[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}_])pixsim7_backend(?![\p{L}\p{N}_])/gu)].map((match) => match.index);
}

describe('laws of the finder and the rewriter', () => {
  it('every occurrence is in exactly one reference', async () => {
    const { session, memory } = await open({});
    await fc.assert(
      fc.asyncProperty(paths, texts, async (path, text) => {
        memory.files.set(path, text);
        const found = await session.referencesIn(path);
        assert.deepEqual(
          found.map(({ offset }) => offset),
          occurrences(text),
        );
      }),
      runs,
    );
  });

  it('nothing outside the edits changes, and every edit touches its own reference', async () => {
    const { session, memory } = await open({});
    await fc.assert(
      fc.asyncProperty(paths, texts, async (path, text) => {
        memory.files.set(path, text);
        for (const { offset, text: own, rewrite, alternatives } of await session.referencesIn(path)) {
          for (const { edits } of [...(rewrite === undefined ? [] : [rewrite]), ...alternatives]) {
            const after = applyEdits(text, edits);
            assert.ok(
              edits.some(({ start, end }) => start <= offset && offset < end),
              'an edit covers the name',
            );
            assert.equal(after.split('\n').length, text.split('\n').length, 'the number of lines stays');
            assert.ok(
              edits.every(({ start, end }) => start >= offset - 80 && end <= offset + own.length + 1),
              'edits stay near',
            );
          }
        }
      }),
      runs,
    );
  });

  it('rewriting twice is rewriting once', async () => {
    const { session, memory } = await open({});
    await fc.assert(
      fc.asyncProperty(paths, texts, async (path, text) => {
        const rewrite = async (before: string): Promise<string> => {
          memory.files.set(path, before);
          const sure = (await session.referencesIn(path)).filter(({ needsReview }) => !needsReview);
          return applyEdits(
            before,
            sure.flatMap((one) => one.rewrite?.edits ?? []),
          );
        };
        const once = await rewrite(text);
        assert.equal(await rewrite(once), once);
      }),
      runs,
    );
  });

  it('Python keeps its syntax: the same tree but for the names', async () => {
    const source = [
      'import os, pixsim7_backend.main as m  # pixsim7_backend.main',
      'from pixsim7_backend.main import (app,  # one',
      '    create)',
      'import pixsim7_backend.api',
      'x = {"app": "pixsim7_backend.main:app", \'p\': r"pixsim7_backend\\main.py"}',
      'def f(a=pixsim7_backend.api.Assets) -> "pixsim7_backend.api.Assets":',
      '    """Uses pixsim7_backend.main."""',
      '    return [pixsim7_backend.api for _ in range(3)], f"{pixsim7_backend.api!r:>{10}}"',
      '',
    ].join('\n');
    const after = await rewritten('a.py', source);
    assert.deepEqual(occurrences(after), []);
    assert.deepEqual(statements(after), statements(source));
  });

  it('so does any file made of statements', async () => {
    const { session, memory } = await open({});
    const files = fc.array(fc.constantFrom(...pythonStatements), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(files, async (lines) => {
        const before = lines.join('');
        memory.files.set('a.py', before);
        const rewrites = (await session.referencesIn('a.py')).flatMap(({ rewrite }) => rewrite ?? []);
        const after = applyEdits(
          before,
          rewrites.flatMap(({ edits }) => edits),
        );
        assert.deepEqual(statements(after), statements(before));
      }),
      { numRuns: 1000 },
    );
  });

  it('a text that is not UTF-8 is counted and never rewritten', async () => {
    const bytes = Buffer.from('# caf\xe9: pixsim7_backend.main\n', 'latin1');
    const [reference, ...others] = await referencesOf('a.py', bytes);
    assert.deepEqual(others, []);
    assert.equal(reference?.rewrite, undefined);
    assert.equal(reference?.needsReview, true);
    assert.equal(reference.reason, 'The file is not UTF-8: it is reported, not rewritten.');
  });

  it('UTF-16 with a byte order mark is read as ripgrep reads it', async () => {
    const bytes = Buffer.from('\ufeffcd pixsim7_backend\r\n', 'utf16le');
    assert.deepEqual(
      (await referencesOf('a.ps1', bytes)).map(({ column }) => column),
      [5],
    );
  });
});

/** Whole statements of every kind that may name the package; no path components, which become more strings by design. */
const pythonStatements = [
  'import pixsim7_backend\n',
  'import os, pixsim7_backend.main as m, sys\n',
  'from pixsim7_backend.api import (\n    Assets,  # one\n    router as r,\n)\n',
  'from pixsim7_backend.main \\\n    import app\n',
  'try:\n    import pixsim7_backend.main\nexcept ImportError:\n    pass\n',
  'def f(a=pixsim7_backend.main.app, *pixsim7_backend) -> "pixsim7_backend.api.Assets":\n    """pixsim7_backend/main.py"""\n    global x\n    return pixsim7_backend\n',
  'class A(pixsim7_backend.api.Assets):\n    pixsim7_backend = 1\n\n    async def g(self): return await pixsim7_backend.main.create()\n',
  'x = [pixsim7_backend.main for pixsim7_backend in y if pixsim7_backend]\n',
  'with open(f"{root}/pixsim7_backend/{name}.py") as pixsim7_backend: pass\n',
  'run([sys.executable, "-m", "pixsim7_backend.main", r"pixsim7_backend\\main.py"])\n',
  "patch('pixsim7_backend.main.create', b'pixsim7_backend')\n",
  'match x:\n    case pixsim7_backend.A(): pass\n    case _: pass\n',
  'lambda pixsim7_backend: (pixsim7_backend := 3)\n',
  'for pixsim7_backend, (a, *b) in pixsim7_backend.main.app: del pixsim7_backend\n',
  '@pixsim7_backend.main.create\ndef h(): ...\n',
  '# pixsim7_backend.main, pixsim7_backend/main.py and pixsim7_backend\n',
];

/** Kinds of statements in order: dotted names grow, so expressions are not counted. */
function statements(text: string): string[] {
  const found: string[] = [];
  parsePython(text).iterate({
    enter: ({ name }) => {
      if (/Statement$|Definition$|^String$|^FormatString$|^Comment$|⚠/u.test(name)) found.push(name);
    },
  });
  return found;
}
