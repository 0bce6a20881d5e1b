import { getLocation } from 'jsonc-parser';
import picomatch from 'picomatch';
import type { Config } from '../config.ts';
import { nearbyLine } from '../text/lines.ts';
import type { PhaseId, ReferenceKind, Standing } from './model.ts';

const KEEP = /(?:#|\/\/|\/\*|--|;|<!--|\brem\b|::|')\s*tree-unifier:\s*keep\b/iu;
const COMMENT_LINE = /^\s*(?:#|\/\/|\/\*|--|;|<!--|@?rem\b|::|')/iu;

/** Whose a file is and what standing its references have, by the globs of the settings. */
export class FileRules {
  readonly #categories: readonly { readonly name: string; readonly matches: (path: string) => boolean }[];
  readonly #historical: (path: string) => boolean;
  readonly #kept: readonly { readonly matches: (path: string) => boolean; readonly text?: string }[];

  constructor(config: Config) {
    const roots = (glob: string): string[] =>
      config.pairs.map(({ legacy, canonical }) =>
        glob.replaceAll('{canonical}', canonical.root).replaceAll('{legacy}', legacy.root),
      );
    this.#categories = config.categories.map(({ name, globs }) => ({ name, matches: matcher(globs.flatMap(roots)) }));
    // The task document and the changelog tell of the move itself: rewritten, they would say nothing.
    this.#historical = matcher([...config.historical, config.taskFile, config.changelogFile]);
    this.#kept = config.keep.map(readKeep);
  }

  category(path: string): string {
    return this.#categories.find(({ matches }) => matches(path))?.name ?? 'Other';
  }

  /** The standing of a reference at `offset` (UTF-16) that is not an own name. */
  standing(path: string, text: string, offset: number): Exclude<Standing, 'ownName'> {
    const line = nearbyLine(text, offset);
    if (isMarked(text, line) || this.#isListed(path, line.text) || isOwnSetting(path, text, offset)) return 'kept';
    return this.#historical(path) ? 'historical' : 'live';
  }

  #isListed(path: string, line: string): boolean {
    return this.#kept.some(({ matches, text }) => matches(path) && (text === undefined || line.includes(text)));
  }
}

/** A mark on the line itself, or on a line above that holds nothing but the comment. */
function isMarked(text: string, line: { readonly start: number; readonly text: string }): boolean {
  if (KEEP.test(line.text)) return true;
  if (!/[\r\n]/u.test(text[line.start - 1] ?? '')) return false;
  const end = line.start - (text.startsWith('\r\n', line.start - 2) ? 2 : 1);
  const above = nearbyLine(text, end).text;
  return COMMENT_LINE.test(above) && KEEP.test(above);
}

/** The settings of this product name the legacy tree as long as there is one to unify. */
function isOwnSetting(path: string, text: string, offset: number): boolean {
  return (
    /(?:^|\/)\.vscode\/settings\.json$/u.test(path) &&
    `${getLocation(text, offset).path[0] ?? ''}`.startsWith('treeUnifier.')
  );
}

/** `glob`, or `glob:text`, where the line must hold the text. */
function readKeep(entry: string): { matches: (path: string) => boolean; text?: string } {
  const colon = entry.indexOf(':');
  return colon < 0
    ? { matches: matcher([entry]) }
    : { matches: matcher([entry.slice(0, colon)]), text: entry.slice(colon + 1) };
}

function matcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch([...globs], { dot: true });
  return (path) => matches(path);
}

const ALIGNED = new Set(['Docker', 'Launcher', 'Scripts', 'Configuration', 'Tools']);

/** The phase that rewrites a reference: what starts and configures the backend is `align`, code and documents before. */
export function phaseOf(path: string, kind: ReferenceKind, category: string): PhaseId {
  if (kind === 'import' || kind === 'importUse' || (kind === 'moduleString' && path.endsWith('.py')))
    return 'canonicalize';
  return ALIGNED.has(category) ? 'align' : 'canonicalize';
}
