import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { describe, it } from 'mocha';
import type { ProcessResult, ProcessRunner, SyntaxFinding } from '../../../src/engine/index.ts';
import { WorkspaceFiles } from '../../../src/engine/tree/files.ts';
import { checkSyntax, type SyntaxReport } from '../../../src/engine/verify/syntax.ts';
import { createProcessRunner } from '../../../src/node/processRunner.ts';
import { MemoryFiles } from '../../helpers/memory.ts';
import { temporaryFolders } from '../../node/temporaryFolder.ts';

async function look(
  files: Readonly<Record<string, string | Uint8Array>>,
  runner: ProcessRunner | undefined = createProcessRunner('/nowhere'),
): Promise<SyntaxReport> {
  return await checkSyntax(new WorkspaceFiles(new MemoryFiles(files)), Object.keys(files), runner);
}

/** The first of Python's words alone: they differ from version to version. */
const brief = (findings: readonly SyntaxFinding[]): string[] =>
  findings.map(
    ({ path, line, column, message }) => `${path}:${line}:${column} ${message.replace(/\d+\.\d+\.\d+/u, 'N')}`,
  );

/** A runner that gives these answers, one a program. */
function answering(answers: Readonly<Record<string, Partial<ProcessResult> & { out?: string }>>): ProcessRunner {
  return {
    root: '/nowhere',
    run: (program) => {
      const answer = answers[program];
      const stdout = new TextEncoder().encode(answer?.out ?? '');
      return Promise.resolve(answer && { stdout, stderr: '', ...answer });
    },
  };
}

const ok = '{"version": "3.9.1"}\n{"done": true}\n';

