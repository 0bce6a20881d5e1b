import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EditorApi } from '../../src/editor/index.ts';
import type { RowSnapshot } from '../../src/editor/tree/snapshot.ts';
import { quoted } from '../../src/editor/verify/backends.ts';
import { chosenPython } from '../../src/editor/verify/interpreter.ts';
import type { VerifyReport } from '../../src/engine/index.ts';
import { findProgram } from '../../src/node/program.ts';
import { sampleFacts } from '../fixtures/sample.ts';
import { activated, becomes, execute, freshPath, freshSample, problems, rowAt, uriOf, write } from './support.ts';

const align = '34.3 Align Dev Scripts, Launcher & Docker';
const names = [
  'canonical pixsim7.backend.main.main',
  'shim pixsim7_backend.main',
  'legacy pixsim7_backend.main',
  'legacy pixsim7_backend/main.py',
];

type Ask = (
  message: string,
  options: vscode.MessageOptions,
  ...actions: readonly string[]
) => Promise<string | undefined>;

/** Answers for a person while `work` is done, after doing something else; what VS Code would have shown comes back. */
async function answering(
  answer: string | undefined,
  work: () => Promise<unknown>,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<(readonly [string, string])[]> {
  const shown: (readonly [string, string])[] = [];
  const window = vscode.window as unknown as Record<'showWarningMessage' | 'showErrorMessage', Ask>;
  const { showWarningMessage, showErrorMessage } = window;
  const ask: Ask = (message, options) => {
    shown.push([message, typeof options === 'object' ? (options.detail ?? '') : '']);
    return meanwhile().then(() => answer);
  };
  Object.assign(window, { showWarningMessage: ask, showErrorMessage: ask });
  try {
    await work();
  } finally {
    Object.assign(window, { showWarningMessage, showErrorMessage });
  }
  return shown;
}

/** Those of the settings; none gives the settings back. */
async function setEntryPoints(...entryPoints: readonly object[]): Promise<void> {
  const value = entryPoints.length === 0 ? undefined : entryPoints;
  await vscode.workspace.getConfiguration('treeUnifier').update('entryPoints', value, false);
  await (await activated()).ready();
}

describe('verifying the backends', () => {
  let api: EditorApi;
  before(async () => {
    api = await activated();
  });
  afterEach(async () => {
    await setEntryPoints();
    await freshSample();
  });

  async function check(): Promise<RowSnapshot> {
    return rowAt(await api.rows('phases'), align, 'Backends');
  }

  it('names what it will start, word by word, and starts nothing before somebody agrees', async () => {
    const noted = freshPath('started.txt');
    await write(
      'own_backend.py',
      `import sys\nopen(${JSON.stringify(uriOf(noted).fsPath)}, "a").write(repr(sys.argv))\n`,
    );
    await setEntryPoints(
      { name: 'Own', module: 'own_backend', args: ['--port', '{port}', '; touch pwned'], env: { MODE: 'a b' } },
      { name: 'Foreign', module: 'http.server' },
    );
    const shown = await answering(undefined, () => execute('verifyBackends'));
    const python = findProgram('python3') ?? '';
    const [[message, detail] = ['', '']] = shown;
    assert.equal(shown.length, 1);
    assert.match(message, /^Start 5 backends of ".+"\?$/u);
    assert.deepEqual(detail.split('\n\n').slice(1), [
      `${python} -m pixsim7.backend.main.main`,
      `${python} "<temporary folder>/pixsim7_backend/main.py"`,
      `${python} -m pixsim7_backend.main`,
      `${python} ./pixsim7_backend/main.py`,
      `${python} -m own_backend --port <port> "; touch pwned", with MODE="a b"`,
      'Not Foreign: There is no module http.server in the workspace.',
    ]);
    assert.equal(existsSync(uriOf(noted).fsPath), false);
    await answering('Start', () => execute('verifyBackends'));
    assert.match(
      readFileSync(uriOf(noted).fsPath, 'utf8'),
      /^\['.*own_backend\.py', '--port', '\d+', '; touch pwned'\]$/u,
    );
    assert.equal(existsSync(uriOf('pwned').fsPath), false);
  });

  it('starts what was agreed to, though the settings say more by then', async () => {
    const noted = uriOf(freshPath('started.txt')).fsPath;
    await write('late_backend.py', `open(${JSON.stringify(noted)}, "w").close()\n`);
    let report: VerifyReport | undefined;
    await answering(
      'Start',
      async () => {
        report = await execute<VerifyReport>('verifyBackends');
      },
      () => setEntryPoints({ name: 'Late', module: 'late_backend' }),
    );
    assert.deepEqual(
      report?.backend?.backends?.backends.map(({ name }) => name),
      names,
    );
    assert.equal(existsSync(noted), false);
  });

  it('shows each with what it answers', async () => {
    const { backend } = await execute<VerifyReport>('verifyBackends', { isConfirmed: true });
    assert.equal(backend?.ok, true);
    const { children, description, icon } = await check();
    assert.deepEqual([icon, description], ['pass', 'in order']);
    const answer = `health 200, ${sampleFacts.routes.length} routes, ${sampleFacts.plugins.length} plugins`;
    assert.deepEqual(
      children.map((row) => `${row.icon ?? ''} ${row.label}: ${row.description ?? ''}`),
      names.map((name) => `pass ${name}: ${answer}`),
    );
  });

  it('shows in what each is not like the canonical one', async () => {
    const path = 'pixsim7/backend/main/api/v1/services.py';
    const text = Buffer.from(await vscode.workspace.fs.readFile(uriOf(path))).toString();
    await write(path, text.replace('prefix="/api/v1/services"', 'prefix="/api/v2/services"'));
    await execute('verifyBackends', { isConfirmed: true });
    const { children } = await check();
    assert.deepEqual(
      children.map(({ icon, label }) => `${icon ?? ''} ${label}`),
      names.map((name) => `${name.startsWith('legacy') ? 'error' : 'pass'} ${name}`),
    );
    const differing = rowAt(children, 'legacy pixsim7_backend/main.py');
    assert.match(differing.description ?? '', / · 2 differences$/u);
    assert.deepEqual(
      differing.children.map(({ label, description }) => `${label}: ${description ?? ''}`),
      [
        'GET /api/v2/services: GET /api/v2/services of canonical pixsim7.backend.main.main is missing.',
        'GET /api/v1/services: GET /api/v1/services is not in canonical pixsim7.backend.main.main.',
      ],
    );
  });

  it('shows why one did not answer, in rows, problems and the report', async () => {
    await write('pixsim7_backend/shared/config.py', 'raise RuntimeError("no settings")\n');
    await execute('verifyBackends', { isConfirmed: true });
    const { children, description, icon } = await check();
    assert.deepEqual([icon, description], ['error', '2 problems']);
    const legacy = rowAt(children, 'legacy pixsim7_backend.main');
    assert.deepEqual([legacy.icon, legacy.description], ['error', 'did not answer']);
    assert.deepEqual(
      legacy.children.map(({ label }) => label),
      ['It ended before it answered: exit code 1.', 'RuntimeError: no settings'],
    );
    await becomes(
      () => problems('scripts/run_scenarios.sh').filter((one) => one.includes('backend')),
      ['7:1 backend-differs Error'],
    );
    await execute('showVerification');
    const report = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(
      report,
      /^### Output of legacy pixsim7_backend\.main\n\n```text\nTraceback [^]*\nRuntimeError: no settings\n```$/mu,
    );
  });

  it('is cancelled in the middle without a word, and leaves no process', async () => {
    const pid = freshPath('pid.txt');
    const text = `import os, time\nopen(${JSON.stringify(uriOf(pid).fsPath)}, "w").write(str(os.getpid()))\ntime.sleep(1000)\n`;
    await write('hanging_backend.py', text);
    await setEntryPoints({ name: 'Hanging', module: 'hanging_backend' });
    const source = new vscode.CancellationTokenSource();
    let report: unknown = 'none';
    const shown = await answering(undefined, async () => {
      const run = execute('verifyBackends', { isConfirmed: true, token: source.token });
      while (!existsSync(uriOf(pid).fsPath) || readFileSync(uriOf(pid).fsPath, 'utf8') === '') await wait(20);
      assert.equal((await check()).description, 'verifying…');
      source.cancel();
      report = await run;
    });
    assert.deepEqual([report, shown], [undefined, []]);
    const id = Number(readFileSync(uriOf(pid).fsPath, 'utf8'));
    assert.throws(() => process.kill(id, 0), { code: 'ESRCH' });
    assert.notEqual((await check()).description, 'verifying…');
  });

  it('says so when there is no Python to start them with', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = uriOf('docs').fsPath;
    try {
      const shown = await answering(undefined, () => execute('verifyBackends', { isConfirmed: true }));
      assert.deepEqual(shown, [['Cannot start a backend: there is no python3 on the PATH.', '']]);
    } finally {
      process.env['PATH'] = PATH;
    }
  });

  it('takes the Python that is chosen in the Python extension, where there is one', async () => {
    const uri = vscode.Uri.file('/chosen/python');
    const environments = {
      getActiveEnvironmentPath: (folder: vscode.Uri) => ({ id: 'a', path: folder.path }),
      resolveEnvironment: ({ path }: { path: string }) =>
        Promise.resolve(path === '/folder' ? { executable: { uri } } : undefined),
    };
    const extension = { activate: () => Promise.resolve({ environments }) };
    assert.equal(await chosenPython(vscode.Uri.file('/folder'), extension), '/chosen/python');
    assert.equal(await chosenPython(vscode.Uri.file('/other'), extension), undefined);
    assert.equal(await chosenPython(vscode.Uri.file('/folder'), undefined), undefined);
    const broken = { activate: () => Promise.reject(new Error('It does not work')) };
    assert.equal(await chosenPython(vscode.Uri.file('/folder'), broken), undefined);
  });
});

