import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { temporaryFolders } from '../../node/temporaryFolder.ts';
import type { Content, Files } from './mergeSetup.ts';
import { history, inLegacyWords, mergedText, mergePair, outline } from './mergeSetup.ts';

/** A module long enough for git to know it again under another path. */
function module(name: string, changes: Readonly<Record<number, string>> = {}): string {
  const lines = Array.from({ length: 9 }, (_, i) => changes[i] ?? `${name}_${i} = ${i}`);
  return `${lines.join('\n')}\n`;
}

const binary = (...bytes: readonly number[]): Uint8Array => Uint8Array.of(0, ...bytes);
const program = (content: string): Content => ({ content, executable: true });

interface Case {
  readonly title: string;
  /** Beside a module that nobody touches. */
  readonly base: Files;
  readonly canonical: Files;
  readonly legacy: Files;
  readonly gives: readonly string[];
  /** Text of files of the result; `undefined` for those that it does not hold. */
  readonly texts?: Readonly<Record<string, string | undefined>>;
}

const cases: readonly Case[] = [
  {
    title: 'a file that both sides added, the same',
    base: {},
    canonical: { 'new.py': module('new') },
    legacy: { 'new.py': module('new') },
    gives: [],
  },
  {
    title: 'a file that both sides added, not the same',
    base: {},
    canonical: { 'new.py': 'a = 1\nb = 2\n' },
    legacy: { 'new.py': 'a = 1\nb = 3\n' },
    gives: ['conflict new.py'],
    texts: {
      'new.py': 'a = 1\n<<<<<<< canonical\nb = 2\n||||||| base\n=======\nb = 3\n>>>>>>> legacy\n',
    },
  },
  {
    title: 'a file that both sides changed in the same place',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 4: 'a_4 = "canonical"' }) },
    legacy: { 'a.py': module('a', { 4: 'a_4 = "legacy"' }) },
    gives: ['conflict a.py'],
    texts: {
      'a.py': module('a', {
        4: '<<<<<<< canonical\na_4 = "canonical"\n||||||| base\na_4 = 4\n=======\na_4 = "legacy"\n>>>>>>> legacy',
      }),
    },
  },
  {
    title: 'a file that both sides changed in other places',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 1: 'from new.app import one' }) },
    legacy: { 'a.py': module('a', { 7: 'from new.app import seven' }) },
    gives: ['merged a.py'],
    texts: { 'a.py': module('a', { 1: 'from new.app import one', 7: 'from new.app import seven' }) },
  },
  {
    title: 'a file that legacy deleted and canonical changed',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 0: 'import new.app.extra' }) },
    legacy: {},
    gives: ['conflict a.py'],
    texts: { 'a.py': module('a', { 0: 'import new.app.extra' }) },
  },
  {
    title: 'a file that canonical deleted and legacy changed',
    base: { 'a.py': module('a') },
    canonical: {},
    legacy: { 'a.py': module('a', { 0: 'import new.app.extra' }) },
    gives: ['conflict a.py'],
    texts: { 'a.py': module('a', { 0: 'import new.app.extra' }) },
  },
  {
    title: 'files that one side deleted and the other left, or both deleted',
    base: { 'a.py': module('a'), 'b.py': module('b'), 'c.py': module('c') },
    canonical: { 'a.py': module('a') },
    legacy: { 'b.py': module('b') },
    gives: ['deleted a.py', 'deleted b.py'],
  },
  {
    title: 'a file that legacy renamed and canonical changed',
    base: { 'a.py': module('a', { 0: 'import new.app.main' }) },
    canonical: { 'a.py': module('a', { 0: 'import new.app.main', 8: 'a_8 = "canonical"' }) },
    legacy: { 'b.py': module('a', { 0: 'import new.app.main', 3: 'a_3 = "legacy"' }) },
    gives: ['deleted a.py', 'merged b.py'],
    texts: {
      'a.py': undefined,
      'b.py': module('a', { 0: 'import new.app.main', 3: 'a_3 = "legacy"', 8: 'a_8 = "canonical"' }),
    },
  },
  {
    title: 'a file that canonical renamed and legacy changed',
    base: { 'a.py': module('a', { 0: 'import new.app.main' }) },
    canonical: { 'b.py': module('a', { 0: 'import new.app.main', 8: 'a_8 = "canonical"' }) },
    legacy: { 'a.py': module('a', { 0: 'import new.app.main', 3: 'a_3 = "legacy"' }) },
    gives: ['deleted a.py', 'merged b.py'],
    texts: {
      'a.py': undefined,
      'b.py': module('a', { 0: 'import new.app.main', 3: 'a_3 = "legacy"', 8: 'a_8 = "canonical"' }),
    },
  },
  {
    title: 'a file that legacy renamed and both changed in the same place',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 4: 'a_4 = "canonical"' }) },
    legacy: { 'b.py': module('a', { 4: 'a_4 = "legacy"' }) },
    gives: ['deleted a.py', 'conflict b.py'],
    texts: {
      'b.py': module('a', {
        4: '<<<<<<< canonical:a.py\na_4 = "canonical"\n||||||| base:a.py\na_4 = 4\n=======\na_4 = "legacy"\n>>>>>>> legacy:b.py',
      }),
    },
  },
  {
    title: 'a file that each side renamed otherwise',
    base: { 'a.py': module('a') },
    canonical: { 'b.py': module('a') },
    legacy: { 'c.py': module('a') },
    gives: ['conflict a.py', 'conflict b.py', 'conflict c.py'],
    texts: { 'a.py': undefined, 'b.py': module('a'), 'c.py': module('a') },
  },
  {
    title: 'a file that legacy added to a folder that canonical renamed',
    base: { 'old/a.py': module('a'), 'old/b.py': module('b') },
    canonical: { 'new/a.py': module('a'), 'new/b.py': module('b') },
    legacy: { 'old/a.py': module('a'), 'old/b.py': module('b'), 'old/c.py': 'import new.app.old\n' },
    gives: [
      'takesCanonical new/a.py',
      'takesCanonical new/b.py',
      'conflict new/c.py',
      'deleted old/a.py',
      'deleted old/b.py',
      'deleted old/c.py',
    ],
    texts: { 'new/c.py': 'import new.app.old\n', 'old/c.py': undefined },
  },
  {
    title: 'a file that legacy put in place of one that canonical has as a folder',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 0: 'changed = 1' }) },
    legacy: { 'a.py/inner.py': 'i = 1\n' },
    gives: ['deleted a.py', 'takesLegacy a.py/inner.py', 'conflict a.py~canonical'],
    texts: { 'a.py~canonical': module('a', { 0: 'changed = 1' }), 'a.py/inner.py': 'i = 1\n' },
  },
  {
    title: 'a file that both sides renamed alike, and one of the same contents that legacy renamed',
    base: { 'main.py': module('m'), 'api/main.py': module('m') },
    canonical: { 'main.py': module('m'), 'run.sh': module('m') },
    legacy: { 'main.py/inner.py': module('m'), 'run.sh': module('m') },
    gives: ['deleted main.py', 'takesLegacy main.py/inner.py'],
    texts: { 'main.py/inner.py': module('m') },
  },
  {
    title: 'a mode alone, changed on one side: the contents stay canonical’s',
    base: { 'run.sh': 'python -m new.app.main\n', 'other.sh': 'python -m new.app.other\n' },
    canonical: { 'run.sh': 'python -m new.app.main\n', 'other.sh': program('python -m new.app.other\n') },
    legacy: { 'run.sh': program('python -m new.app.main\n'), 'other.sh': 'python -m new.app.other\n' },
    gives: ['takesCanonical x other.sh', 'takesLegacy x run.sh'],
    texts: { 'run.sh': 'python -m new.app.main\n', 'other.sh': 'python -m new.app.other\n' },
  },
  {
    title: 'a mode changed on one side, contents on the other',
    base: { 'run.sh': 'python -m new.app.main\n' },
    canonical: { 'run.sh': 'python -m new.app.main --quiet\n' },
    legacy: { 'run.sh': program('python -m new.app.main\n') },
    gives: ['merged x run.sh'],
    texts: { 'run.sh': 'python -m new.app.main --quiet\n' },
  },
  {
    title: 'binary files, changed on one side and on both',
    base: { 'legacy.bin': binary(1), 'canonical.bin': binary(1), 'both.bin': binary(1) },
    canonical: { 'legacy.bin': binary(1), 'canonical.bin': binary(2), 'both.bin': binary(2) },
    legacy: { 'legacy.bin': binary(3), 'canonical.bin': binary(1), 'both.bin': binary(3) },
    gives: ['conflict both.bin', 'takesCanonical canonical.bin', 'takesLegacy legacy.bin'],
    texts: { 'both.bin': '\0\u0002', 'canonical.bin': '\0\u0002', 'legacy.bin': '\0\u0003' },
  },
  {
    title: 'a tree in CRLF: lines that canonical has keep its ending, legacy’s get it',
    base: { 'a.py': module('a'), 'new.md': 'n\n' },
    canonical: { 'a.py': module('a', { 1: 'canonical = 1' }).replaceAll('\n', '\r\n') },
    legacy: { 'a.py': module('a', { 7: 'import new.app.seven' }), 'new.md': 'changed\n', 'c.py': 'c = 1\n' },
    gives: ['merged a.py', 'takesLegacy c.py', 'conflict new.md'],
    texts: {
      'a.py': module('a', { 1: 'canonical = 1', 7: 'import new.app.seven' }).replaceAll('\n', '\r\n'),
      'c.py': 'c = 1\n',
    },
  },
  {
    title: 'a conflict in a tree in CRLF has all its lines in CRLF',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 4: 'a_4 = "canonical"' }).replaceAll('\n', '\r\n') },
    legacy: { 'a.py': module('a', { 4: 'a_4 = "legacy"' }) },
    gives: ['conflict a.py'],
    texts: {
      'a.py': module('a', {
        4: '<<<<<<< canonical\na_4 = "canonical"\n||||||| base\na_4 = 4\n=======\na_4 = "legacy"\n>>>>>>> legacy',
      }).replaceAll('\n', '\r\n'),
    },
  },
  {
    title: 'a tree in CRLF, and a file that legacy renamed and canonical changed',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 1: 'canonical = 1' }).replaceAll('\n', '\r\n') },
    legacy: { 'b.py': module('a', { 7: 'import new.app.seven' }) },
    gives: ['deleted a.py', 'merged b.py'],
    texts: { 'b.py': module('a', { 1: 'canonical = 1', 7: 'import new.app.seven' }).replaceAll('\n', '\r\n') },
  },
  {
    title: 'a tree in CRLF, and a file that canonical renamed and legacy changed',
    base: { 'a.py': module('a') },
    canonical: { 'b.py': module('a', { 1: 'canonical = 1' }).replaceAll('\n', '\r\n') },
    legacy: { 'a.py': module('a', { 7: 'import new.app.seven' }) },
    gives: ['deleted a.py', 'merged b.py'],
    texts: { 'b.py': module('a', { 1: 'canonical = 1', 7: 'import new.app.seven' }).replaceAll('\n', '\r\n') },
  },
  {
    title: 'a carriage return inside a line, which is no line ending',
    base: { 'a.py': module('a') },
    canonical: { 'a.py': module('a', { 1: 'canonical = 1' }) },
    legacy: { 'a.py': module('a', { 7: 'print("10%\r20%")' }) },
    gives: ['merged a.py'],
    texts: { 'a.py': module('a', { 1: 'canonical = 1', 7: 'print("10%\r20%")' }) },
  },
  {
    title: 'a byte order mark in canonical, or in legacy',
    base: { 'a.py': module('a'), 'b.py': module('b') },
    canonical: { 'a.py': `\ufeff${module('a')}`, 'b.py': module('b') },
    legacy: {
      'a.py': module('a', { 0: 'import new.app.x' }),
      'b.py': `\ufeff${module('b', { 0: 'import new.app.x' })}`,
    },
    gives: ['takesLegacy a.py', 'takesLegacy b.py'],
    texts: {
      'a.py': `\ufeff${module('a', { 0: 'import new.app.x' })}`,
      'b.py': module('b', { 0: 'import new.app.x' }),
    },
  },
  {
    title: 'a last line without its ending, on either side',
    base: { 'a.py': 'a = 1\nb = 2\nc = 3\n', 'b.py': 'a = 1\nb = 2\nc = 3\n', 'c.py': 'a = 1\nb = 2\nc = 3' },
    canonical: { 'a.py': 'a = 1\nb = 2\nc = 3', 'b.py': 'a = 0\nb = 2\nc = 3\n', 'c.py': 'a = 1\nb = 2\nc = 3' },
    legacy: { 'a.py': 'a = 0\nb = 2\nc = 3\n', 'b.py': 'a = 1\nb = 2\nc = 3', 'c.py': 'a = 1\nb = 2\nc = 3\nd = 4' },
    gives: ['merged a.py', 'merged b.py', 'takesLegacy c.py'],
    texts: { 'a.py': 'a = 0\nb = 2\nc = 3', 'b.py': 'a = 0\nb = 2\nc = 3', 'c.py': 'a = 1\nb = 2\nc = 3\nd = 4' },
  },
  {
    title: 'an import that canonical’s formatter wrapped, and to which legacy added a name',
    base: { 'a.py': `from new.app.api import one, two\n${module('a')}` },
    canonical: { 'a.py': `from new.app.api import (\n    one,\n    two,\n)\n${module('a', { 8: 'canonical = 1' })}` },
    legacy: { 'a.py': `from new.app.api import one, three, two\n${module('a')}` },
    gives: ['merged a.py'],
    texts: { 'a.py': `from new.app.api import one, three, two\n${module('a', { 8: 'canonical = 1' })}` },
  },
  {
    title: 'an import that canonical’s formatter wrapped, in a file that legacy changed elsewhere',
    base: { 'a.py': `from new.app.api import one, two\n${module('a')}` },
    canonical: { 'a.py': `from new.app.api import (\n    one,\n    two,\n)\n${module('a')}` },
    legacy: { 'a.py': `from new.app.api import one, two\n${module('a', { 0: 'legacy = 1' })}` },
    gives: ['takesLegacy a.py'],
    texts: { 'a.py': `from new.app.api import (\n    one,\n    two,\n)\n${module('a', { 0: 'legacy = 1' })}` },
  },
  {
    title: 'legacy names left in canonical, beside lines that legacy changed',
    base: { 'a.py': module('a', { 3: 'run("new.app.main:app")', 4: 'open("new/app/x.txt")' }) },
    canonical: { 'a.py': module('a', { 3: 'run("old_app.main:app")', 4: 'open("new/app/x.txt")' }) },
    legacy: { 'a.py': module('a', { 3: 'run("new.app.main:app")', 4: 'open("new/app/y.txt")' }) },
    gives: ['takesLegacy a.py'],
    texts: { 'a.py': module('a', { 3: 'run("old_app.main:app")', 4: 'open("new/app/y.txt")' }) },
  },
  {
    title: 'a line that legacy changed and that names the package',
    base: { 'a.py': module('a', { 3: 'from new.app.api import users' }) },
    canonical: { 'a.py': module('a', { 3: 'from new.app.api import users', 8: 'canonical = 1' }) },
    legacy: { 'a.py': module('a', { 3: 'from new.app.api.v2 import users, patch' }) },
    gives: ['merged a.py'],
    texts: { 'a.py': module('a', { 3: 'from new.app.api.v2 import users, patch', 8: 'canonical = 1' }) },
  },
];

