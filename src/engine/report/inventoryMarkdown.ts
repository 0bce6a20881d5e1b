import { groupBy } from '../groupBy.ts';
import type { ComparedFile, Hunk, Inventory, PairInventory, SymbolUse } from '../compare/model.ts';
import { isTask34 } from '../config.ts';
import type { Reference, ReferenceReport } from '../references/model.ts';
import { count, countAhead, number } from './format.ts';
import { keyFindings } from './keyFindings.ts';
import { code, table } from './markdown.ts';
import { labelOf } from '../tree/pair.ts';

export interface Summary {
  readonly inventory: Inventory;
  readonly references: ReferenceReport;
  /** Files that use the canonical name, by category, sorted. Not looked for when absent; the table has no column then. */
  readonly canonicalUses?: Readonly<Record<string, readonly string[]>>;
  /** The day the phase was done, as `2025-11-21`; left out while it is not. */
  readonly date?: string;
}

/** Files named in a cell of the table; of more, the first are named and the rest counted. */
const namedFiles = 5;

/** Lines named after a file. */
const namedLines = 5;

/** Files importing a symbol that are named; of more, the rest are counted. */
const namedUsers = 3;

/** The summary that task-34 asks for in 34.1, as the section of the task file, with its heading. */
export function inventoryMarkdown(summary: Summary): string {
  const { pairs, problems } = summary.inventory;
  const notes = problems.map(({ path, message }) => `- ${path === undefined ? '' : `${code(path)}: `}${message}\n`);
  const sections = [
    `## Phase ${isTask34(pairs) ? '34.1' : '1'} Summary: Backend Tree Inventory\n`,
    ...(summary.date === undefined ? [] : [`**Date Completed:** ${summary.date}\n`]),
    `### Directory Structure Comparison\n`,
    ...pairs.map(structure),
    `### Code Differences\n`,
    ...pairs.map(differences),
    `### Reference Inventory\n`,
    referenceTable(summary),
    `### Key Findings\n`,
    keyFindings(summary)
      .map((finding, i) => `${i + 1}. ${finding}\n`)
      .join(''),
    ...(notes.length === 0 ? [] : ['### Limits of This Report\n', notes.join('')]),
  ];
  return sections.join('\n');
}

function structure(pair: PairInventory): string {
  const { legacy, canonical, counts } = pair;
  const same = `${number(counts.identical)} identical, ${number(counts.equivalent)} the same but for the namespace`;
  const alone = pair.files.filter(({ status }) => status === 'legacyOnly' || status === 'canonicalOnly');
  const lines = [
    `- ${code(`${legacy.root}/`)} - ${number(legacy.pythonFiles)} Python files of ${count(legacy.files, 'file')}`,
    `- ${code(`${canonical.root}/`)} - ${number(canonical.pythonFiles)} Python files of ${count(canonical.files, 'file')}`,
    `- Files in both: ${same}, ${number(counts.diverged)} diverged`,
    `- Merge base: ${baseText(pair)}`,
  ];
  const differences = alone.map((file, i) => `${i + 1}. ${aloneText(file, pair)}\n`);
  const list =
    differences.length === 0 ? 'Every file is in both trees.\n' : `**File Differences:**\n\n${differences.join('')}`;
  return `${lines.join('\n')}\n\n${list}`;
}

function baseText({ base, noBase, legacy }: PairInventory): string {
  if (base === null) return `none. ${noBase ?? ''}`.trimEnd();
  return `${code(base.commit.slice(0, 9))}${base.legacyRoot === legacy.root ? '' : `, with the legacy tree at ${code(base.legacyRoot)}`}`;
}

function aloneText({ path, status, ahead }: ComparedFile, { legacy, canonical }: PairInventory): string {
  const [here, there] = status === 'legacyOnly' ? [legacy.root, canonical.root] : [canonical.root, legacy.root];
  const side = status === 'legacyOnly' ? 'legacy' : 'canonical';
  const since =
    ahead === undefined || ahead === 'unknown'
      ? ''
      : ahead === side
        ? ' (added since the copy)'
        : ahead === 'both'
          ? ` (changed here and deleted from ${code(there)} since the copy)`
          : ` (deleted from ${code(there)} since the copy)`;
  return `${code(path)} - exists only in ${code(here)}${since}`;
}

const aheadTitles = {
  legacy: (pair: PairInventory) => `Changed only in ${code(pair.legacy.root)} since the copy`,
  canonical: (pair: PairInventory) => `Changed only in ${code(pair.canonical.root)} since the copy`,
  both: () => 'Changed in both since the copy',
  unknown: () => 'Diverged (which side changed is unknown)',
};

