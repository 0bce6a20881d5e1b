import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { EditorApi } from '../../src/editor/index.ts';
import type { RowSnapshot } from '../../src/editor/tree/snapshot.ts';
import { quoted } from '../../src/editor/verify/backends.ts';
import { chosenPython } from '../../src/editor/verify/interpreter.ts';
import { findProgram } from '../../src/node/program.ts';
import { sampleFacts } from '../fixtures/sample.ts';
import {
  activated,
  becomes,
  execute,
  freshPath,
  freshSample,
  problems,
  readDisk,
  rowAt,
  uriOf,
  write,
} from './support.ts';

const align = '34.3 Align Dev Scripts, Launcher & Docker';
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

/** Python itself, not a script that looks for it, which takes longer than all the rest. */
function useRealPython(): void {
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)']).toString().trim();
  process.env['PATH'] = `${dirname(python)}${delimiter}${process.env['PATH'] ?? ''}`;
}

/** Those of the settings; none gives the settings back. */
async function setEntryPoints(...entryPoints: readonly object[]): Promise<void> {
  const value = entryPoints.length === 0 ? undefined : entryPoints;
  await vscode.workspace.getConfiguration('treeUnifier').update('entryPoints', value, false);
  await (await activated()).ready();
}

describe('verifying the backends', function () {
  // Each start of Python takes its time on a machine that is at work.
  this.timeout(60_000);
  let api: EditorApi;
  before(async () => {
    useRealPython();
    api = await activated();
  });
  afterEach(async () => {
    await setEntryPoints();
    await freshSample();
  });

  async function check(): Promise<RowSnapshot> {
    return rowAt(await api.rows('phases'), align, 'Backends');
  }

  it('names what it will start, word by word, and starts that alone, when somebody agrees', async () => {
    const noted = uriOf(freshPath('started.txt')).fsPath;
    const late = uriOf(freshPath('late.txt')).fsPath;
    await write('own_backend.py', `import sys\nopen(${JSON.stringify(noted)}, "a").write(repr(sys.argv))\n`);
    await write('late_backend.py', `open(${JSON.stringify(late)}, "w").close()\n`);
    const own = {
      name: 'Own',
      module: 'own_backend',
      args: ['--port', '{port}', '; touch pwned'],
      env: { MODE: 'a b' },
    };
    await setEntryPoints(own, { name: 'Foreign', module: 'http.server' });
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
    assert.equal(existsSync(noted), false);
    const addLate = (): Promise<void> => setEntryPoints(own, { name: 'Late', module: 'late_backend' });
    await answering('Start', () => execute('verifyBackends'), addLate);
    assert.match(readFileSync(noted, 'utf8'), /^\['.*own_backend\.py', '--port', '\d+', '; touch pwned'\]$/u);
    assert.deepEqual([existsSync(late), existsSync(uriOf('pwned').fsPath)], [false, false]);
  });

  it('shows what each answers, what is different, and why one does not: in rows, problems and the report', async () => {
    const services = 'pixsim7/backend/main/api/v1/services.py';
    await write(services, (await readDisk(services)).replace('prefix="/api/v1/services"', 'prefix="/api/v2/services"'));
    const main = 'pixsim7_backend/main.py';
    const asFile = '    raise RuntimeError("not as a file")\n';
    await write(main, (await readDisk(main)).replace(/(?<=^if __package__ .*\n)/mu, asFile));
    await execute('verifyBackends', { isConfirmed: true });
    const answer = `health 200, ${sampleFacts.routes.length} routes, ${sampleFacts.plugins.length} plugins`;
    const { children, description, icon } = await check();
    assert.deepEqual([icon, description], ['error', '3 problems']);
    assert.deepEqual(
      children.map((row) => [row.icon, row.label, row.description]),
      [
        ['pass', 'canonical pixsim7.backend.main.main', answer],
        ['pass', 'shim pixsim7_backend.main', answer],
        ['error', 'legacy pixsim7_backend.main', `${answer} · 2 differences`],
        ['error', 'legacy pixsim7_backend/main.py', 'did not answer'],
      ],
    );
    assert.deepEqual(
      children.flatMap((row) => row.children.map(({ label, description: text }) => [label, text])),
      [
        ['GET /api/v2/services', 'GET /api/v2/services of canonical pixsim7.backend.main.main is missing.'],
        ['GET /api/v1/services', 'GET /api/v1/services is not in canonical pixsim7.backend.main.main.'],
        ['It ended before it answered: exit code 1.', undefined],
        ['RuntimeError: not as a file', undefined],
      ],
    );
    const own = (path: string): string[] => problems(path).filter((one) => one.includes('backend-differs'));
    await becomes(() => own('.vscode/launch.json'), ['8:7 backend-differs Error']);
    assert.deepEqual(own('scripts/run_scenarios.sh'), ['7:1 backend-differs Error', '7:1 backend-differs Error']);
    await execute('showVerification');
    const report = vscode.window.activeTextEditor?.document.getText() ?? '';
    const output =
      /^### Output of legacy pixsim7_backend\/main\.py\n\n```text\nTraceback [^]*\nRuntimeError: .*\n```$/mu;
    assert.match(report, output);
  });

  it('is cancelled in the middle without a word, and leaves no process', async () => {
    const pid = uriOf(freshPath('pid.txt')).fsPath;
    const hang = `import os, time\nopen(${JSON.stringify(pid)}, "w").write(str(os.getpid()))\ntime.sleep(1000)\n`;
    await write(
      'pixsim7/backend/main/main.py',
      `app = None\nif __name__ == "__main__":\n    ${hang.replaceAll('\n', '\n    ')}\n`,
    );
    const source = new vscode.CancellationTokenSource();
    let report: unknown = 'none';
    const shown = await answering(undefined, async () => {
      const run = execute('verifyBackends', { isConfirmed: true, token: source.token });
      while (!existsSync(pid) || readFileSync(pid, 'utf8') === '') await wait(20);
      assert.equal((await check()).description, 'verifying…');
      source.cancel();
      report = await run;
    });
    assert.deepEqual([report, shown], [undefined, []]);
    assert.throws(() => process.kill(Number(readFileSync(pid, 'utf8')), 0), { code: 'ESRCH' });
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

describe('a hostile workspace, in the editor', function () {
  this.timeout(60_000);
  before(async () => {
    useRealPython();
    await activated();
  });
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