describe('the three-way merge of', () => {
  const newFolder = temporaryFolders();

  for (const { title, base, canonical, legacy, gives, texts = {} } of cases) {
    it(title, async () => {
      const folder = newFolder();
      const withMore = (files: Files): Files => ({ 'untouched.py': module('untouched'), ...files });
      const scene = { base: withMore(base), canonical: withMore(canonical), legacy: withMore(legacy) };
      const merged = await mergePair(folder, history(folder, scene));
      assert.deepEqual(outline(merged), gives);
      const found = Object.keys(texts).map((path) => [path, mergedText(merged, path)]);
      assert.deepEqual(Object.fromEntries(found), texts);
    });
  }

  it('a bare name, which needs a person: it stays as it is', async () => {
    const folder = newFolder();
    const base = { 'a.py': module('a'), 'untouched.py': module('untouched') };
    const legacy = { ...base, 'a.py': module('a', { 4: '# old_app is what we mean', 5: 'import new.app' }) };
    const merged = await mergePair(folder, history(folder, { base, canonical: base, legacy }));
    assert.deepEqual(outline(merged), ['takesLegacy a.py']);
    assert.equal(mergedText(merged, 'a.py'), module('a', { 4: '# old_app is what we mean', 5: 'import new.app' }));
  });

  it('a line that is rewritten or not by what stands around it: nobody changed it', async () => {
    const folder = newFolder();
    const base = { 'untouched.py': module('untouched') };
    // With the canonical name in the same `try`, the legacy one needs a person; without it, it is rewritten.
    const text = (first: string, second: string): Uint8Array =>
      Buffer.from(`try:\n    from ${first} import y\nexcept ImportError:\n    ${second}\n`);
    const scene = {
      base: { ...base, 'a.py': text('new.app.x', 'from old_app.x import y') },
      canonical: { ...base, 'a.py': text('new.app.x', 'y = None') },
      legacy: { ...base, 'a.py': text('elsewhere', 'from old_app.x import y') },
    };
    const merged = await mergePair(folder, history(folder, scene));
    assert.deepEqual(outline(merged), ['merged a.py']);
    assert.equal(mergedText(merged, 'a.py'), text('elsewhere', 'y = None').toString());
  });

  it('a file in Latin-1: byte for byte, its names untouched', async () => {
    const folder = newFolder();
    const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
    const base = { 'untouched.py': module('untouched') };
    const text = (changes: Record<number, string>): string => module('a', { 0: 'é = "new.app.main"', ...changes });
    const scene = {
      base: { ...base, 'a.py': latin(inLegacyWords(text({}))) },
      canonical: { ...base, 'a.py': latin(text({ 4: 'ü = 1' })) },
      legacy: { ...base, 'a.py': latin(inLegacyWords(text({ 8: 'import new.app.x' }))) },
    };
    const merged = await mergePair(folder, history(folder, scene));
    assert.deepEqual(outline(merged), ['merged a.py']);
    const bytes = Buffer.from(merged?.[0]?.version?.bytes ?? []);
    assert.equal(bytes.toString('latin1'), text({ 4: 'ü = 1', 8: 'import old_app.x' }));
  });

  it('a file in Latin-1 that is in conflict: its markers have the same labels', async () => {
    const folder = newFolder();
    const latin = (line: string): Uint8Array => Buffer.from(`é = 1\n${line}\n`, 'latin1');
    const base = { 'untouched.py': module('untouched') };
    const [before, ours, theirs] = [latin('x = 0'), latin('x = 1'), latin('x = 2')];
    const scene = {
      base: { ...base, 'a.py': before },
      canonical: { ...base, 'a.py': ours },
      legacy: { ...base, 'a.py': theirs },
    };
    const [merged] = (await mergePair(folder, history(folder, scene))) ?? [];
    assert.equal(
      Buffer.from(merged?.version?.bytes ?? []).toString('latin1'),
      'é = 1\n<<<<<<< canonical\nx = 1\n||||||| base\nx = 0\n=======\nx = 2\n>>>>>>> legacy\n',
    );
  });

  it('a text that shows conflict markers of its own: they stay', async () => {
    const folder = newFolder();
    const shown = '<<<<<<< ours\n||||||| 1234567\n=======\n>>>>>>> theirs\n';
    const base = { 'a.md': `${module('a')}${shown}`, 'untouched.py': module('untouched') };
    const scene = {
      base,
      canonical: { ...base, 'a.md': `${module('a', { 0: 'canonical' })}${shown}` },
      legacy: { ...base, 'a.md': `${module('a', { 0: 'legacy' })}${shown}` },
    };
    const merged = await mergePair(folder, history(folder, scene));
    assert.equal(
      mergedText(merged, 'a.md'),
      `${module('a', { 0: '<<<<<<< canonical\ncanonical\n||||||| base\na_0 = 0\n=======\nlegacy\n>>>>>>> legacy' })}${shown}`,
    );
  });

  it('paths with spaces, quotes, line breaks, backslashes, other scripts, and a dash at the start', async () => {
    const folder = newFolder();
    const paths = [
      'a b.py',
      'say "a".py',
      "it's.py",
      'line\nbreak.py',
      'back\\slash.py',
      'ü/日本.py',
      '-x.py',
      ':(top).py',
    ];
    const all = (change: string): Files =>
      Object.fromEntries(paths.map((path, at) => [path, module(`m${at}`, { 4: change })]));
    const base = { 'untouched.py': module('untouched') };
    const scene = {
      base: { ...base, ...all('x = 0') },
      canonical: { ...base, ...all('x = 0') },
      legacy: { ...base, ...all('import new.app.x') },
    };
    const merged = await mergePair(folder, history(folder, scene));
    assert.deepEqual(
      outline(merged),
      [...paths].sort().map((path) => `takesLegacy ${path}`),
    );
    const texts = paths.map((path) => [path, mergedText(merged, path)]);
    assert.deepEqual(Object.fromEntries(texts), all('import new.app.x'));
  });

  it('a file that cannot be read: it takes no part, and is not one that was deleted', async () => {
    const base = { 'a.py': module('a'), 'b.py': module('b'), 'untouched.py': module('untouched') };
    const changed = module('a', { 0: 'changed = 1' });
    for (const unreadable of ['new/app/a.py', 'old_app/a.py', 'old_app/legacyOnly.py']) {
      const folder = newFolder();
      const legacy = { ...base, 'a.py': changed, 'legacyOnly.py': 'l = 1\n', 'b.py': module('b', { 0: 'b = 1' }) };
      const files = history(folder, { base, canonical: base, legacy });
      files.unreadable.add(unreadable);
      const gives = ['takesLegacy a.py', 'takesLegacy b.py', 'takesLegacy legacyOnly.py'];
      const name = unreadable.slice(unreadable.lastIndexOf('/') + 1);
      assert.deepEqual(
        outline(await mergePair(folder, files)),
        gives.filter((line) => !line.endsWith(` ${name}`)),
        unreadable,
      );
    }
  });

  it('trees of 3,000 files', async () => {
    const folder = newFolder();
    const base = Object.fromEntries(
      Array.from({ length: 3000 }, (_, i) => [`pkg${i % 60}/m${i}.py`, `import new.app.m${i}\nx = ${i}\n`]),
    );
    const legacy = { ...base, 'pkg1/m1.py': 'import new.app.m1\nx = "legacy"\n' };
    const canonical = { ...base, 'pkg2/m2.py': 'import new.app.m2\nx = "canonical"\n' };
    const merged = await mergePair(folder, history(folder, { base, canonical, legacy }));
    assert.deepEqual(outline(merged), ['takesLegacy pkg1/m1.py', 'takesCanonical pkg2/m2.py']);
  });
});