function differences(pair: PairInventory): string {
  const diverged = pair.files.filter(({ status }) => status === 'diverged');
  if (diverged.length === 0) return 'No file diverged: what differs is the namespace alone.\n';
  const counts = countAhead(pair, 'diverged');
  const groups = (['legacy', 'canonical', 'both', 'unknown'] as const).filter((ahead) => counts[ahead] > 0);
  return groups
    .map((ahead) => {
      const files = diverged.filter((file) => (file.ahead ?? 'unknown') === ahead);
      return `**${aheadTitles[ahead](pair)} (${number(files.length)}):**\n\n${files.map(divergedText).join('')}`;
    })
    .join('\n');
}

/** One file: its hunks by the lines of both sides, and the definitions that one side alone has. */
function divergedText({ path, hunks = [], symbols }: ComparedFile): string {
  const places = hunks.length === 0 ? 'binary file' : hunks.map(hunkText).join('; ');
  const only = [
    symbolsText('legacy', symbols?.legacyOnly ?? []),
    symbolsText('canonical', symbols?.canonicalOnly ?? []),
  ];
  return `- ${code(path)}: ${places}\n${only.filter((text) => text !== '').join('')}`;
}

function hunkText({ legacyStart, legacyLines, canonicalStart, canonicalLines }: Hunk): string {
  const legacy = linesText(legacyStart, legacyLines);
  const canonical = linesText(canonicalStart, canonicalLines);
  if (canonicalLines === 0) return `${legacy} only in legacy`;
  if (legacyLines === 0) return `${canonical} only in canonical`;
  return legacy === canonical ? legacy : `${legacy} (in canonical: ${canonical})`;
}

/** `line 12`, `lines 12-14`. */
function linesText(start: number, lines: number): string {
  return lines === 1 ? `line ${start}` : `lines ${start}-${start + lines - 1}`;
}

function symbolsText(side: string, symbols: readonly SymbolUse[]): string {
  if (symbols.length === 0) return '';
  const names = symbols.map(({ name, line, importedBy }) => {
    const users = importedBy.slice(0, namedUsers).map(code);
    const more = importedBy.length > namedUsers ? ` and ${importedBy.length - namedUsers} more` : '';
    return `${code(name)} (line ${line}${users.length === 0 ? '' : `, imported by ${users.join(', ')}${more}`})`;
  });
  return `  - Only in ${side}: ${names.join(', ')}\n`;
}

/** A row for each category that has either name. */
function referenceTable({ inventory, references, canonicalUses }: Summary): string {
  const byCategory = groupBy(references.references, ({ category }) => category);
  const names = new Set([...task34Categories, ...byCategory.keys(), ...Object.keys(canonicalUses ?? {})]);
  const rows = [...names].map((name) => {
    const legacy = legacyCell(byCategory.get(name) ?? []);
    const canonical = filesCell((canonicalUses?.[name] ?? []).map(code));
    return canonicalUses === undefined ? [`**${name}**`, legacy] : [`**${name}**`, legacy, canonical];
  });
  const head = (['legacy', 'canonical'] as const).map(
    (side) => `Uses ${inventory.pairs.map((pair) => code(labelOf(pair, side))).join(', ')}`,
  );
  return table(
    ['Category', ...head].slice(0, canonicalUses === undefined ? 2 : 3),
    rows.filter(([, ...cells]) => cells.some((cell) => cell !== '-')),
  );
}

/** The rows of task-34's own table come first, in its order. */
const task34Categories = ['Docker', 'Launcher', 'Scripts', 'Tests', 'Documentation', 'Backend Code'];

function legacyCell(references: readonly Reference[]): string {
  const files = [...groupBy(references, ({ path }) => path)].map(([path, inFile]) => {
    const lines = [...new Set(inFile.map(({ line }) => line))];
    const shown = lines.slice(0, namedLines).join(', ') + (lines.length > namedLines ? ', …' : '');
    return `${code(path)} (${lines.length === 1 ? 'line' : 'lines'} ${shown})`;
  });
  const historical = references.filter(({ standing }) => standing === 'historical').length;
  const cell = filesCell(files);
  return historical === 0 ? cell : `${cell}; ${number(historical)} of the mentions historical`;
}

function filesCell(files: readonly string[]): string {
  if (files.length === 0) return '-';
  if (files.length <= namedFiles) return files.join(', ');
  return `${count(files.length, 'file')}, including ${files.slice(0, 3).join(', ')}`;
}
