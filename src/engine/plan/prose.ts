import type { CancellationToken } from '../ports.ts';
import { shorten } from '../report/format.ts';
import { escapePattern } from '../text/pattern.ts';
import { mapBounded } from '../tree/files.ts';
import { pathInTree } from '../tree/pair.ts';
import type { PlanWorld } from './world.ts';

const copies = '(?:backends?|trees?|packages?|cop(?:y|ies)|namespaces?)';
/** Says outright that there are two: `both backend trees`, `the duplicated package`, `tree duplication`. */
const OUTRIGHT = new RegExp(
  `\\b(?:two|both|duplicated?) (?:[a-z]+ )?${copies}\\b|\\b${copies} (?:is |are )?duplicat(?:ed|ion)\\b`,
  'iu',
);
/** Speaks of something doubled: of the trees, if one of them is named beside it. */
const DOUBLED = /\bduplicat(?:e|es|ed|ion)\b|\btemporar(?:y|ily)\b[^.]*\bcop(?:y|ies|ied)\b|\bsecond copy\b/iu;

/** A repository has the name of its package more often than not. */
const ADDRESS = /\b\w+:\/\/[^\s)>\]"'`]+/gu;

const mostLines = 40;
const mostWords = 100;

/**
 * The lines of a document (from 0) that tell of two copies of the package; only a person can make them true again.
 * @param names of the two trees, as folders and as packages
 */
export function caveatLines(text: string, names: readonly string[]): number[] {
  if (!names.some((name) => text.includes(name))) return [];
  const lines = text.split('\n');
  const named = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${names.map(escapePattern).join('|')})(?![\\p{L}\\p{N}_-])`, 'u');
  const isNamed = lines.map((line) => named.test(line.replace(ADDRESS, '')));
  if (!isNamed.includes(true)) return [];
  return [...lines.keys()].filter(
    (at) => OUTRIGHT.test(lines[at] ?? '') || (DOUBLED.test(lines[at] ?? '') && paragraphHas(lines, at, isNamed)),
  );
}

/** Whether any line of the paragraph around a line is one of these. */
function paragraphHas(lines: readonly string[], at: number, isOne: readonly boolean[]): boolean {
  const isBlank = (line: string | undefined): boolean => line === undefined || /^[\s>]*$/u.test(line);
  let [from, to] = [at, at];
  while (!isBlank(lines[from - 1])) from--;
  while (!isBlank(lines[to + 1])) to++;
  return isOne.slice(from, to + 1).includes(true);
}

/** Sentences: the lines of living documents about the package that speak of two copies of it. */
export async function proseToEdit(
  { config, files, rules }: PlanWorld,
  token?: CancellationToken,
): Promise<readonly string[]> {
  const own = new Set([config.taskFile, config.changelogFile]);
  const goes = (path: string): boolean => config.pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined);
  const documents = (await files.list(token)).filter(
    (path) =>
      /\.(?:md|mdx|rst|adoc)$/iu.test(path) && !own.has(path) && !goes(path) && rules.standing(path, '', 0) === 'live',
  );
  const names = config.pairs.flatMap(({ legacy, canonical }) =>
    [legacy, canonical].flatMap(({ root, package: dotted }) => [root, dotted]),
  );
  const found = await mapBounded(
    documents,
    async (path) => {
      const text = (await files.text(path))?.text ?? '';
      const lines = text.split('\n');
      return caveatLines(text, names).map((at) => {
        const words = shorten(lines[at]?.trim() ?? '', mostWords);
        return `${path}:${at + 1} may speak of two copies: “${words}”.`;
      });
    },
    token,
  );
  const sentences = found.flat();
  const more = sentences.length - mostLines;
  return more > 0
    ? [...sentences.slice(0, mostLines), `${more} more lines of documents may speak of two copies.`]
    : sentences;
}
