import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Names the file into which the counts of a run go, as JSON. */
export const COUNTS_FILE = 'TREE_UNIFIER_COUNTS_FILE';

/** Mocha's own spec output, and the counts in a file: no output has to be parsed to know how a run went. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const file = process.env[COUNTS_FILE];
      const { passes, failures, pending } = this.stats;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passed: passes, failed: failures + pending }));
    });
  }
}
