import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isOpen, openSession, runGate } from '../../../src/engine/index.ts';
import type { Config, Finding, FindingSource, GateOptions, GateReport } from '../../../src/engine/index.ts';
import { createFileSystem } from '../../../src/node/fileSystem.ts';
import { findGit } from '../../../src/node/git.ts';
import { configWith, pair } from '../../helpers/engine.ts';
import { MemoryFiles } from '../../helpers/memory.ts';
import { temporaryFolders, type TemporaryFolder } from '../../node/temporaryFolder.ts';

const pairs = [pair('old_app', 'old_app', 'new/app', 'new.app')];
const same = { 'old_app/a.py': 'x = 1\n', 'new/app/a.py': 'x = 1\n' };

async function gate(
  files: Readonly<Record<string, string>>,
  options: GateOptions = {},
  changes: Partial<Config> = {},
): Promise<GateReport> {
  const ports = { files: new MemoryFiles({ ...same, ...files }) };
  const config = configWith({ pairs, ...changes });
  const session = await openSession(ports, config);
  return await runGate({ session, ports, config }, options);
}

/** `path:line rule`, with `!` before what is new. */
function brief({ findings }: GateReport): string[] {
  return findings.map(
    (one) => `${one.new ? '!' : ' '}${one.path}${one.region === undefined ? '' : `:${one.region.line}`} ${one.rule}`,
  );
}