describe('the syntax of Python files, by Python', () => {
  const newFolder = temporaryFolders();

  it('is Python’s to judge: what it takes is right, and what it does not is wrong', async () => {
    const { findings, note } = await look({
      'walrus.py': 'x = f"{x:=10}"\n',
      'return.py': 'x = 1\nreturn x\n',
      'twice.py': 'def f(a, a): ...\n',
      'fine.py': 'def f(): ...\n',
    });
    assert.deepEqual(brief(findings), [
      "return.py:2:1 Python N cannot read this file: 'return' outside function.",
      ...brief(findings).filter((one) => one.startsWith('twice.py:1:')),
    ]);
    assert.equal(findings.length, 2);
    assert.match(findings[1]?.message ?? '', /^Python 3\.\d+\.\d+ cannot read this file: duplicate argument 'a'/u);
    assert.match(note, /^Compiled by Python 3\.\d+\.\d+\.$/u);
  });

  for (const [path, text] of [
    ['pyproject.toml', '[project]\nrequires-python = ">=3.10, <4"\n'],
    ['pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.10"\n'],
    ['setup.cfg', '[options]\npython_requires = >= 3.10\n'],
    ['setup.py', 'setup(name="x", python_requires=">=3.10")\n'],
  ] as const) {
    it(`is not for an older Python to judge than ${path} wants: ${text.trim().split('\n').at(-1) ?? ''}`, async () => {
      const wrong = (version: string): string =>
        `{"version": "${version}"}\n{"at": 0, "line": 1, "column": 1, "message": "no"}\n{"done": true}\n`;
      const files = { 'a.py': 'match x:\n  case 1: ...\n', [path]: text };
      const judged = async (version: string): Promise<[number, string]> => {
        const runner = answering({ python3: { code: 0, out: wrong(version) } });
        const { findings, note } = await checkSyntax(new WorkspaceFiles(new MemoryFiles(files)), ['a.py'], runner);
        return [findings.length, note];
      };
      const why = 'for the project wants 3.10, and 3.9.2 is on the PATH';
      assert.deepEqual(await judged('3.9.2'), [0, `Looked at without Python, ${why}: some mistakes are not seen so.`]);
      assert.deepEqual(await judged('3.10.0'), [1, 'Compiled by Python 3.10.0.']);
    });
  }

  it('is told at its column, in UTF-16 units', async () => {
    const { findings } = await look({ 'a.py': 'x = "😀" $\n', 'b.py': 'if a:\n  b\n c\n' });
    assert.deepEqual(
      findings.map(({ line, column }) => [line, column]),
      [
        [1, 10],
        [3, 3],
      ],
    );
  });

  it('is judged in the encoding that the file declares', async () => {
    const latin = Uint8Array.from(Buffer.from('# -*- coding: latin-1 -*-\nx = "é"\n', 'latin1'));
    const { findings } = await look({ 'a.py': latin, 'b.py': latin.slice(26), 'c.py': 'x = 1\0' });
    assert.deepEqual(
      findings.map(({ path, line }) => [path, line]),
      [
        ['b.py', 1],
        ['c.py', 1],
      ],
    );
  });

  it('names a conflict’s marker rather than where Python stumbles', async () => {
    const { findings } = await look({ 'a.py': 'x = 1\n<<<<<<< ours\nx = 2\n=======\nx = 3\n>>>>>>> theirs\n' });
    assert.deepEqual(brief(findings), ['a.py:2:1 A marker of a merge conflict was left here.']);
  });

  it('runs no code of the files, loads none beside them, and writes nothing', async () => {
    const evil = 'raise SystemExit(9)\n';
    const folder = newFolder().write({ 'json.py': evil, 'sitecustomize.py': evil, 'usercustomize.py': evil });
    const before = readdirSync(folder.path, { recursive: true });
    // As badly placed as can be: in that folder, and told to look there.
    const env = { ...process.env, PYTHONPATH: folder.path, PYTHONSTARTUP: `${folder.path}/json.py` };
    const runner: ProcessRunner = {
      root: folder.path,
      run: (program, args, { input }) => {
        const { status, stdout } = spawnSync(program, args, { cwd: folder.path, env, input });
        return Promise.resolve({ ...(status === null ? {} : { code: status }), stdout, stderr: '' });
      },
    };
    const { findings, note } = await look({ 'json.py': evil, 'a.py': 'open("x", "w")\n' }, runner);
    assert.deepEqual(findings, []);
    assert.match(note, /^Compiled by/u);
    assert.deepEqual(readdirSync(folder.path, { recursive: true }), before);
  });

  it('is our own to judge where it is too much for Python', async () => {
    const runner = answering({ python3: { code: 0, out: ok.replace('\n', '\n{"at": 1}\n{"at": 2}\n') } });
    const { findings } = await look({ 'a.py': 'return\n', 'b.py': 'x = (\n', 'c.py': 'x = 1\n' }, runner);
    assert.deepEqual(brief(findings), ['b.py:2:1 Python cannot read this file: it ends in the middle of something.']);
  });

  it('asks the second Python when the first is none', async () => {
    const runner = answering({
      python3: { code: 9009, out: 'Install it from the store\n{broken\n' },
      python: { code: 0, out: ok },
    });
    assert.equal((await look({ 'a.py': '' }, runner)).note, 'Compiled by Python 3.9.1.');
  });

  const silent: [string, ProcessRunner | undefined, string][] = [
    ['nobody may be asked', undefined, 'which is asked in trusted workspaces alone'],
    ['there is no Python', answering({}), 'for there is none on the PATH'],
    ['it takes too long', answering({ python3: { out: '' } }), 'for python3 took too long'],
    ['it is no Python', answering({ python: { code: 0, out: 'hello\n' } }), 'for python did not answer'],
    [
      'it dies on the way',
      answering({ python3: { code: 139, out: '{"version": "3.9.1"}\n' } }),
      'for python3 did not answer',
    ],
  ];
  for (const [what, runner, why] of silent) {
    it(`is our own to judge, which is said, when ${what}`, async () => {
      const files = new WorkspaceFiles(new MemoryFiles({ 'a.py': 'x = (\n', 'b.py': 'return\n' }));
      const { findings, note } = await checkSyntax(files, ['a.py', 'b.py', 'gone.py'], runner);
      assert.deepEqual(brief(findings), ['a.py:2:1 Python cannot read this file: it ends in the middle of something.']);
      assert.equal(note, `Looked at without Python, ${why}: some mistakes are not seen so.`);
    });
  }
});
