import { groupBy } from '../groupBy.ts';
import type { Status } from '../plan/status.ts';
import type { Reference, ReferenceReport } from '../references/model.ts';
import { blockerText, count, number } from './format.ts';

/** A code span that holds its text whatever is in it (CommonMark, "Code spans"). */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
  if (longest === 0) return `\`${text}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}

/** A table; cells may not hold a bare bar or a line break. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function cell(text: string): string {
  return text.replace(/\|/gu, '\\|').replace(/\s*\n\s*/gu, ' ');
}

/** One table a category, for a comment or a task file. */
export function referencesMarkdown({ references, problems }: ReferenceReport): string {
  const files = new Set(references.map(({ path }) => path)).size;
  const sections = [...groupBy(references, ({ category }) => category)].map(([name, inCategory]) => {
    const rows = inCategory.map(referenceRow);
    return `## ${name} (${number(rows.length)})\n\n${table(['Place', 'Kind', 'Standing', 'Text', 'Replacement'], rows)}`;
  });
  const notes = problems.map(({ path, message }) => `- ${path === undefined ? '' : `${code(path)}: `}${message}\n`);
  return [
    `# Legacy references\n\n${count(references.length, 'reference')} in ${count(files, 'file')}.\n`,
    ...sections,
    ...(notes.length === 0 ? [] : [`## Problems\n\n${notes.join('')}`]),
  ].join('\n');
}

function referenceRow(reference: Reference): string[] {
  const { path, line, kind, standing, target, text, rewrite, alternatives, needsReview } = reference;
  const replacements = [rewrite, ...alternatives]
    .filter((one) => one !== undefined)
    .map((one) => code(one.replacement));
  const marks = [...(target === 'missing' ? ['target missing'] : []), ...(needsReview ? ['needs review'] : [])];
  const judged = [...(replacements.length === 0 ? [] : [replacements.join(' or ')]), ...marks];
  return [code(`${path}:${line}`), kind, standing, code(text), judged.join('; ') || '-'];
}

export function statusMarkdown({ phases }: Status): string {
  return phases
    .map(({ number: id, title, state, blockers, left }) => {
      const notes = [...blockers.map((blocker) => `Blocked: ${blockerText(blocker)}`), ...left];
      const mark = state === 'done' ? 'x' : ' ';
      return `- [${mark}] **Phase ${id} – ${title}**${notes.map((note) => `\n  - ${note}`).join('')}\n`;
    })
    .join('');
}
