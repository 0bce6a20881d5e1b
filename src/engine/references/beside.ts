import { nearbyLine } from '../text/lines.ts';
import type { Names } from '../tree/names.ts';
import type { Judgement, Source } from './judgement.ts';
import { REVIEW } from './judgement.ts';

/** `moved pkg/a to canonical/a`: rewritten, both would say the same. A copy or a mount from one to the other is meant so. */
export function orBeside(judgement: Judgement, { text, names }: Source): Judgement {
  const { kind, review, ownName, mention } = judgement;
  if (review !== undefined || ownName !== undefined || kind === 'import' || kind === 'importUse') return judgement;
  const near = nearbyLine(text, mention.start);
  const before = text.slice(Math.max(near.start, mention.start - LONGEST_LINE), mention.start);
  const end = Math.min(near.start + near.text.length, mention.tailEnd + LONGEST_LINE);
  const after = text.slice(mention.tailEnd, end);
  if (COPIES.test(before + text.slice(mention.start, mention.tailEnd) + after)) return judgement;
  // In pieces (`"src" / "pkg"`) the name itself may hold the other.
  return namesCanonical(`${before} ${after}`, names) ? { ...judgement, review: REVIEW.beside } : judgement;
}

/** In UTF-16 units, on either side of a name: further away it is another matter. */
const LONGEST_LINE = 300;
const COPIES = /^\s*(?:(?:ONBUILD\s+)?(?:COPY|ADD)\s|-\s*["']?[^\s:]+:\/)/iu;

/** A canonical name that may be a word of any sentence (`orders`) is one where something marks it as a name. */
function namesCanonical(line: string, names: Names): boolean {
  const name = names.pair.canonical.package;
  if (!names.mentionsCanonical(line)) return false;
  if (!/^[a-z]+$/u.test(name)) return true;
  const marked = `["'\`*/\\\\.]${name}\\b|\\b(?:from|import)\\s+${name}\\b|\\b${name}(?:["'\`*]|[./\\\\:]\\w|\\s*=)`;
  return new RegExp(marked, 'u').test(line);
}
