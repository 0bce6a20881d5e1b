import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './cache.ts';
import { COUNTS_FILE, type Counts } from './countingReporter.ts';
import { run } from './run.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const REPORTER = join(import.meta.dirname, 'countingReporter.ts');
const MOCHA = join(ROOT, 'node_modules', 'mocha', 'bin', 'mocha.js');

/** Runs mocha in a process of its own with its output shown, and returns the counts. */
export async function runMocha(args: readonly string[]): Promise<Counts> {
  const results = await temporaryFolder('mocha');
  const file = join(results.path, 'counts.json');
  const env = { ...process.env, [COUNTS_FILE]: file };
  const code = await run(process.execPath, [MOCHA, '--reporter', REPORTER, ...args], { cwd: ROOT, env });
  const counts = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Counts,
    () => ({ passed: 0, failed: 1 }), // it ended before its first test: its own message has been shown
  );
  await results.remove();
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
