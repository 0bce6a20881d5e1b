import { type Counts } from './countingReporter.ts';

export type { Counts };

export const NONE: Counts = { passed: 0, failed: 0 };

export const sum = (a: Counts, b: Counts): Counts => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/** A run is good when something passed and nothing failed: a suite that ran no test proves nothing. */
export const isGood = ({ passed, failed }: Counts): boolean => passed > 0 && failed === 0;

export const line = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;
