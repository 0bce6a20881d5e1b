import { besideCanonical } from '../../compare/sideBySide.ts';
import { decode } from '../../text/decode.ts';
import type { Names } from '../../tree/names.ts';
import type { Version } from './model.ts';

/** Writes a legacy text in the canonical namespace: the one rewriter, with what it is sure of. */
export type Rewriter = (path: string, text: string) => Promise<string>;

/** The versions of one path, as they are on disk and in history. */
export interface Copies {
  readonly base: Version | undefined;
  readonly canonical: Version | undefined;
  readonly legacy: Version | undefined;
}

/**
 * Brings the three versions of one path into one namespace, so that what still differs is what somebody changed. A line
 * that says the same as canonical's (or as the base's) is written in its words: spelling of the name, wrapping of an
 * import, line endings, byte order mark. Files that are not UTF-8 text stay as they are.
 */
export async function inOneNamespace(
  path: string,
  copies: Copies,
  rewrite: Rewriter,
  namespaces: readonly Names[],
): Promise<Copies> {
  const model = textOf(copies.canonical) ?? textOf(copies.legacy);
  if (model === undefined) return copies;
  const canonical = textOf(copies.canonical);
  const beside = (own: string, rewritten: string, other: string | undefined): string =>
    other === undefined ? rewritten : besideCanonical(path, own, rewritten, other, namespaces);
  const write = async (version: Version | undefined, base: string | undefined): Promise<Text> => {
    const text = textOf(version);
    if (version === undefined || text === undefined) return { version };
    const own = inStyleOf(model, text);
    const written = beside(own, await rewrite(path, own), canonical);
    // What a rewrite makes of a line may hang on the lines around it: one that is the base's stays the base's.
    const settled = beside(written, written, base);
    return { version: { ...version, bytes: new TextEncoder().encode(settled) }, text: settled };
  };
  const base = await write(copies.base, undefined);
  const legacy = await write(copies.legacy, base.text);
  return { base: base.version, canonical: copies.canonical, legacy: legacy.version };
}

interface Text {
  readonly version: Version | undefined;
  readonly text?: string;
}

/** `undefined` for what is not UTF-8 text: nobody rewrites that. */
export function textOf(version: Version | undefined): string | undefined {
  const decoded = version === undefined ? undefined : decode(version.bytes);
  return decoded?.kind === 'text' && decoded.encoding === 'utf-8' ? decoded.text : undefined;
}

const MARK = '\ufeff';

/** The text with the byte order mark and, where the model has but one kind, the line endings of the model. */
function inStyleOf(model: string, text: string): string {
  const unmarked = text.startsWith(MARK) ? text.slice(1) : text;
  const endings = new Set(model.match(/\r\n|\n|\r/gu));
  const [ending = '\n'] = endings;
  const ended = endings.size === 1 ? unmarked.replace(/\r\n|\n|\r/gu, ending) : unmarked;
  return model.startsWith(MARK) ? MARK + ended : ended;
}
