import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EditorSuite, SUITES } from '../editor/suites.ts';
import { BUNDLES, bundlesOf, bundleTests } from './bundleTests.ts';
import { COUNTS_FILE, type Counts } from './countingReporter.ts';
import { hasDesktop, runOnDesktop } from './desktop.ts';
import { follow } from './follow.ts';
import { installServer } from './install.ts';
import { endAll } from './lifetime.ts';
import { isGood, line, NONE, sum } from './outcome.ts';
import { provingUse } from './proveUse.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { USES_FILE } from './uses.ts';
import { runOnWeb } from './web.ts';

/**
 * Runs the editor suites (all of them, or the named ones) in a real VS Code, one start each. Builds the tests, not the
 * extension. With `grep`, only tests whose title contains it. When everything runs, everything that is reached without a
 * mouse or keys must have been used.
 */
export async function runEditorTests(names: readonly string[] = [], grep = ''): Promise<Counts> {
  const run = (): Promise<Counts> => runSuites(names, grep);
  return names.length === 0 && grep === '' ? await provingUse(['command', 'setting', 'tool'], run) : await run();
}

async function runSuites(names: readonly string[], grep: string): Promise<Counts> {
  await bundleTests();
  const run = (await hasDesktop()) ? runOnDesktop : runOnWeb;
  if (run === runOnWeb) await installServer(); // once, and not in the time of the first suite
  let counts = NONE;
  for (const suite of SUITES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    console.log(`\nEditor suite "${suite.name}" in ${run === runOnWeb ? "VS Code's server" : 'VS Code'}`);
    const ran = await runSuite(suite, run, grep);
    if (ran.passed + ran.failed === 0) console.log(`No test ran in the editor suite "${suite.name}".`);
    counts = sum(counts, isGood(ran) || ran.failed > 0 ? ran : { passed: 0, failed: 1 });
  }
  return counts;
}

/** One start of VS Code for one suite. */
export async function runSuite(suite: EditorSuite, run: typeof runOnWeb, grep: string): Promise<Counts> {
  const workspace = await temporaryFolder(suite.name);
  const results = await temporaryFolder('results');
  const countsFile = join(results.path, 'counts.json');
  const output = join(results.path, 'output.txt');
  const env = {
    TREE_UNIFIER_TEST_FILES: JSON.stringify(await bundlesOf(suite.globs)),
    TREE_UNIFIER_TEST_GREP: grep,
    TREE_UNIFIER_TEST_OUTPUT: output,
    [COUNTS_FILE]: countsFile,
    // In Restricted Mode commands refuse, which is no use of them.
    ...(suite.trust ? {} : { [USES_FILE]: '' }),
  };
  const stopFollowing = follow(output, (text) => process.stdout.write(text));
  let failure: unknown;
  try {
    await suite.workspace(workspace.path);
    const folder = join(workspace.path, suite.workspaceFile ?? '');
    await run({ folder, testsPath: join(BUNDLES, 'index.cjs'), trust: suite.trust, env });
  } catch (error) {
    failure = error;
  }
  stopFollowing();
  const counts = await readFile(countsFile, 'utf8').then(
    (text) => JSON.parse(text) as Counts,
    () => NONE,
  );
  await workspace.remove();
  await results.remove();
  if (failure === undefined || counts.failed > 0) return counts; // failed tests have shown themselves
  console.error(failure instanceof Error ? failure.message : failure);
  return { ...counts, failed: 1 };
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });
  const counts = await runEditorTests(positionals, values.grep).finally(endAll);
  console.log(`\n${line(counts)}`);
  process.exitCode = isGood(counts) ? 0 : 1;
}
