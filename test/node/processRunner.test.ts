import assert from 'node:assert/strict';
import { chmodSync, existsSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { describe, it } from 'mocha';
import { CancelledError } from '../../src/engine/index.ts';
import type { ProcessRunner } from '../../src/engine/index.ts';
import { createProcessRunner } from '../../src/node/processRunner.ts';
import { temporaryFolders } from './temporaryFolder.ts';

describe('a program that is asked', () => {
  const newFolder = temporaryFolders();

  /** A runner whose every program is this one, in Node. */
  function runnerOf(script: string): ProcessRunner {
    const folder = newFolder().write({ 'program.mjs': `#!${process.execPath}\n${script}` });
    const file = path.join(folder.path, 'program.mjs');
    chmodSync(file, 0o755);
    return createProcessRunner(folder.path, (name) => (name === 'program' ? file : undefined));
  }

  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

  it('gets its arguments as they are and its input, and answers both streams and its exit code', async () => {
    const runner = runnerOf(
      'let given = ""; for await (const chunk of process.stdin) given += chunk;\n' +
        'console.log(JSON.stringify([process.argv.slice(2), given])); console.error("hm"); process.exitCode = 3;',
    );
    const args = ['a b', '$HOME', ';', '"', ''];
    const ran = await runner.run('program', args, { input: new TextEncoder().encode('in'), limitMs: 20_000 });
    assert.deepEqual(JSON.parse(text(ran?.stdout)), [args, 'in']);
    assert.deepEqual([ran?.code, ran?.stderr], [3, 'hm\n']);
  });

  it('runs in the temporary folder, and sees few of our variables', async () => {
    const runner = runnerOf('console.log(JSON.stringify([process.cwd(), Object.keys(process.env)]));');
    process.env['PYTHONPATH'] = runner.root;
    const ran = await runner.run('program', [], { limitMs: 20_000 }).finally(() => {
      delete process.env['PYTHONPATH'];
    });
    const [cwd, names] = JSON.parse(text(ran?.stdout)) as [string, string[]];
    assert.equal(realpathSync(cwd), realpathSync(tmpdir()));
    assert.ok(names.includes('PATH'));
    assert.ok(!names.includes('PYTHONPATH'));
  });

  it('finds no program of the workspace either', async () => {
    const runner = runnerOf('console.log(process.env.PATH);');
    const kept = process.env['PATH'] ?? '';
    process.env['PATH'] = ['.', path.join(runner.root, 'bin'), runner.root, kept].join(path.delimiter);
    const ran = await runner.run('program', [], { limitMs: 20_000 }).finally(() => {
      process.env['PATH'] = kept;
    });
    assert.equal(text(ran?.stdout).trim(), kept);
  });

  it('is none when it is not there or cannot be started', async () => {
    assert.equal(await runnerOf('').run('other', [], { limitMs: 20_000 }), undefined);
    const folder = newFolder().write({ program: '' });
    const runner = createProcessRunner(folder.path, () => path.join(folder.path, 'program'));
    assert.equal(await runner.run('program', [], { limitMs: 20_000 }), undefined);
  });

  it('is ended after its limit, also when it does not listen', async () => {
    const runner = runnerOf('process.on("SIGTERM", () => {}); console.log("half"); setInterval(() => {}, 1000);');
    const ran = await runner.run('program', [], { limitMs: 300 });
    assert.deepEqual([ran?.code, ran?.stdout.length], [undefined, 0]);
  });

  it('may end what it started itself', async () => {
    const folder = newFolder();
    const mark = path.join(folder.path, 'ended');
    const runner = runnerOf(
      'import { writeFileSync } from "node:fs"; setInterval(() => {}, 1000);\n' +
        'process.on("SIGTERM", () => { writeFileSync(process.argv[2], ""); process.exit(0); });',
    );
    const ran = await runner.run('program', [mark], { limitMs: 2000 });
    assert.deepEqual([ran?.code, existsSync(mark)], [undefined, true]);
  });

  it('is ended when it prints without end', async () => {
    const runner = runnerOf('const much = "x".repeat(1 << 20); const go = () => process.stdout.write(much, go); go();');
    const ran = await runner.run('program', [], { limitMs: 60_000 });
    assert.deepEqual([ran?.code, ran?.stdout.length], [undefined, 0]);
  });

  it('is ended when its caller gives up', async () => {
    const runner = runnerOf('setInterval(() => {}, 1000);');
    const token = { isCancellationRequested: false };
    const running = runner.run('program', [], { limitMs: 60_000, token });
    token.isCancellationRequested = true;
    await assert.rejects(running, CancelledError);
  });
});
