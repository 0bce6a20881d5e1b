import { judgeCommand } from '../commandLine.ts';
import { nearbyLine } from '../../text/lines.ts';
import type { Mention } from '../../tree/names.ts';
import type { Scanner, Source } from '../judgement.ts';
import { REVIEW } from '../judgement.ts';

/** Whatever no other scanner reads: comments of other languages, plain text. Claims every file. */
export const textScanner: Scanner = {
  name: 'text',
  judge: (source) =>
    source.mentions.map((mention) => {
      const judged = judgeCommand(source, mention, 'prose');
      const ownName = nameOf(source, mention);
      if (ownName !== undefined) return { ...judged, ownName };
      return isAddress(source, mention) ? { ...judged, review: REVIEW.absolute } : judged;
    }),
};

const MARKUP = /\.(?:html?|vue|svelte|jinja2?|j2)$/iu;

/** `href="/pkg/x"` is asked of a server. */
function isAddress({ path, text }: Source, { start }: Mention): boolean {
  return MARKUP.test(path) && /=["']\/$/u.test(text.slice(Math.max(0, start - 3), start));
}

/** What markup, style sheets and SQL call so themselves. */
function nameOf({ path, text }: Source, mention: Mention): string | undefined {
  const line = nearbyLine(text, mention.start);
  const before = line.text.slice(0, mention.start - line.start);
  // Outside of strings and comments SQL names schemas, databases and roles.
  if (/\.sql$/iu.test(path) && mention.form !== 'path' && !/--|\/\*|^\s*\*|'[^']*$/u.test(before))
    return 'A schema, a database or a role.';
  const isClass = MARKUP.test(path) && /\s(?:class|id|for|name)=["'][^"']*$/u.test(before);
  const isSelector = /\.(?:css|s[ac]ss|less)$/iu.test(path) && /(?:^|[\s,>+~}])[^\s"'/]*[.#]$/u.test(before);
  return mention.form === 'bare' && (isClass || isSelector) ? 'A class or an id of the markup.' : undefined;
}