describe('the gate', () => {
  it('is open where nothing is left', async () => {
    const report = await gate({ 'b.py': 'import new.app.a\n' });
    assert.deepEqual(report.findings, []);
    assert.equal(isOpen(report), true);
  });

  it('finds a live reference, with its place and what to write', async () => {
    const report = await gate({ 'b.py': 'x = 2\nimport old_app.a\n' });
    assert.equal(isOpen(report), false);
    assert.deepEqual(report.findings, [
      {
        rule: 'legacy-import',
        path: 'b.py',
        region: { line: 2, column: 8, endLine: 2, endColumn: 17 },
        kind: 'import',
        category: 'Scripts',
        text: 'old_app.a',
        size: 1,
        message: 'Legacy name `old_app.a`: use `new.app.a`.',
        level: 'warning',
        new: true,
      },
    ]);
  });

  it('leaves alone what is historical, kept, or of no weight by the settings', async () => {
    const files = {
      'CHANGELOG.md': '`old_app/a.py`\n',
      'b.py': 'import old_app.a  # tree-unifier: keep\n',
      'README.md': '`old_app/a.py`\n',
    };
    assert.deepEqual(brief(await gate(files)), ['!README.md:1 legacy-markdown']);
    const { severities } = configWith();
    const quiet = { severities: { ...severities, documentation: 'none' as const } };
    assert.deepEqual(brief(await gate(files, {}, quiet)), []);
  });

  it('tells a reference that no renaming mends', async () => {
    const [found] = (await gate({ 'b.py': 'import old_app.gone\n' })).findings;
    assert.deepEqual([found?.rule, found?.kind, found?.level], ['missing-target', 'import', 'error']);
  });

  it('finds copies that differ, by the number of lines, and what only legacy has', async () => {
    const { findings } = await gate({
      'old_app/a.py': 'x = 1\ny = 2\nz = 3\n',
      'new/app/a.py': 'x = 1\ny = 4\n',
      'old_app/b.py': '',
      'new/app/c.py': '',
    });
    const common = { text: '', level: 'warning', category: 'Other', new: true } as const;
    assert.deepEqual(findings, [
      {
        ...common,
        rule: 'diverged-file',
        path: 'old_app/a.py',
        region: { line: 2, column: 1, endLine: 3 },
        kind: 'diverged',
        size: 3,
        message: 'This file differs from new/app/a.py: 3 lines in 1 place.',
        related: ['new/app/a.py'],
      },
      {
        ...common,
        rule: 'legacy-only-file',
        path: 'old_app/b.py',
        kind: 'legacyOnly',
        size: 1,
        message: 'Only the legacy tree has this file.',
        related: ['new/app/b.py'],
      },
    ]);
  });

  it('finds conflicts that nobody resolved, in the trees alone', async () => {
    const conflict = 'x = 1\n<<<<<<< ours\ny = 1\n=======\ny = 2\n>>>>>>> theirs\n';
    const { findings } = await gate({ 'old_app/a.py': conflict, 'new/app/a.py': conflict, 'b.txt': conflict });
    assert.deepEqual(
      findings.map(({ path, rule, region }) => [path, rule, region]),
      ['new/app/a.py', 'old_app/a.py'].map((path) => [
        path,
        'conflict-markers',
        { line: 2, column: 1, endLine: 2, endColumn: 13 },
      ]),
    );
    assert.deepEqual(brief(await gate({ 'new/app/b.md': 'Title\n=======\n\n<<<<<<< so it starts\n' })), []);
  });

  it('finds a shim from the day after its last one', async () => {
    const shim = { 'old_app/a.py': '', 'old_app/__init__.py': '# tree-unifier: shim until 2026-06-30\n' };
    assert.deepEqual(brief(await gate(shim, { today: '2026-06-30' })), []);
    const { findings } = await gate(shim, { today: '2026-07-01' });
    assert.deepEqual(findings, [
      {
        rule: 'expired-shim',
        path: 'old_app/__init__.py',
        kind: 'shim',
        category: 'Other',
        text: '2026-06-30',
        size: 1,
        message: 'The shim had its last day on 2026-06-30: remove it.',
        level: 'error',
        new: true,
      },
    ]);
  });

  it('finds the imports that only the legacy tree can serve, and none that nobody ever could', async () => {
    const files = {
      'old_app/b.py': '',
      'new/app/c.py': 'from . import b\ntry:\n    from .a import y\nexcept ImportError: ...\n',
      'b.py': 'x = 2\nfrom new.app.a import x, y\n',
    };
    const { findings } = await gate({ ...files, 'old_app/a.py': 'x = y = 1\n' }, { only: new Set(['brokenImport']) });
    const common = { rule: 'unresolved-import', kind: 'brokenImport', size: 1, new: true } as const;
    const message = 'new.app.a has no name y; only the legacy tree has it.';
    assert.deepEqual(findings, [
      {
        ...{ ...common, path: 'b.py', region: { line: 2, column: 26, endLine: 2 }, category: 'Scripts' },
        ...{ text: 'new.app.a.y', message, level: 'error' },
      },
      {
        ...{ ...common, path: 'new/app/c.py', region: { line: 1, column: 15, endLine: 1 }, category: 'Backend Code' },
        ...{ text: 'new.app.b', message: 'new.app has no name b; only the legacy tree has it.', level: 'error' },
      },
      {
        ...{ ...common, path: 'new/app/c.py', region: { line: 3, column: 20, endLine: 3 }, category: 'Backend Code' },
        ...{ text: 'new.app.a.y (optional)', level: 'warning' },
        message: `${message} The program goes on without it: what depends on the import is off, and nobody is told.`,
      },
    ]);
    assert.deepEqual(brief(await gate({ 'b.py': 'from new.app.a import y\nimport new.app.b\n' })), []);
  });

  it('knows imports that fail by the baseline, those that nobody ever could serve among them', async () => {
    const text = 'new.app.a.y';
    const baseline = [{ path: 'b.py', kind: 'brokenImport', text, count: 1 }] as const;
    const files = { 'b.py': 'from new.app.a import y\n', 'c.py': 'from new.app.a import y\n' };
    const report = await gate(files, { baseline });
    assert.deepEqual(brief(report), [' b.py:1 unresolved-import', '!c.py:1 unresolved-import']);
    // A baseline that is yet to be made takes all of them in.
    assert.equal((await gate(files, { baselineFile: 'known.json' })).findings.length, 2);
    const meant = { 'b.py': 'from new.app.a import y  # tree-unifier: keep\n' };
    assert.deepEqual((await gate(meant, { baseline })).gone, baseline);
  });

  it('looks at what is asked for alone: a category, a kind', async () => {
    const files = { 'docs/b.md': '`old_app/a.py`\n', 'tests/b.py': 'import old_app.a\n', 'old_app/c.py': '' };
    assert.deepEqual(brief(await gate(files, { only: new Set(['Documentation']) })), ['!docs/b.md:1 legacy-markdown']);
    assert.deepEqual(brief(await gate(files, { only: new Set(['legacyOnly', 'import']) })), [
      '!old_app/c.py legacy-only-file',
      '!tests/b.py:1 legacy-import',
    ]);
  });

  it('lets pass what the baseline knows, and names what is gone', async () => {
    const report = await gate(
      { 'b.py': 'import old_app.a\nimport old_app.a\n', 'known.json': '"old_app.a"\n' },
      {
        baselineFile: 'known.json',
        baseline: [
          { path: 'b.py', kind: 'import', text: 'old_app.a', count: 1 },
          { path: 'c.py', kind: 'import', text: 'old_app.a', count: 2 },
        ],
      },
    );
    assert.deepEqual(brief(report), [' b.py:1 legacy-import', '!b.py:2 legacy-import']);
    assert.deepEqual(report.gone, [{ path: 'c.py', kind: 'import', text: 'old_app.a', count: 2 }]);
  });

  it('takes nothing for gone that was not asked for', async () => {
    const baseline = [{ path: 'c.py', kind: 'import', text: 'old_app.a', count: 2 }] as const;
    const { gone } = await gate({}, { baseline, only: new Set(['markdown']) });
    assert.deepEqual(gone, []);
  });

  it('takes further sources, which see the listed files and the settings', async () => {
    const source: FindingSource = {
      find: async ({ files, config }) => {
        const listed = await files.list();
        return [{ ...broken, path: listed[0] ?? '', text: config.pairs[0]?.legacy.root ?? '' }];
      },
      mayBeNew: () => true,
    };
    const report = await gate({}, { sources: [source] });
    assert.deepEqual(report.findings, [{ ...broken, path: 'new/app/a.py', text: 'old_app', new: true }]);
  });
});

