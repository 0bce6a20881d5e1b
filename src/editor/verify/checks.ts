import { checkNames, type CheckName, type PhaseId } from '../../engine/index.ts';
import { count } from '../tree/row.ts';
import type { Found } from './verifications.ts';

/** What shows that a phase is in order, besides what it measures of itself. */
export const phaseChecks: Readonly<Record<PhaseId, readonly CheckName[]>> = {
  inventory: [],
  canonicalize: ['imports', 'syntax'],
  align: ['paths', 'docker', 'backend'],
  deduplicate: checkNames,
};

/** Short, for a narrow view: what is found stands beside it. */
export const checkLabels: Readonly<Record<CheckName, string>> = {
  imports: 'Imports',
  syntax: 'Syntax',
  paths: 'Paths',
  docker: 'Containers',
  backend: 'Backends',
};

/** Found in a word: by it icons differ in shape, and a screen reader tells them apart. */
export type Verdict = 'passed' | 'failed' | 'impossible';

export function verdictOf({ ok, skipped }: Found['result']): Verdict {
  if (skipped !== undefined) return 'impossible';
  return ok ? 'passed' : 'failed';
}

/** `in order`, `3 problems, 1 new, 2 notes`, `not checked`; with ` · out of date` when files changed since. */
export function foundText({ result, moment }: Found): string {
  const { findings, skipped } = result;
  const problems = findings.filter(({ level }) => level === 'problem');
  const isNew = problems.filter((finding) => finding.new === true).length;
  const notes = findings.length - problems.length;
  const parts = [
    skipped === undefined ? (problems.length === 0 ? 'in order' : count(problems.length, 'problem')) : 'not checked',
    ...(isNew === 0 ? [] : [`${isNew} new`]),
    ...(notes === 0 ? [] : [count(notes, 'note')]),
  ];
  return `${parts.join(', ')}${moment.changed.size > 0 ? ' · out of date' : ''}`;
}

/** All checks of a phase together; `undefined` while none was made. */
export function summaryOf(found: readonly (Found | undefined)[]): string | undefined {
  const made = found.filter((one) => one !== undefined);
  if (made.length === 0) return undefined;
  const problems = made.flatMap(({ result }) => result.findings.filter(({ level }) => level === 'problem')).length;
  const isWhole = made.length === found.length && made.every(({ result }) => result.skipped === undefined);
  const verified = isWhole
    ? 'verified'
    : `${made.filter(({ result }) => result.ok).length} of ${found.length} verified`;
  const state = problems > 0 ? count(problems, 'problem') : verified;
  return made.some(({ moment }) => moment.changed.size > 0) ? `${state}, out of date` : state;
}
