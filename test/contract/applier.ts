import assert from 'node:assert/strict';
import type { Applied, Change, TextEdit } from '../../src/engine/index.ts';
import { refusals } from '../../src/engine/index.ts';

/** Path to text or bytes; a path with a slash at its end is a folder that holds nothing. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A workspace of one applier: empty at first, gone after the test. */
export interface ApplierWorkspace {
  write(files: Files): Promise<void>;
  /** Everything there is, empty folders too. */
  read(): Promise<Files>;
  apply(changes: readonly Change[]): Promise<Applied>;
}

/** What every applier of a plan does, whatever it writes through. */
export function applierContract(name: string, makeWorkspace: () => Promise<ApplierWorkspace>): void {
  describe(`the applier ${name}`, () => {
    let workspace: ApplierWorkspace;
    beforeEach(async () => {
      workspace = await makeWorkspace();
    });

    /** Writes the files, applies the changes, and compares all that there is then. */
    const check = async (files: Files, changes: readonly Change[], expected: Files, answer: Applied): Promise<void> => {
      await workspace.write(files);
      assert.deepEqual(await workspace.apply(changes), answer);
      assert.deepEqual(plain(await workspace.read()), plain(expected));
    };

    it('edits a file, and leaves the others alone', () =>
      check(
        { 'a/b.py': 'import old\nx = 1\n', 'c.py': 'import old\n' },
        [edit('a/b.py', 'import old\nx = 1\n', [7, 10, 'new.main'])],
        { 'a/b.py': 'import new.main\nx = 1\n', 'c.py': 'import old\n' },
        { applied: ['a/b.py'], refused: [] },
      ));

    it('makes several edits in one file, all counted from its first text', () => {
      const before = 'from old import a\nfrom old import b\nfrom old import c\n';
      return check(
        { 'm.py': before },
        [
          edit('m.py', before, [5, 8, 'longer.name']),
          edit('m.py', before, [23, 26, '']),
          edit('m.py', before, [41, 44, 'x'], [54, 54, 'end\n']),
        ],
        { 'm.py': 'from longer.name import a\nfrom  import b\nfrom x import c\nend\n' },
        { applied: ['m.py'], refused: [] },
      );
    });

    it('keeps a byte order mark, which counts as one unit', () =>
      check(
        { 'bom.py': '\uFEFFimport old\n' },
        [edit('bom.py', '\uFEFFimport old\n', [8, 11, 'new'])],
        { 'bom.py': '\uFEFFimport new\n' },
        { applied: ['bom.py'], refused: [] },
      ));

    it('keeps line endings, mixed ones too', () =>
      check(
        { 'crlf.bat': 'cd old\r\ncd old\ncd old\r\n' },
        [edit('crlf.bat', 'cd old\r\ncd old\ncd old\r\n', [3, 6, 'new'], [18, 21, 'new'])],
        { 'crlf.bat': 'cd new\r\ncd old\ncd new\r\n' },
        { applied: ['crlf.bat'], refused: [] },
      ));

    it('counts in UTF-16 units, of which an emoji has two', () =>
      check(
        { 'e.md': '🚀 é 日 old\n' },
        [edit('e.md', '🚀 é 日 old\n', [7, 10, 'nëw 🎉'])],
        { 'e.md': '🚀 é 日 nëw 🎉\n' },
        { applied: ['e.md'], refused: [] },
      ));

    it('adds no newline at the end of a file that has none', () =>
      check(
        { 'n.txt': 'old' },
        [edit('n.txt', 'old', [0, 3, 'new'])],
        { 'n.txt': 'new' },
        { applied: ['n.txt'], refused: [] },
      ));

    it('replaces a file that is not UTF-8 as a whole', () =>
      check(
        { 'latin.txt': bytes(0x6f, 0x6c, 0x64, 0xe9, 0x0a) },
        [
          {
            ...base('latin.txt'),
            type: 'edit',
            before: bytes(0x6f, 0x6c, 0x64, 0xe9, 0x0a),
            edits: [],
            content: bytes(0x6e, 0x65, 0x77, 0xff, 0xfe, 0),
          },
        ],
        { 'latin.txt': bytes(0x6e, 0x65, 0x77, 0xff, 0xfe, 0) },
        { applied: ['latin.txt'], refused: [] },
      ));

    it('creates a file in folders that are not there, and an empty one', () =>
      check(
        { 'a.py': '' },
        [create('new/deep/er/é.py', 'x = 1\n'), create('new/__init__.py', '')],
        { 'a.py': '', 'new/deep/er/é.py': 'x = 1\n', 'new/__init__.py': '' },
        { applied: ['new/__init__.py', 'new/deep/er/é.py'], refused: [] },
      ));

    it('deletes the folders that it leaves empty, and no other', () =>
      check(
        { 'p/a/b/x.py': 'x', 'p/a/y.py': 'y', 'q/r/z.py': 'z', 'q/kept.py': '' },
        [remove('p/a/b/x.py', 'x'), remove('p/a/y.py', 'y'), remove('q/r/z.py', 'z')],
        { 'q/kept.py': '' },
        { applied: ['p/a/b/x.py', 'p/a/y.py', 'q/r/z.py'], refused: [] },
      ));

    it('creates, edits and deletes together', () =>
      check(
        { 'old/a.py': 'a', 'old/b.py': 'b', 'main.py': 'import old\n' },
        [
          edit('main.py', 'import old\n', [7, 10, 'new']),
          create('new/a.py', 'a'),
          remove('old/a.py', 'a'),
          edit('old/b.py', 'b', [1, 1, '!']),
        ],
        { 'main.py': 'import new\n', 'new/a.py': 'a', 'old/b.py': 'b!' },
        { applied: ['main.py', 'new/a.py', 'old/a.py', 'old/b.py'], refused: [] },
      ));

    it('does nothing for an empty plan', () =>
      check({ 'a.py': 'a' }, [], { 'a.py': 'a' }, { applied: [], refused: [] }));

    it('refuses a file that has changed meanwhile, and applies the others', () =>
      check(
        { 'a.py': 'old, and more\n', 'b.py': 'old\n', 'c.py': 'old, and more\n' },
        [
          edit('a.py', 'old\n', [0, 3, 'new']),
          edit('b.py', 'old\n', [0, 3, 'new']),
          remove('c.py', 'old\n'),
          edit('gone.py', 'old\n', [0, 3, 'new']),
        ],
        { 'a.py': 'old, and more\n', 'b.py': 'new\n', 'c.py': 'old, and more\n' },
        {
          applied: ['b.py'],
          refused: [
            { path: 'a.py', reason: refusals.changed },
            { path: 'c.py', reason: refusals.changed },
            { path: 'gone.py', reason: refusals.gone },
          ],
        },
      ));

    it('refuses to create a file where one is now', () =>
      check(
        { 'new/a.py': 'mine\n' },
        [create('new/a.py', 'theirs\n'), create('new/b.py', 'b\n')],
        { 'new/a.py': 'mine\n', 'new/b.py': 'b\n' },
        { applied: ['new/b.py'], refused: [{ path: 'new/a.py', reason: refusals.exists }] },
      ));

    it('changes nothing the second time', async () => {
      const changes = [edit('a.py', 'old\n', [0, 3, 'new']), create('b/c.py', 'c'), remove('d/e.py', 'e')];
      const expected = { 'a.py': 'new\n', 'b/c.py': 'c' };
      const answer = { applied: ['a.py', 'b/c.py', 'd/e.py'], refused: [] };
      await check({ 'a.py': 'old\n', 'd/e.py': 'e' }, changes, expected, answer);
      await check({}, changes, expected, answer);
    });
  });
}

function base(path: string): { path: string; category: string; kind: 'tree'; reason: string; needsReview: boolean } {
  return { path, category: 'Other', kind: 'tree', reason: 'A test.', needsReview: false };
}

function edit(
  path: string,
  before: string,
  ...edits: readonly [start: number, end: number, newText: string][]
): Change {
  const asEdits: TextEdit[] = edits.map(([start, end, newText]) => ({ start, end, newText }));
  return { ...base(path), type: 'edit', before: new TextEncoder().encode(before), edits: asEdits };
}

function create(path: string, text: string): Change {
  return { ...base(path), type: 'create', content: new TextEncoder().encode(text), executable: false };
}

function remove(path: string, text: string): Change {
  return { ...base(path), type: 'delete', before: new TextEncoder().encode(text) };
}

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** One character a byte, so that a difference can be read; sorted by path. */
function plain(files: Files): [string, string][] {
  return Object.entries(files)
    .map(([path, content]): [string, string] => {
      const all = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return [path, Array.from(all, (byte) => String.fromCharCode(byte)).join('')];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
