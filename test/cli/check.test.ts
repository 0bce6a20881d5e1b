import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { temporaryFolders, type TemporaryFolder } from '../node/temporaryFolder.ts';
import { runIn } from './commandLine.ts';

const settings = '{ "treeUnifier.pairs": [{ "legacy": { "root": "old_app" }, "canonical": { "root": "new/app" } }] }';
const name = 'tree-unifier-baseline.json';

describe('check', () => {
  const newFolder = temporaryFolders();

  function repository(): TemporaryFolder {
    const folder = newFolder();
    folder.git('init', '--quiet');
    folder.write({
      '.vscode/settings.json': settings,
      'old_app/a.py': 'x = 1\n',
      'new/app/a.py': 'x = 1\n',
      'use.py': 'import old_app.a\n',
    });
    folder.commit('start');
    return folder;
  }

  const baselineOf = (folder: TemporaryFolder): string => readFileSync(path.join(folder.path, name), 'utf8');

  const line = 'use.py:1:8: warning legacy-import: Legacy name `old_app.a`: use `new.app.a`.\n';

  it('fails while something is left, and says what', async () => {
    const folder = repository();
    assert.deepEqual(await runIn(folder, ['check']), {
      code: 1,
      out: `${line}1 finding in 1 file (1 warning).\n`,
      errors: '',
    });
    folder.write({ 'use.py': 'import new.app.a\n' });
    assert.deepEqual(await runIn(folder, ['check']), { code: 0, out: 'No findings.\n', errors: '' });
  });

  it('fails for what is asked for alone', async () => {
    const folder = repository();
    assert.equal((await runIn(folder, ['check', '--only', 'documentation,diverged'])).code, 0);
    assert.equal((await runIn(folder, ['check', '--only', 'import'])).code, 1);
  });

  it('gives SARIF, alone on standard output', async () => {
    const { code, out, errors } = await runIn(repository(), ['check', '--format', 'sarif']);
    const { version, runs } = JSON.parse(out) as { version: string; runs: { results: { ruleId: string }[] }[] };
    assert.deepEqual([code, errors, version, runs[0]?.results[0]?.ruleId], [1, '', '2.1.0', 'legacy-import']);
  });

  it('makes a baseline, passes by it, and fails for more', async () => {
    const folder = repository();
    assert.deepEqual(await runIn(folder, ['check', '--baseline', name, '--write-baseline']), {
      code: 0,
      out: `${name} knows 1 finding now: 1 new taken in, 0 gone taken out.\n`,
      errors: '',
    });
    const written =
      '{\n  "version": 1,\n  "findings": [\n    {"path":"use.py","kind":"import","text":"old_app.a","count":1}\n  ]\n}\n';
    assert.equal(baselineOf(folder), written);
    folder.write({ 'use.py': '\n\nimport old_app.a\n' });
    assert.deepEqual(await runIn(folder, ['check', '--baseline', `./${name}`]), {
      code: 0,
      out: 'No new findings; 1 known.\n',
      errors: '',
    });
    folder.write({ 'use.py': 'import old_app.a\nimport old_app.a\n' });
    const second = line.replace('use.py:1', 'use.py:2');
    assert.deepEqual(await runIn(folder, ['check', '--baseline', name]), {
      code: 1,
      out: `${second}1 new finding in 1 file (1 warning); 1 known.\n`,
      errors: '',
    });
    assert.equal(baselineOf(folder), written);
  });

  it('takes out of the baseline what is gone, and never lets it grow so', async () => {
    const folder = repository().write({ 'more.py': 'import old_app.a\n' });
    await runIn(folder, ['check', '--baseline', name, '--write-baseline']);
    folder.write({ 'more.py': '', 'other.py': 'import old_app.a\n' });
    const gone = await runIn(folder, ['check', '--baseline', name]);
    assert.deepEqual(gone.out.split('\n').slice(1), [
      'gone: more.py: import old_app.a',
      '1 new finding in 1 file (1 warning); 1 known; 1 gone, which --update-baseline takes out.',
      '',
    ]);
    const updated = await runIn(folder, ['check', '--baseline', name, '--update-baseline']);
    assert.deepEqual(
      [updated.code, updated.out.split('\n').at(-2)],
      [1, '1 new finding in 1 file (1 warning); 1 known.'],
    );
    assert.deepEqual(
      (JSON.parse(baselineOf(folder)) as { findings: { path: string }[] }).findings.map((one) => one.path),
      ['use.py'],
    );
  });

  it('keeps in the baseline what was not asked for', async () => {
    const folder = repository().write({ 'docs/a.md': '`old_app/a.py`\n' });
    await runIn(folder, ['check', '--baseline', name, '--write-baseline']);
    folder.write({ 'docs/a.md': '', 'use.py': '' });
    await runIn(folder, ['check', '--baseline', name, '--update-baseline', '--only', 'markdown']);
    await runIn(folder, ['check', '--baseline', name, '--write-baseline', '--only', 'Documentation']);
    assert.deepEqual(JSON.parse(baselineOf(folder)), {
      version: 1,
      findings: [{ path: 'use.py', kind: 'import', text: 'old_app.a', count: 1 }],
    });
  });

  it('fails for an import that worked at the last commit, and lets pass one that never did', async () => {
    const folder = repository();
    folder.write({ 'use.py': 'from new.app.a import x\nimport new.app.gone\n' }).commit('imports');
    assert.deepEqual(await runIn(folder, ['check']), { code: 0, out: 'No findings.\n', errors: '' });
    folder.write({ 'old_app/a.py': 'y = 1\n', 'new/app/a.py': 'y = 1\n' });
    assert.deepEqual(await runIn(folder, ['check']), {
      code: 1,
      out: 'use.py:1:23: error unresolved-import: new.app.a has no name x. It did not fail at the last commit.\n1 finding in 1 file (1 error).\n',
      errors: '',
    });
    assert.match(
      (await runIn(folder, ['check', '--help'])).out,
      /^An import of the canonical package that fails counts/mu,
    );
  });

  it('lets pass what was there at a revision', async () => {
    const folder = repository().write({ 'more.py': 'import old_app.a\n' });
    const { code, out } = await runIn(folder, ['check', '--since', 'HEAD']);
    const more = line.replace('use.py', 'more.py');
    assert.deepEqual([code, out], [1, `${more}1 new finding in 1 file (1 warning); 1 known.\n`]);
    folder.commit('more');
    assert.equal((await runIn(folder, ['check', '--since', 'HEAD'])).code, 0);
  });

  const wrong: readonly (readonly [string, string[], string])[] = [
    [
      'a baseline that is not there',
      ['--baseline', 'gone.json'],
      'There is no baseline file gone.json. Make it with tree-unifier check --baseline gone.json --write-baseline.',
    ],
    [
      'a baseline to update that is not there',
      ['--baseline', 'gone.json', '--update-baseline'],
      'There is no baseline file gone.json. Make it with tree-unifier check --baseline gone.json --write-baseline.',
    ],
    [
      'a damaged baseline',
      ['--baseline', 'use.py', '--write-baseline'],
      'The baseline file use.py is damaged: it is not JSON. Put it back from version control, or delete it and make it anew with tree-unifier check --baseline use.py --write-baseline.',
    ],
    [
      'a baseline outside',
      ['--baseline', '../x.json'],
      '--baseline is "../x.json": expected a file inside the repository, relative to its root.',
    ],
    ['nothing to write', ['--write-baseline'], 'Say which file: --baseline FILE with --write-baseline.'],
    ['nothing to update', ['--update-baseline'], 'Say which file: --baseline FILE with --update-baseline.'],
    [
      'both ways to write',
      ['--baseline', 'x.json', '--write-baseline', '--update-baseline'],
      'Give --update-baseline or --write-baseline, not both.',
    ],
    [
      'a baseline of a part',
      ['--baseline', 'x.json', '--write-baseline', '--since', 'HEAD'],
      '--write-baseline takes all that is found: leave out --since.',
    ],
  ];
  for (const [what, args, message] of wrong) {
    it(`refuses ${what} with exit code 2, and writes nothing`, async () => {
      const folder = repository();
      const ran = await runIn(folder, ['check', ...args]);
      assert.deepEqual(ran, { code: 2, out: '', errors: `tree-unifier: ${message}\n` });
      assert.deepEqual(
        ['gone.json', 'x.json', '../x.json'].filter((file) => existsSync(path.join(folder.path, file))),
        [],
      );
      assert.equal(readFileSync(path.join(folder.path, 'use.py'), 'utf8'), 'import old_app.a\n');
    });
  }
});
