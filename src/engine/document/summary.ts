import type { Base } from '../compare/model.ts';
import type { Change, Plan } from '../plan/model.ts';
import type { PhaseId } from '../references/model.ts';
import { filesByReason, isOfFile, rewrittenTable } from '../report/changesMarkdown.ts';
import { count } from '../report/format.ts';
import { code } from '../report/markdown.ts';
import type { TreePair } from '../tree/pair.ts';

/** What a phase did, for its summary section. */
export interface PhaseWork {
  readonly phase: Exclude<PhaseId, 'inventory'>;
  readonly pairs: readonly TreePair[];
  readonly bases: readonly (Base | null)[];
  /** Those that are made. */
  readonly changes: readonly Change[];
  readonly blockers: Plan['blockers'];
  /** Live references of the phase that stay. */
  readonly left: number;
  readonly isComplete: boolean;
  readonly date: string;
  /** The section is there already: this is what was done after that. */
  readonly isContinued: boolean;
  /** Sentences: what comes after the phase; none while it is not complete. */
  readonly next: readonly string[];
}

const approaches: Readonly<Record<PhaseWork['phase'], string>> = {
  canonicalize:
    'Three-way merge of both trees on the canonical namespace by git’s own rules, so that the changes of both sides survive; then the references in code and documents.',
  align: 'References in scripts, launcher, Docker, CI and tool configuration point at the canonical package.',
  deduplicate: 'On proof that nothing in it is unmerged and nothing refers to it, the legacy tree gives way.',
};

/** The body of the summary section, in the form of task-34. */
export function phaseSummary(work: PhaseWork): string {
  const { date, isComplete, isContinued, next } = work;
  const begin = isContinued
    ? `### Continued on ${date}\n`
    : `**${isComplete ? 'Date Completed' : 'Date'}:** ${date}\n\n### Approach Taken\n\n${approaches[work.phase]}${basesText(work)}\n`;
  const sections = [begin, files(work), references(work.changes), left(work), list('Next Steps', next)];
  return sections.filter((section) => section !== '').join('\n');
}

function basesText({ phase, pairs, bases }: PhaseWork): string {
  if (phase !== 'canonicalize') return '';
  const names = pairs.flatMap(({ legacy, canonical }, at) => {
    const base = bases[at];
    return base == null ? [] : [`${code(legacy.root)} → ${code(canonical.root)}: ${code(base.commit.slice(0, 9))}`];
  });
  return names.length === 0 ? '' : `\n\nMerge base of ${names.join('; ')}.`;
}

function files({ changes }: PhaseWork): string {
  const lists = [
    ['Files Added', 'create'],
    ['Files Changed', 'edit'],
    ['Files Removed', 'delete'],
  ].flatMap(([title, type]) => {
    const some = changes.filter((change) => isOfFile(change) && change.type === type);
    return some.length === 0 ? [] : [`**${title}:**\n\n${filesByReason(some)}`];
  });
  return lists.length === 0 ? '' : `### What Was Unified\n\n${lists.join('\n')}`;
}

function references(changes: readonly Change[]): string {
  const rewritten = rewrittenTable(changes);
  return rewritten === undefined ? '' : `### References Rewritten\n\n${rewritten}`;
}

function left({ blockers, left: live, isComplete }: PhaseWork): string {
  if (isComplete) return '';
  return list('Left for a Person', [
    ...blockers.map(({ path, reason }) => `${code(path)}: ${reason}`),
    ...(live > 0 ? [`${count(live, 'live reference')} to review by hand.`] : []),
  ]);
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `### ${title}\n\n${items.map((item) => `- ${item}\n`).join('')}`;
}
