import assert from 'node:assert/strict';
import { commands } from '../../src/cli/commands.ts';
import type { DiskWriters, World } from '../../src/cli/world.ts';
import type { Status } from '../../src/engine/index.ts';
import { createDiskApplier } from '../../src/node/apply/diskApplier.ts';
import { createCheckpoints } from '../../src/node/checkpoint/checkpoints.ts';
import { createGit } from '../../src/node/git.ts';
import { faultyDisk } from '../node/apply/faultyDisk.ts';
import { runIn } from './commandLine.ts';
import { temporaryFolders, type TemporaryFolder } from '../node/temporaryFolder.ts';

const settings = `{
  // the two copies
  "treeUnifier.pairs": [{ "legacy": { "root": "old_app" }, "canonical": { "root": "new/app" } }],
  "editor.tabSize": 4,
}`;

const names = commands.map(({ name }) => name).join(', ');

describe('the command line', () => {
  const newFolder = temporaryFolders();

  /** A pair with one file of each sort, and references to the legacy name. */
  function repository(): { folder: TemporaryFolder; base: string } {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({
      '.vscode/settings.json': settings,
      'old_app/__init__.py': '',
      'old_app/main.py': 'from old_app.users import User\n\n\ndef main():\n    return User\n',
      'old_app/users.py': 'class User:\n    name = "x"\n    mail = "y"\n    age = 1\n',
      'scripts/run.sh': 'python -m old_app.main\n',
    });
    folder.commit('legacy');
    folder.write({
      'new/app/__init__.py': '',
      'new/app/main.py': 'from new.app.users import User\n\n\ndef main():\n    return User\n',
      'new/app/users.py': 'class User:\n    name = "x"\n    mail = "y"\n    age = 1\n',
    });
    const base = folder.commit('the copy');
    folder.write({ 'old_app/users.py': 'class User:\n    name = "x"\n    mail = "z"\n    age = 1\n' });
    folder.commit('legacy goes on');
    return { folder, base };
  }

  it('tells in its status of an apply that was interrupted, until it is finished', async () => {
    const { folder } = repository();
    let isBroken = false;
    const disk = faultyDisk(({ path }) => {
      isBroken ||= path.endsWith('run.sh');
      if (isBroken && !path.includes('/.git/')) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    });
    const git = createGit(folder.path);
    const openWriters = (): Promise<DiskWriters> =>
      Promise.resolve({
        checkpoints: createCheckpoints(folder.path, { git }),
        applier: createDiskApplier(folder.path, { git, disk }),
      });
    await runIn(folder, ['apply', '--phase', 'canonicalize']);
    const killed = await runIn(folder, ['apply', '--phase', 'align'], { openWriters });
    assert.equal(killed.code, 2);
    const { code, out } = await runIn(folder, ['status']);
    assert.match(
      out,
      /^An apply of phase align was interrupted \([-\dT:.]+Z\)\. Finish it with tree-unifier apply --finish, or take it back with tree-unifier restore [-\d]+-align\.\n\n1 /u,
    );
    assert.equal(code, 1);
    const { interrupted } = JSON.parse((await runIn(folder, ['status', '--format', 'json'])).out) as Status;
    assert.deepEqual(interrupted?.paths.includes('scripts/run.sh'), true);
    assert.equal((await runIn(folder, ['apply', '--finish'])).code, 0);
    assert.match((await runIn(folder, ['status'])).out, /^1 /u);
  });

  it('gives the inventory as JSON, alone on standard output', async () => {
    const { folder, base } = repository();
    const { code, out, errors } = await runIn(folder, ['inventory', '--format', 'json']);
    assert.equal(errors, '');
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(out), {
      pairs: [
        {
          legacy: { root: 'old_app', package: 'old_app', files: 3, pythonFiles: 3 },
          canonical: { root: 'new/app', package: 'new.app', files: 3, pythonFiles: 3 },
          base: { commit: base, legacyRoot: 'old_app' },
          counts: { identical: 1, equivalent: 1, diverged: 1, legacyOnly: 0, canonicalOnly: 0 },
          files: [
            { path: '__init__.py', status: 'identical' },
            { path: 'main.py', status: 'equivalent' },
            {
              path: 'users.py',
              status: 'diverged',
              ahead: 'legacy',
              hunks: [{ legacyStart: 3, legacyLines: 1, canonicalStart: 3, canonicalLines: 1 }],
            },
          ],
        },
      ],
      problems: [],
    });
  });

  it('finds nothing to say about trees that are the same', async () => {
    const { folder } = repository();
    const mended = folder.write({ 'old_app/users.py': 'class User:\n    name = "x"\n    mail = "y"\n    age = 1\n' });
    assert.equal((await runIn(mended, ['inventory'])).code, 0);
  });

  it('filters references; live ones give exit code 1', async () => {
    const { folder } = repository();
    const all = await runIn(folder, ['references', '--format', 'json', '--kind', 'command,prose', '--kind', 'IMPORT']);
    assert.equal(all.code, 1);
    const { occurrences, references } = JSON.parse(all.out) as { occurrences: number; references: unknown[] };
    assert.deepEqual([occurrences, references.length], [1, 1]);
    assert.equal((await runIn(folder, ['references', '--category', 'backend code'])).code, 0);
    assert.equal((await runIn(folder, ['references', '--standing', 'kept,historical'])).code, 0);
  });

  it('shows the phases; what is left gives exit code 1', async () => {
    const { folder } = repository();
    const { code, out } = await runIn(folder, ['status', '--format', 'json']);
    assert.equal(code, 1);
    const { phases } = JSON.parse(out) as { phases: { id: string }[] };
    assert.deepEqual(
      phases.map(({ id }) => id),
      ['inventory', 'canonicalize', 'align', 'deduplicate'],
    );
  });

  it('goes without git when told to, and takes a pair in place of the settings', async () => {
    const { folder } = repository();
    folder.write({ '.vscode/settings.json': '{"treeUnifier.pairs": "none"}' });
    const { out } = await runIn(folder, ['inventory', '--format', 'json', '--no-git', '--pair', 'old_app=new/app']);
    const { pairs } = JSON.parse(out) as { pairs: { base: unknown; canonical: unknown }[] };
    assert.equal(pairs[0]?.base, null);
    assert.deepEqual(pairs[0].canonical, { root: 'new/app', package: 'new.app', files: 3, pythonFiles: 3 });
  });

  it('shows progress on a terminal alone, and leaves nothing of it', async () => {
    const { folder } = repository();
    const { errors } = await runIn(folder, ['status'], { showsProgress: true });
    assert.equal(errors, '\r\u001b[KMeasuring the phases…\r\u001b[K');
  });

  it('prints help and version', async () => {
    const folder = newFolder();
    assert.deepEqual(await runIn(folder, ['--version']), { code: 0, out: '1.2.3\n', errors: '' });
    const { code, out } = await runIn(folder, ['--help']);
    assert.equal(code, 0);
    assert.match(out, /^Usage: tree-unifier <command> \[options\]\n/u);
    assert.match((await runIn(folder, ['references', '-h'])).out, /--standing STANDING/u);
  });

  describe('says in one line what is wrong, with exit code 2:', () => {
    const wrong: [string, string[], string][] = [
      ['no command', [], `No command given: expected one of ${names}. See tree-unifier --help.`],
      ['an unknown command', ['frob'], `There is no command "frob": expected one of ${names}.`],
      ['two commands', ['status', 'inventory'], 'Unexpected argument "inventory": one command at a time.'],
      ['an unknown option', ['status', '--nope'], "Unknown option '--nope'. See tree-unifier --help."],
      ['a missing value', ['status', '--root'], "Option '--root <value>' argument missing. See tree-unifier --help."],
      ["another command's option", ['status', '--kind', 'bare'], 'status has no option --kind.'],
      ['an unknown format', ['status', '--format', 'xml'], '--format is "xml": expected one of text, json, markdown.'],
      [
        'an unknown standing',
        ['references', '--standing', 'dead'],
        '--standing is "dead": expected one of live, historical, kept, ownName.',
      ],
      ['a missing root', ['status', '--root', 'gone'], 'There is no folder gone: give the repository with --root.'],
      [
        'a pair that is none',
        ['status', '--pair', 'old_app'],
        '--pair is "old_app": expected legacyRoot=canonicalRoot or legacyRoot:package=canonicalRoot:package, for example old_app=src/new_app.',
      ],
      [
        'a pair that is not there',
        ['inventory'],
        'There is no folder pixsim7_backend, the legacy tree. Correct the pair in the setting treeUnifier.pairs, or give it with --pair legacyRoot=canonicalRoot; Detect Trees (tree-unifier detect) proposes one.',
      ],
    ];
    const mend =
      'Correct the pair in the setting treeUnifier.pairs, or give it with --pair legacyRoot=canonicalRoot; Detect Trees (tree-unifier detect) proposes one.';
    for (const [what, roots, message] of [
      ['a file as root', 'file=new', 'The legacy tree, file, is a file, not a folder.'],
      ['the same root twice', 'old=old', 'The legacy and the canonical tree are the same folder, old.'],
      [
        'one root in the other',
        'old=old/in',
        'One tree of the pair lies inside the other: old/in is in old. Two separate folders are needed.',
      ],
    ] as const) {
      it(what, async () => {
        const folder = newFolder().write({ file: '', 'old/in/a.py': '', 'new/a.py': '' });
        const { code, out, errors } = await runIn(folder, ['references', '--pair', roots]);
        assert.deepEqual([code, out, errors], [2, '', `tree-unifier: ${message} ${mend}\n`]);
      });
    }
    for (const [what, args, message] of wrong) {
      it(what, async () => {
        assert.deepEqual(await runIn(newFolder(), args), { code: 2, out: '', errors: `tree-unifier: ${message}\n` });
      });
    }

    it('settings that are not JSON', async () => {
      const folder = newFolder().write({ '.vscode/settings.json': '{\n  "a": 1\n  "b": 2\n}' });
      const message = '.vscode/settings.json, line 3, column 3: not valid JSON (CommaExpected).';
      assert.deepEqual(await runIn(folder, ['status']), { code: 2, out: '', errors: `tree-unifier: ${message}\n` });
    });

    it('each setting that is wrong, in a line of its own', async () => {
      const folder = newFolder().write({
        '.vscode/settings.json': '{"treeUnifier.runStyle": 1, "treeUnifier.keep": "x"}',
      });
      const { code, errors } = await runIn(folder, ['status']);
      assert.equal(code, 2);
      assert.deepEqual(
        errors.split('\n').map((line) => line.slice(0, 40)),
        ['tree-unifier: treeUnifier.runStyle is 1:', 'tree-unifier: treeUnifier.keep is "x": e', ''],
      );
    });

    it('a defect, whose stack is shown with --verbose', async () => {
      const broken: Partial<World> = { openPorts: () => Promise.reject(new TypeError('x is\nnot y')) };
      const { code, errors } = await runIn(newFolder(), ['status'], broken);
      assert.equal(code, 2);
      assert.equal(errors, 'tree-unifier: x is not y This is a defect; --verbose shows where it comes from.\n');
      const verbose = await runIn(newFolder(), ['status', '--verbose'], broken);
      assert.match(verbose.errors, /^TypeError: x is\nnot y\n {4}at /u);
    });
  });
});
