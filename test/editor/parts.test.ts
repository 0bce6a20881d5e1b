import assert from 'node:assert/strict';
import { candidates } from '../../src/editor/codeActions/target.ts';
import { markFor } from '../../src/editor/codeActions/intentional.ts';
import { foldersWithPair } from '../../src/editor/folders/asking.ts';
import { ChangeQueue, type Changed } from '../../src/editor/folders/changeQueue.ts';
import type { Folders } from '../../src/editor/folders/index.ts';
import { CancelledError } from '../../src/engine/index.ts';
import { lineLabel } from '../../src/editor/references/lineLabel.ts';
import { folderRows } from '../../src/editor/tree/folders.ts';
import { RowTree } from '../../src/editor/tree/rowTree.ts';
import type { Row } from '../../src/editor/tree/row.ts';
import { watchProgress } from './support.ts';

describe('the mark of an intentional mention', () => {
  const mark = (path: string, text: string, language = ''): string => {
    const before = text.slice(0, text.indexOf('old')).split('\n');
    const mention = { path, text: 'old', line: before.length - 1, column: before.at(-1)?.length ?? 0, language };
    const found = markFor(mention, text.split('\n'));
    return found.kind === 'setting' ? `setting ${found.entry}` : `${found.kind} ${found.text}`;
  };
  const cases: readonly [path: string, text: string, expected: string, language?: string][] = [
    ['a/b.py', 'import old', 'lineEnd # tree-unifier: keep'],
    ['a/b.py', '"""\nold\n"""', 'setting a/b.py:old'],
    ['a/b.py', '"""Text."""\nimport old', 'lineEnd # tree-unifier: keep'],
    ['run.sh', 'python \\\n  old.py', 'setting run.sh:old'],
    ['run.sh', 'python old.py', 'lineEnd # tree-unifier: keep'],
    ['Dockerfile.dev', 'COPY old .', 'lineAbove # tree-unifier: keep'],
    ['.gitignore', 'old/', 'lineAbove # tree-unifier: keep'],
    ['setup.cfg', 'x = old', 'lineAbove # tree-unifier: keep'],
    ['a.ts', 'f("old")', 'lineEnd // tree-unifier: keep'],
    ['a.bat', 'python old.py', 'lineAbove REM tree-unifier: keep'],
    ['a.sql', 'select 1 from old', 'lineEnd -- tree-unifier: keep'],
    ['a.md', 'See old.', 'lineEnd <!-- tree-unifier: keep -->'],
    ['a.md', '```sh\ncd old\n```', 'setting a.md:old'],
    ['a.json', '{"a": "old"}', 'setting a.json:old'],
    ['a.json', '{"a": "old"}', 'lineEnd // tree-unifier: keep', 'jsonc'],
    ['app/[id].txt', 'old', 'setting app/\\[id\\].txt:old'],
  ];
  for (const [path, text, expected, language] of cases) {
    it(`is ${expected} in ${path}: ${JSON.stringify(text)}`, () => {
      assert.equal(mark(path, text, language), expected);
    });
  }
});

describe('waiting for the trees to be measured', () => {
  it('can be cancelled', async () => {
    const loading = { isLoading: true, idle: () => new Promise(() => undefined) } as unknown as Folders;
    const { titles, stop } = watchProgress('Measuring the trees');
    await assert.rejects(foldersWithPair(loading), CancelledError);
    stop();
    assert.deepEqual(titles, ['Measuring the trees']);
  });
});

describe('the label of a line', () => {
  it('is the line without its indentation, the reference marked', () => {
    assert.deepEqual(lineLabel('    import old.a', 11, 5), { label: 'import old.a', highlights: [[7, 12]] });
  });

  it('is cut around a reference far in a long line', () => {
    const { label, highlights } = lineLabel(`${'x'.repeat(1000)}old.a${'y'.repeat(1000)}`, 1000, 5);
    const [[start, end] = [0, 0]] = highlights;
    assert.equal(label.slice(start, end), 'old.a');
    assert.ok(label.length < 210);
  });
});

