import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { EngineError } from '../../src/engine/index.ts';
import { openSession } from '../../src/engine/index.ts';
import { configWith, open, pair } from '../helpers/engine.ts';
import { MemoryFiles } from '../helpers/memory.ts';

describe('a session', () => {
  it('after one edited file, reads that file alone', async () => {
    const { session, memory } = await open({
      'a.py': 'import pixsim7_backend.main\n',
      'b.py': 'import pixsim7_backend.api\n',
    });
    await session.references();
    await session.inventory();
    memory.files.set('a.py', 'import pixsim7_backend.main, pixsim7_backend.api\n');
    memory.forgetReads();
    assert.deepEqual(await session.refresh(['a.py']), { references: ['a.py'], inventory: false });
    assert.deepEqual(memory.reads, ['a.py']);
    assert.equal((await session.references()).occurrences, 3);
  });

  it('an edit that changes no reference changes nothing', async () => {
    const { session, memory } = await open({ 'a.py': 'import pixsim7_backend.main\n' });
    await session.references();
    memory.files.set('a.py', 'import pixsim7_backend.main\nx = 1\n');
    assert.deepEqual(await session.refresh(['a.py']), { references: [], inventory: false });
  });

  it('a name that appears in the canonical tree mends what pointed at it', async () => {
    const { session, memory } = await open({ 'a.py': 'from pixsim7_backend.main import later\n' });
    assert.equal((await session.references()).references[0]?.target, 'missing');
    await session.inventory();
    memory.files.set('pixsim7/backend/main/main.py', 'app = 1\ndef create(): ...\ndef later(): ...\n');
    const refreshed = await session.refresh(['pixsim7/backend/main/main.py']);
    assert.deepEqual(refreshed, { references: ['a.py'], inventory: true });
    assert.equal((await session.references()).references[0]?.target, 'resolved');
  });

  it('a canonical file that comes or goes is noticed by its path', async () => {
    const { session, memory } = await open({ 'a.py': 'import pixsim7_backend.newer\n' });
    const [reference] = (await session.references()).references;
    await session.inventory();
    assert.equal(reference?.reason, 'The canonical tree has no `newer`; only the legacy tree has it.');
    memory.files.set('pixsim7/backend/main/newer.py', 'def added(): ...\n');
    const refreshed = await session.refresh(['pixsim7/backend/main/newer.py']);
    assert.deepEqual(refreshed, { references: ['a.py'], inventory: true });
    const files = (await session.inventory()).pairs[0]?.files.find(({ path }) => path === 'newer.py');
    assert.deepEqual(files, { path: 'newer.py', status: 'identical' });
  });

  it('a deleted file has no references', async () => {
    const { session, memory } = await open({ 'a.py': 'import pixsim7_backend.main\n' });
    await session.references();
    memory.files.delete('a.py');
    assert.deepEqual(await session.refresh(['a.py']), { references: ['a.py'], inventory: false });
    assert.equal((await session.references()).occurrences, 0);
  });

  it('an edit in a tree compares that file again', async () => {
    const { session, memory } = await open({});
    assert.equal((await session.inventory()).pairs[0]?.counts.diverged, 1);
    memory.files.set('pixsim7/backend/main/main.py', 'app = 1\n');
    memory.forgetReads();
    assert.equal((await session.refresh(['pixsim7/backend/main/main.py'])).inventory, true);
    assert.deepEqual(new Set(memory.reads), new Set(['pixsim7_backend/main.py', 'pixsim7/backend/main/main.py']));
    assert.equal((await session.inventory()).pairs[0]?.counts.diverged, 0);
  });

  it('an edit of a diverged file looks for no importers that it knows, and reads no other file', async () => {
    const { session, memory } = await open({ 'a.py': 'from pixsim7.backend.main.main import create\n' });
    const symbols = async (): Promise<unknown> =>
      (await session.inventory()).pairs[0]?.files.find(({ path }) => path === 'main.py')?.symbols?.canonicalOnly;
    assert.deepEqual(await symbols(), [{ name: 'create', line: 2, importedBy: ['a.py'] }]);
    memory.files.set('pixsim7/backend/main/main.py', 'app = 2\n\ndef create(): ...\n');
    memory.forgetReads();
    await session.refresh(['pixsim7/backend/main/main.py']);
    assert.deepEqual(new Set(memory.reads), new Set(['pixsim7_backend/main.py', 'pixsim7/backend/main/main.py']));
    assert.deepEqual(await symbols(), [{ name: 'create', line: 3, importedBy: ['a.py'] }]);
  });

  it('what is not UTF-8 stays named when other files change', async () => {
    const { session, memory } = await open({ 'a.py': Buffer.from('# caf\xe9 pixsim7_backend.main\n', 'latin1') });
    await session.references();
    await session.inventory();
    await session.refresh(['pixsim7/backend/main/main.py']);
    const named = async (): Promise<unknown> => (await session.references()).problems.flatMap(({ path }) => path ?? []);
    assert.deepEqual(await named(), ['a.py']);
    memory.files.set('a.py', '# café pixsim7_backend.main\n');
    await session.refresh(['a.py']);
    assert.deepEqual(await named(), []);
  });

  it('refreshing all measures all again', async () => {
    const { session, memory } = await open({});
    await session.references();
    memory.files.set('a.md', '`pixsim7_backend/main.py`\n');
    assert.deepEqual(await session.refresh('all'), { references: 'all', inventory: true });
    assert.equal((await session.references()).occurrences, 1);
  });

  it('a cancelled measure throws and is made again when asked for', async () => {
    const { session } = await open({ 'a.py': 'import pixsim7_backend.main\n' });
    await assert.rejects(session.references({ isCancellationRequested: true }), { name: 'CancelledError' });
    assert.equal((await session.references()).occurrences, 1);
  });

  it('without git says so and never guesses who is ahead', async () => {
    const { session } = await open({});
    const { pairs, problems } = await session.inventory();
    assert.equal(pairs[0]?.base, null);
    assert.match(pairs[0].noBase ?? '', /git/u);
    assert.ok(pairs[0].files.filter(({ ahead }) => ahead !== undefined).every(({ ahead }) => ahead === 'unknown'));
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['Without git there is no history: no base, and who is ahead is unknown.'],
    );
  });

  it('a file that cannot be read is named, and counts as diverged', async () => {
    const { session, memory } = await open({ 'pixsim7/backend/main/newer.py': 'x\n' });
    const read = memory.read.bind(memory);
    memory.read = async (path) => await read(path === 'pixsim7_backend/newer.py' ? 'gone' : path);
    const { pairs, problems } = await session.inventory();
    assert.deepEqual(pairs[0]?.files.find(({ path }) => path === 'newer.py')?.status, 'diverged');
    assert.ok(problems.some(({ path }) => path === 'pixsim7_backend/newer.py'));
  });
});

