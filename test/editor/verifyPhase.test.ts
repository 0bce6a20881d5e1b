import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { EditorApi } from '../../src/editor/index.ts';
import type { FolderModel } from '../../src/editor/folders/index.ts';
import { snapshot, type RowSnapshot } from '../../src/editor/tree/snapshot.ts';
import { verifyCodes } from '../../src/editor/verify/problems.ts';
import { checkRows } from '../../src/editor/verify/rows.ts';
import type { Verifications } from '../../src/editor/verify/verifications.ts';
import type { CheckResult, VerifyReport } from '../../src/engine/index.ts';
import { sampleFacts } from '../fixtures/sample.ts';
import {
  activated,
  becomes,
  execute,
  freshPath,
  freshSample,
  ours,
  placeIn,
  problems,
  rowAt,
  uriOf,
  write,
} from './support.ts';

const phases = {
  canonicalize: '34.2 Fix Canonical Package & Update Imports',
  align: '34.3 Align Dev Scripts, Launcher & Docker',
  deduplicate: '34.4 Remove Code Duplication (Single Source of Truth)',
} as const;

const compose = 'docker-compose.yml';

describe('verifying a phase', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  // Settings that change are another situation: what was verified before is forgotten.
  beforeEach(() => otherSettings('nothing'));
  afterEach(freshSample);

  async function otherSettings(exclude: string): Promise<void> {
    await vscode.workspace.getConfiguration('treeUnifier').update('exclude', [exclude], false);
    await api.ready();
  }

  /** `pass Imports: in order`: the checks of a phase as they are shown. */
  async function checks(phase: keyof typeof phases): Promise<string[]> {
    return (await checkRows(phase)).map(
      ({ icon, label, description }) => `${icon ?? ''} ${label}: ${description ?? ''}`,
    );
  }

  async function checkRows(phase: keyof typeof phases): Promise<readonly RowSnapshot[]> {
    const { children } = rowAt(await api.rows('phases'), phases[phase]);
    return children.filter(({ context }) => context?.startsWith('check.') === true);
  }

  it('has its checks below it, those of the last phase all, before they are made', async () => {
    assert.deepEqual(await checks('canonicalize'), ['dash Imports: not verified yet', 'dash Syntax: not verified yet']);
    assert.deepEqual(await checks('align'), [
      'dash Paths: not verified yet',
      'dash Containers: not verified yet',
      'dash Backends: not verified yet',
    ]);
    const all = (await checkRows('deduplicate')).map(({ context }) => context);
    assert.deepEqual(all, ['check.imports', 'check.syntax', 'check.paths', 'check.docker', 'check.backend']);
    const inventory = (await api.rows('phases'))[0]?.children ?? [];
    assert.deepEqual(
      inventory.filter(({ context }) => context !== undefined),
      [],
    );
  });

  it('forgets what it found under other settings', async () => {
    await execute('verifyPhase', 'canonicalize');
    assert.equal((await checks('canonicalize'))[0], 'pass Imports: in order');
    await otherSettings('other');
    await becomes(async () => (await checks('canonicalize'))[0], 'dash Imports: not verified yet');
  });

  it('says what is in order, and tells it in the phase itself', async () => {
    const report = await execute<VerifyReport>('verifyPhase', 'canonicalize');
    assert.deepEqual(Object.keys(report), ['imports', 'syntax']);
    assert.match(report.syntax?.notes?.join('') ?? '', /^Compiled by Python 3\./u);
    assert.deepEqual(await checks('canonicalize'), ['pass Imports: in order', 'pass Syntax: in order']);
    assert.match((await checkRows('canonicalize'))[1]?.tooltip ?? '', /^Compiled by Python 3/mu);
    const { description, spoken } = rowAt(await api.rows('phases'), phases.canonicalize);
    assert.match(description ?? '', / · verified$/u);
    assert.match(spoken, /^Phase 34\.2 .*, verified\.$/u);
    // The same facts, wherever they are shown.
    assert.equal((await checks('deduplicate'))[0], 'pass Imports: in order');
    assert.match(rowAt(await api.rows('phases'), phases.deduplicate).description ?? '', / · 2 of 5 verified$/u);
  });

  it('says what is wrong, each finding with its place, which a click opens', async () => {
    await execute('verifyPhase', { phase: 'align' });
    assert.deepEqual(await checks('align'), [
      'error Paths: 6 problems',
      'error Containers: 2 problems',
      'dash Backends: not verified yet',
    ]);
    const [paths, docker] = await checkRows('align');
    assert.deepEqual(
      paths?.children.map(({ label }) => label),
      ['services.py:9', 'alembic.ini:3', 'backup.sh:4', 'env.py:5', 'main.py:11', 'storage.py:4'],
    );
    const [first] = docker?.children ?? [];
    assert.deepEqual([first?.label, first?.icon], ['docker-compose.yml:6', 'error']);
    assert.match(first?.spoken ?? '', /^Problem in docker-compose\.yml, line 6: Service backend: .*\.$/u);
    const place = await placeIn(api, 'phases', phases.align, 'Containers', 'docker-compose.yml:6');
    const { command, arguments: given = [] } = place.row.command ?? { command: '' };
    await vscode.commands.executeCommand(command, ...(given as unknown[]));
    const editor = vscode.window.activeTextEditor;
    assert.deepEqual([editor?.document.uri.toString(), editor?.selection.active.line], [uriOf(compose).toString(), 5]);
  });

  it('says of an import whether it is new since the checkpoint', async () => {
    const { checkpoint } = await execute<{ checkpoint: string }>('applyPhase', { phase: 'align', isConfirmed: true });
    await write(freshPath('tests/probe.py'), `from ${sampleFacts.canonical.package}.nowhere import x\n`);
    const report = await execute<VerifyReport>('verifyPhase', 'canonicalize');
    assert.deepEqual(
      report.imports?.findings.map((finding) => finding.new),
      [true],
    );
    const [imports] = await checkRows('canonicalize');
    assert.equal(imports?.description, '1 problem, 1 new');
    assert.match(imports.children[0]?.description ?? '', /^new: /u);
    assert.ok(imports.tooltip?.includes(`\`${checkpoint}\``), imports.tooltip);
  });

  it('is told to be out of date when a file changed since, until it is verified again', async () => {
    await execute('verifyPhase', 'align');
    const docker = async (): Promise<string | undefined> => (await checks('align'))[1];
    await write(freshPath('docs/probe.md'), 'new\n');
    await becomes(docker, 'error Containers: 2 problems · out of date');
    assert.match(rowAt(await api.rows('phases'), phases.align).description ?? '', / · 8 problems, out of date$/u);
    const place = await placeIn(api, 'phases', phases.align, 'Containers');
    assert.match(place.row.tooltip ?? '', /Out of date: 1 file changed since\.$/u);
    assert.deepEqual(Object.keys(await execute<VerifyReport>('verifyCheck', place)), ['docker']);
    assert.deepEqual(await checks('align'), [
      'error Paths: 6 problems · out of date',
      'error Containers: 2 problems',
      'dash Backends: not verified yet',
    ]);
  });

  it('is out of date while text is not saved', async () => {
    await execute('verifyPhase', 'canonicalize');
    const editor = await vscode.window.showTextDocument(uriOf('README.md'));
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'x');
    });
    await becomes(async () => (await checks('canonicalize'))[0], 'pass Imports: in order · out of date');
  });

  it('reads what nobody has told of yet', async () => {
    await execute('verifyPhase', 'canonicalize');
    const path = freshPath('tests/probe.py');
    await write(path, `from ${sampleFacts.canonical.package}.nowhere import x\n`);
    const report = await execute<VerifyReport>('verifyPhase', 'canonicalize');
    assert.deepEqual(
      report.imports?.findings.map((finding) => finding.path),
      [path],
    );
  });

  it('gives a report of all that is known, and says what is out of date in it', async () => {
    await execute('verifyPhase', 'canonicalize');
    await write(freshPath('docs/probe.md'), 'new\n');
    await becomes(async () => (await checks('canonicalize'))[0], 'pass Imports: in order · out of date');
    const place = await placeIn(api, 'phases', phases.align, 'Containers');
    await execute('verifyCheck', place);
    await execute('showVerification');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(
      text,
      /^# Verification of .+\n\nOut of date, since files changed: Imports resolve, Python files parse\.\n/u,
    );
    assert.deepEqual(text.match(/^## .*$/gmu), [
      '## Imports resolve',
      '## Python files parse',
      '## Containers run the same code',
    ]);
  });

  it('has no words of a repository taken for markup', async () => {
    await write(
      compose,
      "services:\n  '![x](https://e.org/x.png)':\n    image: python:3\n    command: python -m pixsim7_backend.main\n",
    );
    await execute('verifyPhase', 'align');
    const [, docker] = await checkRows('align');
    const [finding] = docker?.children ?? [];
    assert.match(finding?.description ?? '', /!\[x\]\(https/u);
    assert.match(finding?.tooltip ?? '', /\\!\\\[x\\\]\\\(https/u);
  });
});

