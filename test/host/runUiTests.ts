import { type Counts } from './countingReporter.ts';
import { isGood, line } from './outcome.ts';
import { provingUse } from './proveUse.ts';
import { runMocha } from './runMocha.ts';

const ROOT_HOOKS = './test/ui/support/rootHooks.ts';

/**
 * Runs the tests that look at VS Code from outside: a browser shows the workbench and playwright clicks in it. Arguments
 * go to mocha (`--grep "light bulb"`). Without any, every view, welcome text and key must have been seen or pressed.
 */
export function runUiTests(args: readonly string[] = []): Promise<Counts> {
  // No configuration file: that one is for the unit tests, and leaves this folder out.
  const own = ['--no-config', '--timeout', '180000', '--forbid-only', '--forbid-pending', '--require', ROOT_HOOKS];
  const run = (): Promise<Counts> => runMocha([...own, ...args, 'test/ui/**/*.test.ts']);
  return args.length === 0 ? provingUse(['view', 'welcome', 'keybinding'], run) : run();
}

if (import.meta.main) {
  const counts = await runUiTests(process.argv.slice(2));
  console.log(`\n${line(counts)}`);
  process.exitCode = isGood(counts) ? 0 : 1;
}
