import { decode } from '../../text/decode.ts';
import type { Version } from './model.ts';

/** `undefined` for what is not UTF-8 text: nobody rewrites that. */
export function textOf(version: Version | undefined): string | undefined {
  const decoded = version === undefined ? undefined : decode(version.bytes);
  return decoded?.kind === 'text' && decoded.encoding === 'utf-8' ? decoded.text : undefined;
}

const MARK = '\ufeff';

/**
 * The text with the byte order mark and, where the model has but one kind, the line endings of the model. A carriage
 * return inside a line is no ending.
 */
export function inStyleOf(model: string, text: string): string {
  const unmarked = text.startsWith(MARK) ? text.slice(1) : text;
  const endings = endingsOf(model);
  const [ending = '\n'] = endings;
  const own = endingsOf(unmarked);
  const isPlain = endings.size === 1 && (own.size === 1 || !own.has('\r'));
  const ended = isPlain ? unmarked.replace(/\r\n|\n|\r/gu, ending) : unmarked;
  return model.startsWith(MARK) ? MARK + ended : ended;
}

function endingsOf(text: string): Set<string> {
  return new Set(text.match(/\r\n|\n|\r/gu));
}
