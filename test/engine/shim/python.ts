import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isScript, shimFiles } from '../../../src/engine/shim/files.ts';
import type { TreePair } from '../../../src/engine/tree/pair.ts';
import { findProgram } from '../../../src/node/program.ts';

/** What a Python program said and how it ended; the folder it ran in is written `<root>`. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs Python in `folder`, with nothing of this machine's settings for it. */
export async function runPython(folder: string, args: readonly string[]): Promise<Ended> {
  const python = findProgram(process.platform === 'win32' ? 'python' : 'python3');
  assert.ok(python !== undefined, 'These tests need Python 3 on the PATH.');
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PYTHON')));
  const child = spawn(python, args, {
    cwd: folder,
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Record<'out' | 'err', Buffer[]> = { out: [], err: [] };
  child.stdout.on('data', (data: Buffer) => output.out.push(data));
  child.stderr.on('data', (data: Buffer) => output.err.push(data));
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  const read = (data: Buffer[]): string =>
    Buffer.concat(data).toString('utf8').replaceAll('\r\n', '\n').replaceAll(folder, '<root>');
  return { code, out: read(output.out), err: read(output.err) };
}

/** Puts the shim in the place of the legacy tree, if there is one. */
export function replaceByShim(folder: string, pair: TreePair, expires = '2099-12-31'): string[] {
  const canonical = path.join(folder, pair.canonical.root);
  const files = readdirSync(canonical, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const scripts = files.filter(
    (file) => file.endsWith('.py') && isScript(readFileSync(path.join(canonical, file), 'utf8')),
  );
  rmSync(path.join(folder, pair.legacy.root), { recursive: true, force: true });
  const shim = shimFiles(pair, { files, scripts, expires });
  for (const { path: file, text } of shim) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return shim.map(({ path: file }) => file);
}
