import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import CountingReporter from '../host/countingReporter.ts';
import { recordUses } from './recorder.ts';

/** What the outer process says through the environment; see test/host/runEditorTests.ts. */
const FILES = 'TREE_UNIFIER_TEST_FILES';
const GREP = 'TREE_UNIFIER_TEST_GREP';
const OUTPUT = 'TREE_UNIFIER_TEST_OUTPUT';

/** Called by VS Code inside the extension host. What is printed goes to a file, since nobody sees this console. */
export async function run(): Promise<void> {
  const output = process.env[OUTPUT];
  const print = (...line: unknown[]): void => {
    if (output !== undefined) appendFileSync(output, `${format(...line)}\n`);
  };
  Mocha.reporters.Base.consoleLog = print;
  recordUses();
  const failures = await runMocha(JSON.parse(process.env[FILES] ?? '[]') as string[]).catch((error: unknown) => {
    print(error); // a test file that cannot be loaded, for instance
    throw error;
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

function runMocha(files: readonly string[]): Promise<number> {
  const strict = { forbidOnly: true, forbidPending: true, failZero: true };
  const mocha = new Mocha({ ui: 'bdd', reporter: CountingReporter, timeout: 60_000, color: false, ...strict });
  mocha.fgrep(process.env[GREP] ?? '');
  for (const file of files) mocha.addFile(join(__dirname, file));
  return new Promise((resolve) => mocha.run(resolve));
}
