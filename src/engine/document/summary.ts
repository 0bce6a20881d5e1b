import { groupBy } from '../groupBy.ts';
import type { Base } from '../compare/model.ts';
import type { Change, Plan } from '../plan/model.ts';
import type { PhaseId } from '../references/model.ts';
import { count, number } from '../report/format.ts';
import { code, table } from '../report/markdown.ts';
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
}

/** Files named in a list; of more, the rest are counted. */
const namedFiles = 60;

const approaches: Readonly<Record<PhaseWork['phase'], string>> = {
  canonicalize:
    'Three-way merge of both trees on the canonical namespace by git’s own rules, so that the changes of both sides survive; then the references in code and documents.',
  align: 'References in scripts, launcher, Docker, CI and tool configuration point at the canonical package.',
  deduplicate: 'On proof that nothing in it is unmerged and nothing refers to it, the legacy tree gives way.',
};

/** The body of the summary section, in the form of task-34. */
export function phaseSummary(work: PhaseWork): string {
  const { date, isComplete, isContinued } = work;
  const begin = isContinued
    ? `### Continued on ${date}\n`
    : `**${isComplete ? 'Date Completed' : 'Date'}:** ${date}\n\n### Approach Taken\n\n${approaches[work.phase]}${basesText(work)}\n`;
  const sections = [begin, files(work), references(work.changes), left(work)];
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
  const own = changes.filter(({ kind }) => kind === 'merge' || kind === 'tree' || kind === 'shim');
  const list = (title: string, type: Change['type']): string[] => {
    const some = own.filter((change) => change.type === type);
    if (some.length === 0) return [];
    const named = some.slice(0, namedFiles).map(({ path, reason }) => `- ${code(path)}: ${reason}\n`);
    const more = some.length > namedFiles ? `- and ${count(some.length - namedFiles, 'more file')}\n` : '';
    return [`**${title}:**\n\n${named.join('')}${more}`];
  };
  const lists = [
    ...list('Files Added', 'create'),
    ...list('Files Changed', 'edit'),
    ...list('Files Removed', 'delete'),
  ];
  return lists.length === 0 ? '' : `### What Was Unified\n\n${lists.join('\n')}`;
}

function references(changes: readonly Change[]): string {
  const rewritten = changes.filter((change) => change.type === 'edit' && change.reference !== undefined);
  if (rewritten.length === 0) return '';
  const rows = [...groupBy(rewritten, ({ category }) => category)].map(([category, inCategory]) => [
    category,
    number(new Set(inCategory.map(({ path }) => path)).size),
    number(inCategory.length),
  ]);
  return `### References Rewritten\n\n${table(['Category', 'Files', 'References'], rows)}`;
}

function left({ blockers, left: live, isComplete }: PhaseWork): string {
  if (isComplete) return '';
  const items = [
    ...blockers.map(({ path, reason }) => `${code(path)}: ${reason}`),
    ...(live > 0 ? [`${count(live, 'live reference')} to review by hand.`] : []),
  ];
  return items.length === 0 ? '' : `### Left for a Person\n\n${items.map((item) => `- ${item}\n`).join('')}`;
}
