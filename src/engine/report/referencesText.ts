import { groupBy } from '../groupBy.ts';
import { isSure, standings, type Reference, type ReferenceReport } from '../references/model.ts';
import { count, number, plain, shorten, type Paint } from './format.ts';
import { problemsText } from './inventoryText.ts';

/** Category → file → one line a reference; for a terminal of 120 columns. */
export function referencesText({ references, problems }: ReferenceReport, paint: Paint = plain): string {
  const categories = [...groupBy(references, ({ category }) => category)];
  const parts = [
    `${summary(references)}\n`,
    ...categories.map(([name, inCategory]) => categoryText(name, inCategory, paint)),
    problemsText(problems, paint),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** `3 references in 2 files: 2 live, 1 historical`. */
function summary(references: readonly Reference[]): string {
  const files = new Set(references.map(({ path }) => path)).size;
  const counts = standings
    .map((standing) => [standing, references.filter((reference) => reference.standing === standing).length] as const)
    .filter(([, n]) => n > 0)
    .map(([standing, n]) => (standing === 'ownName' ? count(n, 'own name') : `${number(n)} ${standing}`));
  const missing = references.filter(({ standing, target }) => standing === 'live' && target === 'missing').length;
  const sure = references.filter(isSure).length;
  const more = [
    `${number(sure)} sure to rewrite`,
    ...(missing > 0 ? [`${number(missing)} with a missing target`] : []),
  ];
  const head = `${count(references.length, 'reference')} in ${count(files, 'file')}`;
  return references.length === 0 ? head : `${head}: ${counts.join(', ')} (${more.join(', ')})`;
}

function categoryText(name: string, references: readonly Reference[], paint: Paint): string {
  const live = references.filter(({ standing }) => standing === 'live').length;
  const files = [...groupBy(references, ({ path }) => path)];
  const lines = files.flatMap(([path, inFile]) => [`  ${path}`, ...inFile.map((one) => referenceLine(one, paint))]);
  const title = `${paint('heading', name)} (${number(references.length)}, ${number(live)} live)`;
  return `${[title, ...lines].join('\n')}\n`;
}

function referenceLine(reference: Reference, paint: Paint): string {
  const { line, column, kind, text, rewrite, alternatives } = reference;
  const place = `${line}:${column}`.padEnd(8);
  const replacements = [rewrite, ...alternatives].filter((one) => one !== undefined).map((one) => one.replacement);
  const target = replacements.length === 0 ? '' : ` → ${shorten(replacements.join(' or '), 60)}`;
  const marks = marksOf(reference);
  const shown = `    ${place}${kind.padEnd(13)} ${shorten(text, 50)}${target}${marks === '' ? '' : `  [${marks}]`}`;
  return reference.standing === 'live' ? shown : paint('faint', shown);
}

function marksOf({ standing, target, needsReview }: Reference): string {
  const marks = [
    ...(standing === 'live' ? [] : [standing === 'ownName' ? 'own name' : standing]),
    ...(target === 'missing' ? ['target missing'] : []),
    ...(needsReview ? ['review'] : []),
  ];
  return marks.join(', ');
}