describe('the row of a check', () => {
  const rowOf = async (result: CheckResult, isRunning = false): Promise<RowSnapshot | undefined> => {
    const folder = { folder: { uri: uriOf('') }, uri: uriOf } as unknown as FolderModel;
    const found = { result, moment: { time: new Date(), changed: new Set() } };
    const verifications = { found: () => found, isRunning: () => isRunning } as unknown as Verifications;
    return (await snapshot(checkRows(folder, ['docker'], verifications)))[0];
  };
  const note = { path: 'a.yml', line: 1, level: 'note', message: 'It is mounted.' } as const;

  it('has a shape of its own for what could not be checked, and says why', async () => {
    const row = await rowOf({ ok: false, findings: [], skipped: 'There is no docker.' });
    assert.deepEqual([row?.icon, row?.description], ['question', 'not checked']);
    assert.deepEqual(
      row?.children.map(({ label }) => label),
      ['There is no docker.'],
    );
  });

  it('is in order with notes alone, and puts them after problems', async () => {
    assert.equal((await rowOf({ ok: true, findings: [note] }))?.description, 'in order, 1 note');
    const problem = { ...note, level: 'problem', line: 2 } as const;
    const row = await rowOf({ ok: false, findings: [note, problem, { ...problem, line: 3, new: true }] });
    assert.equal(row?.description, '2 problems, 1 new, 1 note');
    assert.deepEqual(
      row.children.map(({ icon, label }) => `${icon ?? ''} ${label}`),
      ['error a.yml:3', 'error a.yml:2', 'info a.yml:1'],
    );
  });

  it('turns while it is at work', async () => {
    const row = await rowOf({ ok: true, findings: [] }, true);
    assert.deepEqual([row?.icon, row?.spoken], ['loading~spin', 'Check Containers: verifying…']);
  });
});