describe('a file that went', () => {
  it('is no file that could not be read', async () => {
    const { session, memory } = await open({ 'a.py': 'import pixsim7_backend.main\n' });
    await session.references();
    memory.files.delete('a.py');
    assert.deepEqual(await session.referencesIn('a.py'), []);
    await session.refresh(['a.py']);
    assert.deepEqual(
      (await session.references()).problems.filter(({ path }) => path !== undefined),
      [],
    );
  });
});

describe('the left side of a diff', () => {
  it('shows true divergence alone: the rest is in the words of the canonical file', async () => {
    const { session } = await open({
      'pixsim7_backend/a.py': 'from pixsim7_backend.api import a, b\nP = "pixsim7_backend\\\\x"\nlimit = 1\n',
      'pixsim7/backend/main/a.py':
        'from pixsim7.backend.main.api import (\n    a,\n    b,\n)\nP = "pixsim7/backend/main\\\\x"\nlimit = 2\n',
    });
    assert.equal(
      await session.asCanonical('pixsim7_backend/a.py'),
      'from pixsim7.backend.main.api import (\n    a,\n    b,\n)\nP = "pixsim7/backend/main\\\\x"\nlimit = 1\n',
    );
  });

  it('a file of the legacy tree alone is rewritten', async () => {
    const { session } = await open({ 'pixsim7_backend/a.py': 'import pixsim7_backend.main\n' });
    assert.equal(await session.asCanonical('pixsim7_backend/a.py'), 'import pixsim7.backend.main.main\n');
  });
});

describe('roots that cannot be', () => {
  const cases: readonly (readonly [string, ReturnType<typeof pair>, string])[] = [
    ['no such legacy root', pair('nowhere', 'nowhere', 'pixsim7/backend/main', 'pixsim7.backend.main'), 'noSuchRoot'],
    ['no such canonical root', pair('pixsim7_backend', 'pixsim7_backend', 'nowhere', 'nowhere'), 'noSuchRoot'],
    ['a file as root', pair('pixsim7_backend/main.py', 'a', 'pixsim7/backend/main', 'b'), 'rootIsFile'],
    ['the same root twice', pair('pixsim7_backend', 'a', 'pixsim7_backend', 'b'), 'sameRoot'],
    ['one root in the other', pair('pixsim7', 'a', 'pixsim7/backend/main', 'b'), 'nestedRoots'],
  ];
  for (const [name, roots, code] of cases) {
    it(name, async () => {
      const files = new MemoryFiles({ 'pixsim7_backend/main.py': '', 'pixsim7/backend/main/main.py': '' });
      await assert.rejects(openSession({ files }, configWith({ pairs: [roots] })), (error: EngineError) => {
        assert.deepEqual([error.name, error.code], ['EngineError', code]);
        assert.match(error.message, /\.$/u);
        return true;
      });
    });
  }
});
