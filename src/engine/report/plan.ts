import { groupBy } from '../groupBy.ts';
import type { Blocker, Change, Note, Plan } from '../plan/model.ts';
import { blockerText, count, number, plain, shorten, type Paint } from './format.ts';
import { code } from './markdown.ts';

/** Kind → file → one line a change, with what blocks and what a person must do below. */
export function planText(plan: Plan, paint: Paint = plain): string {
  const kinds = [...groupBy(plan.changes, ({ kind }) => kind)];
  const parts = [
    `${summary(plan)}\n`,
    ...kinds.map(([kind, changes]) => {
      const files = [...groupBy(changes, ({ path }) => path)];
      const lines = files.flatMap(([path, inFile]) => fileLines(path, inFile, paint));
      return `${[`${paint('heading', kind)} (${number(changes.length)})`, ...lines].join('\n')}\n`;
    }),
    section('Blocked', plan.blockers.map(blockerText), paint),
    section('For you to do', plan.checklist, paint),
    section('Left as it is', plan.notes.map(blockerText), paint),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** `12 changes in 5 files, 3 to review; 2 blockers, 1 conflict`. */
function summary({ phase, changes, blockers, conflicts }: Plan): string {
  const review = changes.filter(({ needsReview }) => needsReview).length;
  const files = new Set(changes.map(({ path }) => path)).size;
  const made =
    changes.length === 0 ? 'nothing to change' : `${count(changes.length, 'change')} in ${count(files, 'file')}`;
  const reviewed = review > 0 ? `, ${number(review)} to review` : '';
  const stops = [
    ...(blockers.length > 0 ? [count(blockers.length, 'blocker')] : []),
    ...(conflicts.length > 0 ? [count(conflicts.length, 'conflict')] : []),
  ];
  return `${phase}: ${made}${reviewed}${stops.length > 0 ? `; ${stops.join(', ')}` : ''}`;
}

function fileLines(path: string, changes: readonly Change[], paint: Paint): string[] {
  const [first] = changes;
  if (changes.length === 1 && first !== undefined && placeOf(first) === '')
    return [`  ${path}: ${describe(first, paint)}`];
  return [`  ${path}`, ...changes.map((change) => `    ${placeOf(change).padEnd(8)}${describe(change, paint)}`)];
}

function describe(change: Change, paint: Paint): string {
  const what = change.type === 'edit' ? '' : `${change.type}: `;
  const review = change.needsReview ? paint('bad', '  [review]') : '';
  return `${what}${shorten(change.reason, 160)}${review}`;
}

function placeOf(change: Change): string {
  if (change.type !== 'edit' || change.reference === undefined) return '';
  return `${change.reference.line}:${change.reference.column}`;
}

function section(title: string, sentences: readonly string[], paint: Paint): string {
  if (sentences.length === 0) return '';
  return `${[paint('heading', title), ...sentences.map((sentence) => `  ${sentence}`)].join('\n')}\n`;
}

/** For a comment or a pull request. */
export function planMarkdown(plan: Plan): string {
  const files = [...groupBy(plan.changes, ({ path }) => path)];
  const list = (title: string, items: readonly string[]): string =>
    items.length === 0 ? '' : `\n## ${title}\n\n${items.map((item) => `- ${item}\n`).join('')}`;
  const about = ({ path, line, reason }: Blocker | (Note & { readonly line?: number })): string =>
    `${code(line === undefined ? path : `${path}:${line}`)}: ${reason}`;
  return [
    `# Plan: ${plan.phase}\n\n${summary(plan)}.\n`,
    list('Blocked', plan.blockers.map(about)),
    list('For you to do', plan.checklist),
    list(
      'Changes',
      files.map(([path, changes]) => `${code(path)}\n${changes.map(changeItem).join('')}`.trimEnd()),
    ),
    list('Left as it is', plan.notes.map(about)),
  ].join('');
}

function changeItem({ type, kind, reason, needsReview }: Change): string {
  return `  - ${type} (${kind}): ${reason}${needsReview ? ' **Review.**' : ''}\n`;
}

/** The stable shape of design section 7. */
export function planJson({ phase, changes, blockers, conflicts, checklist, notes }: Plan): string {
  const value = { phase, changes: changes.map(changeJson), blockers, conflicts, checklist, notes };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function changeJson(change: Change): Record<string, unknown> {
  const { type, path, category, kind, reason, needsReview } = change;
  const reference = change.type === 'edit' ? change.reference : undefined;
  return {
    ...{ type, path, category, kind, reason, needsReview },
    ...(reference && {
      line: reference.line,
      column: reference.column,
      text: reference.text,
      replacement: reference.rewrite?.replacement ?? null,
      alternatives: reference.alternatives.map(({ replacement }) => replacement),
    }),
  };
}