describe('a hostile workspace, in the editor', () => {
  before(activated);
  afterEach(async () => {
    await setEntryPoints();
    await freshSample();
  });

  const hostile = {
    'scripts/$(touch pwned).sh': 'python -m pixsim7_backend.main; touch pwned\nuvicorn "`touch pwned`:app"\n',
    'scripts/; touch pwned;.bat': 'start "x" cmd /k "python pixsim7_backend\\main.py & touch pwned"\n',
    'launcher/evil.json': '{"program": "sh", "args": ["-c", "touch pwned; python -m pixsim7_backend.main"]}',
    '.vscode/tasks.json': '{"tasks": [{"command": "touch pwned; python -m pixsim7_backend.main"}]}',
    'claude-tasks/34-backend-tree-unification-and-packaging.md': '```sh\nuvicorn evil:app\n$(touch pwned)\n```\n',
    'evil.py': 'open("pwned", "w")\n',
  };
  const entryPoints = [
    { name: '[x](command:workbench.action.closeWindow)\n/bin/sh', module: 'os:system', args: ['touch pwned'] },
    { name: 'Evil', module: 'evil; touch pwned' },
    { name: 'Option', module: '-c', args: ['open("pwned", "w")'] },
    { name: 'Outside', module: 'evil', cwd: '../..' },
    { name: 'Environment', module: 'main', env: { PYTHONSTARTUP: 'evil.py', LD_PRELOAD: './evil.so' } },
  ];

  it('gets nothing asked for and nothing started but the programs of its trees', async () => {
    for (const [path, text] of Object.entries(hostile)) await write(path, text);
    await setEntryPoints(...entryPoints);
    const shown = await answering('Start', () => execute('verifyBackends'));
    const detail = shown.find(([message]) => message.startsWith('Start '))?.[1] ?? '';
    const python = findProgram('python3') ?? '';
    const started = detail.split('\n\n').filter((line) => line.startsWith(python));
    assert.deepEqual(
      started.map((line) => line.slice(python.length + 1)),
      [
        '-m pixsim7.backend.main.main',
        '"<temporary folder>/pixsim7_backend/main.py"',
        '-m pixsim7_backend.main',
        './pixsim7_backend/main.py',
      ],
    );
    assert.deepEqual(
      detail.split('\n\n').filter((line) => line.startsWith('Not ')),
      ['Not "[x](command:workbench.action.closeWindow)\\n/bin/sh": There is no module os in the workspace.'],
    );
    const everywhere = await vscode.workspace.findFiles('**/pwned');
    assert.deepEqual(everywhere, []);
  });

  it('has every word shown as the one word that it is', () => {
    const words = ['plain/path.py', '--port=<port>', 'a b', '', '; id', '"', 'a\nb', '\u202Egnp.exe', 'ü'];
    assert.deepEqual(words.map(quoted), [
      'plain/path.py',
      '--port=<port>',
      '"a b"',
      '""',
      '"; id"',
      '"\\""',
      '"a\\nb"',
      '"\\u{202e}gnp.exe"',
      '"ü"',
    ]);
  });
});