const broken: Finding = {
  rule: 'unresolved-import',
  path: 'a.py',
  kind: 'brokenImport',
  category: 'Other',
  text: '',
  size: 1,
  message: 'It is broken.',
  level: 'error',
};

describe('the gate since a revision', () => {
  const newFolder = temporaryFolders();

  function repository(): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({
      'old_app/a.py': 'x = 1\n',
      'new/app/a.py': 'x = 2\n',
      'old_app/b.py': '',
      'new/app/b.py': '',
      'docs/one.md': 'See `old_app/a.py` for more.\nThis line makes it long enough to be known again.\n',
      'use.py': 'import old_app.a\n',
    });
    folder.commit('start');
    return folder;
  }

  async function since(folder: TemporaryFolder, revision: string, root = ''): Promise<GateReport> {
    const path = root === '' ? folder.path : `${folder.path}/${root}`;
    const git = await findGit(path);
    assert.ok(git !== undefined);
    const ports = { files: createFileSystem(path, { git }), git };
    const config = configWith({ pairs });
    const session = await openSession(ports, config);
    return await runGate({ session, ports, config }, { since: revision });
  }

  it('knows all that was there, whatever line it moved to', async () => {
    const folder = repository().write({ 'use.py': '\n\nimport old_app.a\n' });
    assert.deepEqual(brief(await since(folder, 'HEAD')), [
      ' docs/one.md:1 legacy-markdown',
      ' old_app/a.py:1 diverged-file',
      ' use.py:3 legacy-import',
    ]);
  });

  it('takes what came since for new: committed, staged, or not tracked at all', async () => {
    const folder = repository();
    folder.write({ 'use.py': 'import old_app.a\nimport old_app.b\n' }).commit('later');
    folder.write({ 'staged.py': 'import old_app.a\n' }).git('add', 'staged.py');
    folder.write({ 'untracked.py': 'import old_app.a\n' });
    assert.deepEqual(brief(await since(folder, 'HEAD~1')), [
      ' docs/one.md:1 legacy-markdown',
      ' old_app/a.py:1 diverged-file',
      '!staged.py:1 legacy-import',
      '!untracked.py:1 legacy-import',
      ' use.py:1 legacy-import',
      '!use.py:2 legacy-import',
    ]);
  });

  it('knows a file that was renamed', async () => {
    const folder = repository();
    folder.git('mv', 'docs/one.md', 'docs/two.md');
    assert.deepEqual(brief(await since(folder, 'HEAD'))[0], ' docs/two.md:1 legacy-markdown');
  });

  it('knows imports that failed then, by either name, and finds those whose target went since', async () => {
    const folder = repository();
    folder.write({
      'one.py': 'import old_app.gone\n',
      'two.py': 'from new.app.a import x, y\n',
      'new/app/c.py': '',
      'three.py': 'import new.app.c\n',
    });
    const commit = folder.commit('imports');
    folder.remove('new/app/c.py').write({ 'one.py': 'import new.app.gone\n' }).commit('later');
    folder.write({ 'two.py': '\nfrom new.app.a import x, y\nfrom new.app.a import y\n' });
    const report = await since(folder, commit);
    assert.deepEqual(
      report.findings.filter(({ kind }) => kind === 'brokenImport').map((one) => [one.new, one.path, one.message]),
      [
        [false, 'one.py', 'There is no module new.app.gone.'],
        [true, 'three.py', 'There is no module new.app.c.'],
        [false, 'two.py', 'new.app.a has no name y.'],
        [true, 'two.py', 'new.app.a has no name y.'],
      ],
    );
  });

  it('takes copies for new that differ now, or differ in more, by a change of either', async () => {
    const folder = repository().write({ 'new/app/b.py': 'y = 1\n', 'new/app/a.py': 'x = 2\nz = 3\n' });
    assert.deepEqual(brief(await since(folder, 'HEAD')).slice(1, 3), [
      '!old_app/a.py:1 diverged-file',
      '!old_app/b.py:1 diverged-file',
    ]);
    folder.write({ 'new/app/b.py': '', 'new/app/a.py': 'x = 3\n' });
    assert.deepEqual(brief(await since(folder, 'HEAD'))[1], ' old_app/a.py:1 diverged-file');
  });

  it('goes by the folder that is the workspace, in a repository around it', async () => {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({ 'in/old_app/a.py': '', 'in/new/app/a.py': '', 'in/use.py': 'import old_app.a\n', 'use.py': '' });
    folder.commit('start');
    folder.write({ 'in/use.py': 'import old_app.a\nimport old_app.a\n' });
    assert.deepEqual(brief(await since(folder, 'HEAD', 'in')), [' use.py:1 legacy-import', '!use.py:2 legacy-import']);
  });

  for (const revision of ['nowhere', '--all', 'HEAD:use.py']) {
    it(`says that there is no revision ${revision}`, async () => {
      const folder = repository();
      await assert.rejects(since(folder, revision), {
        name: 'EngineError',
        code: 'git',
        message: `There is no revision ${revision} in this repository. Give a branch, tag or commit with --since; a shallow clone may have to fetch it first.`,
      });
    });
  }

  it('needs git', async () => {
    await assert.rejects(gate({}, { since: 'HEAD' }), {
      name: 'EngineError',
      code: 'git',
      message: 'Without git nothing tells what was there before: leave out --since, or use --baseline.',
    });
  });
});