describe('what a verification found, among the problems', () => {
  before(activated);
  afterEach(freshSample);

  it('is there until its file changes', async () => {
    const script = freshPath('scripts/probe.sh');
    await write(script, '#!/bin/sh\npython pixsim7/backend/main/gone.py\n');
    await execute('verifyPhase', 'align');
    await becomes(() => problems(script), ['2:8 dead-path Error']);
    const [problem] = ours(script);
    assert.deepEqual(
      [problem?.range.end.character, problem?.message],
      [35, 'There is no pixsim7/backend/main/gone.py.'],
    );
    const target = typeof problem?.code === 'object' ? problem.code.target.toString() : '';
    assert.match(target, /^tree-unifier-problem:\/dead-path$/u);
    assert.deepEqual(
      problems(compose).filter((one) => one.includes('container')),
      ['6:5 broken-container Error', '19:5 broken-container Error'],
    );
    await write(script, '#!/bin/sh\npython pixsim7/backend/main/gone.py # still\n');
    await becomes(() => problems(script), []);
    assert.equal(problems(compose).filter((one) => one.includes('container')).length, 2);
  });

  it('has codes that the documentation explains', async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.endsWith('.backend-tree-unifier'));
    assert.ok(extension);
    const page = vscode.Uri.joinPath(extension.extensionUri, 'docs', 'problems.md');
    const text = Buffer.from(await vscode.workspace.fs.readFile(page)).toString();
    for (const code of Object.values(verifyCodes)) assert.ok(text.includes(`\n### ${code}\n`), code);
  });

  it('goes with its file', async () => {
    const path = freshPath(`${sampleFacts.canonical.root}/probe.py`);
    await write(path, 'x = 1\ndef (\n');
    await execute('verifyPhase', 'canonicalize');
    await becomes(() => problems(path), ['2:5 unreadable-python Error']);
    await vscode.workspace.fs.delete(uriOf(path));
    await becomes(() => problems(path), []);
  });

  it('goes when the check is made again and finds nothing', async () => {
    const [script, target] = [freshPath('scripts/probe.sh'), freshPath(`${sampleFacts.canonical.root}/probe.py`)];
    await write(script, `python ${target}\n`);
    await execute('verifyPhase', 'align');
    await becomes(() => problems(script), ['1:8 dead-path Error']);
    await write(target, '');
    await execute('verifyPhase', 'align');
    await becomes(() => problems(script), []);
  });

  it('is not said twice of what is measured all the time', async () => {
    const script = freshPath('scripts/probe.sh');
    await write(script, 'python pixsim7_backend/gone.py\n');
    await becomes(() => problems(script), ['1:8 missing-target Error']);
    const main = `${sampleFacts.canonical.root}/main.py`;
    const before = problems(main);
    const report = await execute<VerifyReport>('verifyPhase', 'align');
    const places = report.paths?.findings.map(({ path, line }) => `${path}:${line}`) ?? [];
    assert.ok(places.includes(`${script}:1`) && places.includes(`${main}:11`), places.join('\n'));
    await becomes(() => problems(compose).filter((one) => one.includes('container')).length, 2);
    assert.deepEqual([problems(script), problems(main)], [['1:8 missing-target Error'], before]);
  });
});
