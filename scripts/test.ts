import { ROOT } from '../test/host/cache.ts';
import type { Counts } from '../test/host/countingReporter.ts';
import { endAll } from '../test/host/lifetime.ts';
import { isGood, line, NONE, sum } from '../test/host/outcome.ts';
import { run } from '../test/host/run.ts';
import { runEditorTests } from '../test/host/runEditorTests.ts';
import { runMocha } from '../test/host/runMocha.ts';
import { runUiTests } from '../test/host/runUiTests.ts';

const FAILED: Counts = { passed: 0, failed: 1 };

/** `npm test`: every suite, the quick ones first. A failed suite does not keep the next from running. */
const SUITES: readonly (readonly [title: string, runs: () => Promise<Counts>])[] = [
  ['Unit tests', () => runMocha([])],
  ['Tests inside VS Code', () => runEditorTests()],
  ['Tests of the user interface', () => runUiTests()],
];

async function testAll(): Promise<Counts> {
  if ((await run(process.execPath, ['esbuild.config.mjs'], { cwd: ROOT })) !== 0) return FAILED;
  let total = NONE;
  for (const [title, runs] of SUITES) {
    console.log(`\n=== ${title} ===`);
    const start = performance.now();
    const counts = await runs().catch((error: unknown) => {
      console.error(error);
      return FAILED;
    });
    if (counts.passed + counts.failed === 0) console.error('No test ran, which counts as a failure.');
    console.log(`${title}: ${line(counts)}, in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    total = sum(total, isGood(counts) || counts.failed > 0 ? counts : FAILED);
  }
  return total;
}

const total = await testAll().finally(endAll);
console.log(`\n${line(total)}`);
process.exitCode = isGood(total) ? 0 : 1;
