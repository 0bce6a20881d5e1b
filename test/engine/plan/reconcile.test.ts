import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Plan } from '../../../src/engine/index.ts';
import { outcomesOf } from '../../../src/engine/index.ts';
import { openWorkspace, type Workspace } from '../../helpers/workspace.ts';
import { temporaryFolders, type TemporaryFolder } from '../../node/temporaryFolder.ts';

const settings = {
  pairs: [{ legacy: { root: 'old' }, canonical: { root: 'src/new', package: 'src.new' } }],
  taskFile: 'TASK.md',
};
const only = { only: new Set(['merge']) };

/** What the plan makes of each file, as text; `null` where it deletes it. */
function results(plan: Plan): Record<string, string | null> {
  const decoder = new TextDecoder();
  return Object.fromEntries(
    outcomesOf(plan.changes).map(({ path, after }) => [path, after === undefined ? null : decoder.decode(after)]),
  );
}

describe('reconciling the trees', () => {
  const newFolder = temporaryFolders();

  /** A copy made of these files, with what either side did to it since. */
  function drifted(
    base: Readonly<Record<string, string>>,
    legacy: (folder: TemporaryFolder) => void,
    canonical: (folder: TemporaryFolder) => void,
  ): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    const below = (root: string, text: (old: string) => string): Record<string, string> =>
      Object.fromEntries(Object.entries(base).map(([path, old]) => [`${root}/${path}`, text(old)]));
    folder.write(below('old', (old) => old)).commit('legacy');
    folder.write(below('src/new', (old) => old.replaceAll('old', 'src.new'))).commit('the copy');
    legacy(folder);
    folder.commit('legacy goes on');
    canonical(folder);
    folder.commit('canonical goes on');
    return folder;
  }

  const base = {
    '__init__.py': '',
    'a.py': 'from old import b\n\none = 1\n\n\ntwo = 2\n\n\nthree = 3\n',
    'b.py': 'def kept():\n    return "old.a"\n\n\ndef gone():\n    return 2\n',
    'c.py': 'def all_of_it():\n    return 3\n',
  };

  const open = (folder: TemporaryFolder): Promise<Workspace> => openWorkspace(folder.path, settings);

  it('brings both sides’ changes together, and says why', async () => {
    const folder = drifted(
      base,
      (it) => it.write({ 'old/a.py': base['a.py'].replace('one = 1', 'one = 11'), 'old/new.py': 'import old.b\n' }),
      (it) =>
        it.write({ 'src/new/a.py': base['a.py'].replaceAll('old', 'src.new').replace('three = 3', 'three = 33') }),
    );
    const plan = await (await open(folder)).plan('canonicalize', only);
    assert.deepEqual(results(plan), {
      'src/new/a.py': 'from src.new import b\n\none = 11\n\n\ntwo = 2\n\n\nthree = 33\n',
      'src/new/new.py': 'import src.new.b\n',
    });
    assert.deepEqual(plan.blockers, []);
    assert.match(
      plan.changes.map(({ reason }) => reason).join('\n'),
      /^Both sides changed it since the base, in different places\.\nOnly legacy has it: added there in [0-9a-f]{7,} “legacy goes on”\.$/u,
    );
  });

  /** Canonical has removed `gone`, which legacy still has; legacy has removed `c.py`, which canonical still has. */
  const removedOnEitherSide = (): TemporaryFolder =>
    drifted(
      base,
      (it) => it.remove('old/c.py'),
      (it) => it.write({ 'src/new/b.py': `${base['b.py'].replaceAll('old', 'src.new').split('\n\n\n')[0] ?? ''}\n` }),
    );

  it('names definitions that would go, with their commit, and waits for a person before it takes them away', async () => {
    const workspace = await open(removedOnEitherSide());
    const { changes, blockers, notes } = await workspace.plan('canonicalize', only);
    assert.deepEqual(
      changes.map(({ type, path, needsReview }) => [type, path, needsReview]),
      [['delete', 'src/new/c.py', true]],
    );
    assert.match(
      changes[0]?.reason ?? '',
      /^Legacy deleted or renamed it since the base in [0-9a-f]+ “legacy goes on”, canonical did not change it\. The result does not hold `all_of_it` \(canonical, line 1\): legacy removed it in [0-9a-f]+ “legacy goes on”\.$/u,
    );
    assert.deepEqual([blockers, notes.map(({ path }) => path)], [[], ['src/new/b.py']]);
    assert.match(
      notes[0]?.reason ?? '',
      /^Canonical changed it since the base, legacy did not\. The result does not hold `gone` \(legacy, line 5\): canonical removed it in [0-9a-f]+ “canonical goes on”\.$/u,
    );
  });

  it('leaves the phase open until the loss is accepted', async () => {
    const folder = removedOnEitherSide().write({ 'old/a.py': `${base['a.py']}\n\nfour = 4\n` });
    const workspace = await open(folder);
    const seen = async (): Promise<[string, string | undefined, string | undefined]> => [
      (await workspace.session.phase('canonicalize')).state,
      /^- \[(.)\] \*\*Phase 2 /mu.exec(workspace.text('TASK.md') ?? '')?.[1],
      workspace.text('src/new/c.py'),
    ];
    await workspace.apply('canonicalize');
    assert.deepEqual(await seen(), ['open', ' ', base['c.py']]);
    await workspace.apply('canonicalize', { includeReview: true });
    assert.deepEqual(await seen(), ['done', 'X', undefined]);
  });

  it('takes an accepted loss, and both copies say the same afterwards', async () => {
    const without = `${base['b.py'].replaceAll('old', 'src.new').split('\n\n\n')[0] ?? ''}\n`;
    const folder = drifted(
      base,
      (it) => it.remove('old/c.py'),
      (it) => it.write({ 'src/new/b.py': without }),
    );
    const workspace = await open(folder);
    const choices = new Map([
      ['src/new/b.py', 'merge'],
      ['old/c.py', 'merge'],
    ] as const);
    const report = await workspace.apply('canonicalize', { ...only, choices });
    assert.deepEqual(report.files, ['old/b.py', 'src/new/c.py']);
    assert.equal(workspace.text('old/b.py'), without.replaceAll('src.new', 'old'));
    assert.deepEqual(await workspace.plan('canonicalize', only).then(({ changes, blockers }) => [changes, blockers]), [
      [],
      [],
    ]);
  });

  /** Copied as `new.py`, with only names changed; then legacy goes on with the old one. */
  const renamedByTheCopy = (copy: string): TemporaryFolder => {
    const folder = newFolder();
    const old = ['import old', ...[1, 2, 3, 4].map((n) => `def f${n}():\n    return ${n}`), ''].join('\n\n\n');
    folder.git('init', '--quiet');
    folder.write({ 'old/__init__.py': '', 'old/a.py': base['c.py'], 'old/old.py': old }).commit('legacy');
    folder
      .write({ 'src/new/__init__.py': '', 'src/new/a.py': base['c.py'], 'src/new/new.py': copy })
      .commit('the copy');
    folder.write({ 'old/old.py': old.replace('return 4', 'return 44') }).commit('legacy goes on');
    return folder;
  };
  const copied = ['import src.new', ...[1, 2, 3, 4].map((n) => `def f${n}():\n    return ${n}`), ''].join('\n\n\n');

  it('follows a file that the copy renamed', async () => {
    const { changes, notes } = await (await open(renamedByTheCopy(copied))).plan('canonicalize', only);
    assert.deepEqual(
      changes.map(({ type, path }) => `${type} ${path}`),
      ['edit src/new/new.py'],
    );
    assert.match(changes[0]?.reason ?? '', /^Canonical renamed it since the base in .*, and legacy changed it\.$/u);
    const reason = 'The copy has it by another name: what legacy changed goes there.';
    assert.deepEqual(notes, [{ path: 'src/new/old.py', reason }]);
  });

  it('brings over what the copy left out, though another file of it has much in common', async () => {
    const shorter = copied.slice(0, copied.indexOf('def f3'));
    const plan = await (await open(renamedByTheCopy(shorter))).plan('canonicalize', only);
    assert.deepEqual(
      plan.changes.map(({ type, path }) => `${type} ${path}`),
      ['create src/new/old.py'],
    );
  });

  const conflicting = (): TemporaryFolder =>
    drifted(
      base,
      (it) => it.write({ 'old/a.py': base['a.py'].replace('two = 2', 'two = "old.b"') }),
      (it) => it.write({ 'src/new/a.py': base['a.py'].replaceAll('old', 'src.new').replace('two = 2', 'two = 3') }),
    );

  it('blocks a conflict until somebody decides', async () => {
    const { changes, conflicts, blockers } = await (await open(conflicting())).plan('canonicalize', only);
    assert.deepEqual([changes, conflicts, blockers.map(({ path }) => path)], [[], ['src/new/a.py'], ['src/new/a.py']]);
  });

  it('writes a conflict with markers when that is accepted, and waits for it to be resolved', async () => {
    const workspace = await open(conflicting());
    await workspace.apply('canonicalize', { ...only, writeConflicts: true });
    const marked = `from src.new import b

one = 1


<<<<<<< canonical
two = 3
||||||| base
two = 2
=======
two = "src.new.b"
>>>>>>> legacy


three = 3
`;
    assert.equal(workspace.text('src/new/a.py'), marked);
    const { changes, blockers } = await workspace.plan('canonicalize', { ...only, writeConflicts: true });
    assert.deepEqual(changes, []);
    assert.match(blockers[0]?.reason ?? '', /^It has conflict markers\./u);
  });

  it('brings no conflict over that somebody has yet to resolve in legacy', async () => {
    const marked = base['a.py'].replace('two = 2', '<<<<<<< HEAD\ntwo = 3\n=======\ntwo = 4\n>>>>>>> other');
    const workspace = await open(
      drifted(
        base,
        (it) => it.write({ 'old/a.py': marked }),
        () => undefined,
      ),
    );
    const { changes, blockers } = await workspace.plan('canonicalize', only);
    const reason =
      'It has conflict markers, which the canonical copy must not get. Resolve them and save, or choose canonical for this file.';
    assert.deepEqual([changes, blockers], [[], [{ path: 'old/a.py', reason }]]);
    const choices = new Map([['old/a.py', 'canonical']] as const);
    assert.deepEqual(results(await workspace.plan('canonicalize', { ...only, choices })), { 'old/a.py': base['a.py'] });
  });

  for (const [side, text] of [
    ['legacy', 'two = "src.new.b"'],
    ['canonical', 'two = 3'],
  ] as const) {
    it(`takes ${side}, and never asks again`, async () => {
      const workspace = await open(conflicting());
      await workspace.apply('canonicalize', { ...only, choices: new Map([['src/new/a.py', side]]) });
      const now = base['a.py'].replaceAll('old', 'src.new').replace('two = 2', text);
      assert.deepEqual(
        [workspace.text('src/new/a.py'), workspace.text('old/a.py')],
        [now, now.replaceAll('src.new', 'old')],
      );
      const { changes, conflicts, blockers } = await workspace.plan('canonicalize', only);
      assert.deepEqual([changes, conflicts, blockers], [[], [], []]);
      const { pairs } = await workspace.session.inventory();
      assert.equal(pairs[0]?.counts.diverged, 0);
    });
  }

  it('chooses nothing without a base: both sides are a decision, canonical’s own files stay', async () => {
    const folder = newFolder().write({
      'old/__init__.py': '',
      'old/a.py': 'one = "old.b"\n',
      'old/only.py': 'import old.a\n',
      'src/new/__init__.py': '',
      'src/new/a.py': 'one = 2\n',
      'src/new/mine.py': '',
    });
    const workspace = await openWorkspace(folder.path, settings, false);
    const plan = await workspace.plan('canonicalize', only);
    assert.deepEqual([plan.changes, plan.blockers.map(({ path }) => path)], [[], ['src/new/a.py', 'src/new/only.py']]);
    assert.deepEqual(plan.notes, [{ path: 'src/new/mine.py', reason: 'Only canonical has it: it stays.' }]);
    const choices = new Map([
      ['old/a.py', 'legacy'],
      ['old/only.py', 'legacy'],
    ] as const);
    assert.deepEqual(results(await workspace.plan('canonicalize', { ...only, choices })), {
      'src/new/a.py': 'one = "src.new.b"\n',
      'src/new/only.py': 'import src.new.a\n',
    });
    const away = new Map([
      ['old/a.py', 'canonical'],
      ['old/only.py', 'canonical'],
    ] as const);
    assert.deepEqual(results(await workspace.plan('canonicalize', { ...only, choices: away })), {
      'old/a.py': 'one = 2\n',
      'old/only.py': null,
    });
  });
});