describe('the files that a rewritten reference may point at', () => {
  const tree = { root: 'new/pkg', package: 'new.pkg' };

  it('are the deepest first', () => {
    assert.deepEqual(candidates(tree, 'new.pkg.api:app'), [
      'new/pkg/api/app',
      'new/pkg/api/app.py',
      'new/pkg/api/app/__init__.py',
      'new/pkg/api.py',
      'new/pkg/api/__init__.py',
      'new/pkg/__init__.py',
    ]);
  });

  for (const text of ['new/pkg/a.py', 'new\\pkg\\a.py', 'new\\\\pkg\\\\a.py', '"new" / "pkg" / "a.py"']) {
    it(`are found in ${text}`, () => {
      assert.equal(candidates(tree, text)[0], 'new/pkg/a.py');
    });
  }
});

describe('the queue of changes', () => {
  it('hands on what comes together as one batch, and what comes meanwhile as the next', async () => {
    const batches: Changed[] = [];
    const queue: ChangeQueue = new ChangeQueue((changed) => {
      batches.push(changed);
      if (batches.length === 1) queue.add('c');
      return Promise.resolve();
    }, 5);
    queue.add('a');
    queue.add('b');
    queue.add('a');
    await queue.idle();
    assert.deepEqual(batches, [['a', 'b'], ['c']]);
  });

  it('lets a saved file wait for nothing', async () => {
    const batches: Changed[] = [];
    const queue = new ChangeQueue((changed) => {
      batches.push(changed);
      return Promise.resolve();
    }, 60_000);
    queue.add('a');
    queue.addSaved('b');
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(batches, [['a', 'b']]);
  });

  it('takes very many changes for a change of everything', async () => {
    const batches: Changed[] = [];
    const queue = new ChangeQueue((changed) => {
      batches.push(changed);
      return Promise.resolve();
    }, 5);
    for (let index = 0; index < 300; index++) queue.add(String(index));
    await queue.idle();
    assert.deepEqual(batches, ['all']);
  });
});

describe('rows of folders', () => {
  it('join folders that hold one folder alone', () => {
    const rows = folderRows(['a/b/c.py', 'a/b/d.py', 'e/f.py', 'g.py'], {
      path: (file) => file,
      row: (file, name) => ({ id: name, label: file, spoken: file }),
      expanded: true,
    });
    const outline = (of: readonly Row[]): unknown[] =>
      of.map(({ label, children }) => (Array.isArray(children) ? [label, outline(children as Row[])] : label));
    assert.deepEqual(outline(rows), [['a/b', ['a/b/c.py', 'a/b/d.py']], ['e', ['e/f.py']], 'g.py']);
  });
});

describe('a tree of rows', () => {
  const leaf = (id: string, description = ''): Row => ({ id, label: id, description, spoken: id });
  const group = (id: string, ...children: Row[]): Row => ({ id, label: id, spoken: id, children });

  it('draws again only the topmost rows that look different', async () => {
    const tree = new RowTree();
    tree.update([group('a', leaf('x'), leaf('y')), group('b', leaf('z'))]);
    for (const root of await tree.getChildren()) await tree.getChildren(root);
    const drawn: unknown[] = [];
    tree.onDidChangeTreeData((places) => drawn.push(places?.map(({ row }) => row.id)));
    tree.update([group('a', leaf('x'), leaf('y', 'new')), group('b', leaf('z'))]);
    tree.update([group('a', leaf('x'), leaf('y', 'new')), group('b', leaf('z'))]);
    tree.update([group('a', leaf('x')), group('b', leaf('z', 'new'))]);
    tree.update([group('a', leaf('x'))]);
    assert.deepEqual(drawn, [['y'], ['a', 'z'], undefined]);
  });
});
