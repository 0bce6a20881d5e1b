import type { Finding, KnownFinding } from './finding.ts';
import { keyText, sorted, tally } from './finding.ts';

/**
 * The findings that are known: of each key as many, in the order given, as there were. A second occurrence of what was
 * there once is not known; nor is a pair of copies that differ in more lines than before.
 */
export function knownAmong(findings: readonly Finding[], known: readonly KnownFinding[]): Set<Finding> {
  const left = countsOf(known);
  return new Set(
    findings.filter((finding) => {
      const key = keyText(finding);
      const count = left.get(key) ?? 0;
      if (count < finding.size) return false;
      left.set(key, count - finding.size);
      return true;
    }),
  );
}

/** What was known and is there no more, or less of it; sorted. */
export function goneSince(known: readonly KnownFinding[], findings: readonly Finding[]): KnownFinding[] {
  const now = countsOf(tally(findings));
  return sorted(known.map((one) => ({ ...one, count: one.count - (now.get(keyText(one)) ?? 0) }))).filter(
    ({ count }) => count > 0,
  );
}

function countsOf(known: readonly KnownFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of known) counts.set(keyText(one), (counts.get(keyText(one)) ?? 0) + one.count);
  return counts;
}
