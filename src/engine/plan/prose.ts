import type { CancellationToken } from '../ports.ts';
import { shorten } from '../report/format.ts';
import { mapBounded } from '../tree/files.ts';
import type { PlanWorld } from './world.ts';

/** Words of a document that speaks of two trees; nobody but a person can make them true again. */
const CAVEAT =
  /\bduplicat(?:e|es|ed|ion)\b|\b(?:two|both) (?:backend )?(?:trees|copies|backends)\b|\btemporar(?:y|ily)\b[^.]*\bcop(?:y|ies|ied)\b/iu;

const mostLines = 40;
const mostWords = 100;

/** Sentences: the lines of living documents about the package that speak of two copies of it. */
export async function proseToEdit(
  { config, files, rules }: PlanWorld,
  token?: CancellationToken,
): Promise<readonly string[]> {
  const own = new Set([config.taskFile, config.changelogFile]);
  const documents = (await files.list(token)).filter(
    (path) => /\.(?:md|mdx|rst|adoc)$/iu.test(path) && !own.has(path) && rules.standing(path, '', 0) === 'live',
  );
  const about = config.pairs.flatMap(({ legacy, canonical }) => [legacy.package, canonical.package, canonical.root]);
  const found = await mapBounded(
    documents,
    async (path) => {
      const text = (await files.text(path))?.text ?? '';
      if (!about.some((name) => text.includes(name))) return [];
      return text
        .split('\n')
        .map((line, at) => ({ line, at }))
        .filter(({ line }) => CAVEAT.test(line))
        .map(({ line, at }) => `${path}:${at + 1} may speak of two copies: “${shorten(line.trim(), mostWords)}”.`);
    },
    token,
  );
  const sentences = found.flat();
  const more = sentences.length - mostLines;
  return more > 0
    ? [...sentences.slice(0, mostLines), `${more} more lines of documents may speak of two copies.`]
    : sentences;
}
