import type { ComparedFile, Inventory, PairInventory, Problem, SymbolUse } from '../compare/model.ts';
import { count, linesOf, number, plain, shownStatuses, statusTitles, wrap, type Paint } from './format.ts';

/** Statuses, one line a file that is not the same, for a terminal of 80 columns or more. */
export function inventoryText({ pairs, problems }: Inventory, paint: Paint = plain): string {
  const parts = [...pairs.map((pair) => pairText(pair, paint)), problemsText(problems, paint)];
  return parts.filter((part) => part !== '').join('\n');
}

export function problemsText(problems: readonly Problem[], paint: Paint): string {
  if (problems.length === 0) return '';
  const lines = problems.map(({ path, message }) => `  ${path === undefined ? '' : `${path}: `}${message}\n`);
  return `${paint('heading', 'Problems')} (${number(problems.length)})\n${lines.join('')}`;
}

function pairText(pair: PairInventory, paint: Paint): string {
  const { legacy, canonical, counts } = pair;
  const size = ({ files, pythonFiles }: typeof legacy): string =>
    `${count(files, 'file')}, ${number(pythonFiles)} Python`;
  const head = [
    paint('heading', `${legacy.root} → ${canonical.root}`),
    `  legacy     ${size(legacy)}`,
    `  canonical  ${size(canonical)}`,
    `  base       ${baseText(pair)}`,
    `  same       ${number(counts.identical)} identical, ${number(counts.equivalent)} equivalent`,
  ];
  const sections = shownStatuses.flatMap((status) => sectionText(pair, status, paint));
  return `${[...head, ...sections].join('\n')}\n`;
}

function baseText({ base, noBase, legacy }: PairInventory): string {
  if (base === null) return `none. ${noBase ?? ''}`.trimEnd();
  const where = base.legacyRoot === legacy.root ? '' : `, legacy then at ${base.legacyRoot}`;
  return base.commit.slice(0, 10) + where;
}

function sectionText(pair: PairInventory, status: (typeof shownStatuses)[number], paint: Paint): string[] {
  const files = pair.files.filter((file) => file.status === status);
  if (files.length === 0) return [];
  const title = `${paint('heading', statusTitles[status])} (${number(files.length)}), by the side that changed`;
  const width = Math.min(72, Math.max(...files.map(({ path }) => path.length)));
  return ['', pair.base === null ? title.replace(', by the side that changed', '') : title].concat(
    files.flatMap((file) => fileText(file, pair.base !== null, width, paint)),
  );
}

function fileText(file: ComparedFile, hasBase: boolean, width: number, paint: Paint): string[] {
  const ahead = hasBase ? `${(file.ahead ?? '').padEnd(9)}  ` : '';
  const line = `  ${ahead}${file.path.padEnd(width)}  ${hunksText(file)}`.trimEnd();
  const { legacyOnly = [], canonicalOnly = [] } = file.symbols ?? {};
  const indent = ' '.repeat(2 + ahead.length + 2);
  const symbols = [...symbolsText('legacy', legacyOnly, indent), ...symbolsText('canonical', canonicalOnly, indent)];
  return [line, ...symbols.map((text) => paint('faint', text))];
}

function hunksText({ status, hunks }: ComparedFile): string {
  if (status !== 'diverged' || hunks === undefined) return '';
  if (hunks.length === 0) return 'binary';
  const lines = `-${number(linesOf(hunks, 'legacyLines'))} +${number(linesOf(hunks, 'canonicalLines'))}`;
  return `${count(hunks.length, 'hunk')}, ${lines}`;
}

function symbolsText(side: string, symbols: readonly SymbolUse[], indent: string): string[] {
  const names = symbols.map(({ name, line, importedBy }) => {
    const users = importedBy.length === 0 ? '' : `, imported by ${count(importedBy.length, 'file')}`;
    return `${name} (line ${line}${users})`;
  });
  return wrap(`only in ${side}: `, names, indent);
}
