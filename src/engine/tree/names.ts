import { escapePattern } from '../text/pattern.ts';
import type { Tree, TreePair } from './pair.ts';
import { isOneName } from './pair.ts';

/** How a name is written: `pkg.a.b`, `pkg/a/b.py`, or the name alone, where nothing tells. */
export type Form = 'dotted' | 'path' | 'bare';

/** What stands between the segments of a path: `\\` twice inside a string literal that escapes it, `\/` in a pattern. */
export type Separator = '/' | '\\' | '\\\\' | '\\/';

/** One place in a text where a tree's name stands, with what belongs to it. Offsets from 0 in UTF-16 units. */
export interface Mention {
  readonly start: number;
  /** End of the name itself. */
  readonly end: number;
  /** End of the name with its tail: `pkg.main:app`, `pkg/a/*.py`. */
  readonly tailEnd: number;
  readonly form: Form;
  /** The separator found after the name, inside it or, for the last segment of a path, before it. */
  readonly separator: Separator;
  /** Segments after the name: `['a', 'b.py']`; empty when bare. */
  readonly tail: readonly string[];
  /** What follows the colon of `pkg.main:app`. */
  readonly attribute?: string;
  /** The name is the whole root path, not just the package name (they differ in a `src` layout). */
  readonly rooted: boolean;
}

/** After a word it is another one; `%~dp0`, the folder of a batch file, ends in a backslash that nobody sees. */
const NOT_AFTER_WORD = '(?:(?<![\\p{L}\\p{N}_])|(?<=%~[dD][pP]0))';
const NOT_BEFORE_WORD = '(?![\\p{L}\\p{N}_])';
const ANY_SEPARATOR = '(?:\\\\?/|\\\\{1,2})';

/** All spellings of the names of one tree pair: the one place that finds and writes them. */
export class Names {
  readonly pair: TreePair;
  readonly legacyPackage: readonly string[];
  readonly canonicalPackage: readonly string[];
  readonly canonicalRoot: readonly string[];
  readonly #legacy: RegExp;
  readonly #either: RegExp;

  constructor(pair: TreePair) {
    this.pair = pair;
    this.legacyPackage = pair.legacy.package.split('.');
    this.canonicalPackage = pair.canonical.package.split('.');
    this.canonicalRoot = pair.canonical.root.split('/');
    // One dotted name says nothing of which folder is meant.
    const canonical = this.isOneName ? rootPath(pair.canonical.root) : spellings(pair.canonical);
    const legacy = spellings(pair.legacy);
    // The canonical name comes first where it holds the legacy one (`backend` in `app.backend.main`).
    this.#legacy = pattern(`(?<canonical>${canonical})|(?<legacy>${legacy})`);
    const all = [spellings(pair.canonical), components(pair.canonical.root), spellings(pair.legacy)];
    this.#either = pattern(all.join('|'));
  }

  /** Every mention of the legacy name, in order. As many as `rg -o` finds for its spellings. */
  findLegacy(text: string): Mention[] {
    // Most texts hold none: a plain search is much cheaper than the pattern.
    if (!text.includes(this.legacyPackage.at(-1) ?? '')) return [];
    const mentions: Mention[] = [];
    for (const match of text.matchAll(this.#legacy)) {
      const name = match.groups?.['legacy'];
      if (name !== undefined) mentions.push(readMention(text, match.index, name, this.pair.legacy));
    }
    return this.isOneName ? mentions.filter(({ form }) => form !== 'dotted') : mentions;
  }

  get isOneName(): boolean {
    return isOneName(this.pair);
  }

  /** The name has segments, which may be written in pieces: `from parent import last`, `"parent" / "last"`. */
  get hasPieces(): boolean {
    return (this.isOneName ? this.pair.legacy.root.split('/') : this.legacyPackage).length > 1;
  }

  /** Whether the text may hold the name in pieces: no mention shows it then. */
  mayBeSplit(text: string): boolean {
    return this.hasPieces && text.includes(this.legacyPackage.at(-1) ?? '');
  }

  /** Whether the text holds the canonical name in any dotted or path spelling, other than as a part of the legacy one. */
  mentionsCanonical(text: string): boolean {
    for (const { groups } of text.matchAll(this.#legacy)) if (groups?.['canonical'] !== undefined) return true;
    return false;
  }

  /** Puts one word in place of both trees' names in all their spellings, so that only true differences are left. */
  setAside(text: string, word = 'NAMESPACE'): string {
    return text.replace(this.#either, word);
  }

  /** The canonical name in a form: `a.b.c`, or the path with this separator. */
  canonical(form: 'dotted' | 'path', separator: Separator = '/', rooted = true): string {
    if (form === 'dotted') return this.pair.canonical.package;
    return (rooted || !this.isSrcLayout ? this.canonicalRoot : this.canonicalPackage).join(separator);
  }

  /** The folder that both packages are imported from, where it is one and not the workspace root: `src`. */
  get sourceRoot(): string | undefined {
    const [legacy, canonical] = [this.pair.legacy, this.pair.canonical].map(importedFrom);
    return legacy === canonical ? legacy : undefined;
  }

  /** The package is not imported by its path from the workspace root (`src/acme`, imported as `acme`). */
  get isSrcLayout(): boolean {
    const { legacy, canonical } = this.pair;
    return dottedRoot(legacy) !== legacy.package || dottedRoot(canonical) !== canonical.package;
  }
}

/** `src` of `src/acme`, imported as `acme`. */
function importedFrom({ root, package: name }: Tree): string | undefined {
  const end = `/${name.replaceAll('.', '/')}`;
  return root.endsWith(end) ? root.slice(0, -end.length) : undefined;
}

function dottedRoot(tree: Tree): string {
  return tree.root.replaceAll('/', '.');
}

function pattern(alternatives: string): RegExp {
  return new RegExp(`${NOT_AFTER_WORD}(?:${alternatives})${NOT_BEFORE_WORD}`, 'gu');
}

/** The dotted package and the root path with any separator, longest first, as one alternation. */
function spellings(tree: Tree): string {
  const root = rootPath(tree.root);
  const dotted = tree.package.split('.').map(escapePattern).join('\\.');
  const packagePath = tree.package.split('.').map(escapePattern).join(ANY_SEPARATOR);
  return [...new Set([root, packagePath, dotted])].sort((a, b) => b.length - a.length).join('|');
}

function rootPath(root: string): string {
  return root.split('/').map(escapePattern).join(ANY_SEPARATOR);
}

/** The inside of `"a" / "b" / "c"` and of `"a", "b", "c"`: a path written as components, on one line. */
function components(root: string): string {
  const segments = root.split('/').map(escapePattern);
  return segments.length < 2 ? '(?!)' : segments.join(`["'][ \\t]*[,/][ \\t]*["']`);
}

const DOTTED_TAIL = /(?:\.(?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}\s]*\}|<[\w-]+>|\*))+/uy;
const ATTRIBUTE_TAIL = /:([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)/uy;
const SEPARATORS = /\\?\/|\\{1,2}/u;
const SEGMENT = String.raw`(?:[\p{L}\p{N}_.@~+*?$-]|\{[^{}\s]*\}|<[^<>\s]*>|\[[\w-]+\])*`;
/** A backslash before a quote, and `\n` at the end of a string, are escapes: they end the path. */
const PATH_TAILS: Readonly<Record<Separator, RegExp>> = {
  '/': new RegExp(String.raw`(?:/${SEGMENT})+`, 'uy'),
  '\\/': new RegExp(String.raw`(?:\\/${SEGMENT})+`, 'uy'),
  '\\\\': new RegExp(String.raw`(?:\\\\${SEGMENT})+`, 'uy'),
  '\\': new RegExp(String.raw`(?:\\(?!["'\x60]|[nrt](?:["'\x60\s\\]|$))${SEGMENT})+`, 'uy'),
};

/** The path that goes on at an offset, in one kind of separator throughout. */
function pathTail(text: string, at: number): string | undefined {
  const separator = /^(?:\\?\/|\\{1,2})/u.exec(text.slice(at, at + 2))?.[0] as Separator | undefined;
  return separator === undefined ? undefined : sticky(PATH_TAILS[separator], text, at)?.[0];
}

function readMention(text: string, start: number, name: string, tree: Tree): Mention {
  const end = start + name.length;
  const rooted = SEPARATORS.test(name) || !tree.root.includes('/');
  const separator = (SEPARATORS.exec(name)?.[0] ?? '/') as Separator;
  const dotted = sticky(DOTTED_TAIL, text, end);
  if (dotted !== undefined && !SEPARATORS.test(name)) {
    const tailEnd = end + dotted[0].length;
    const attribute = sticky(ATTRIBUTE_TAIL, text, tailEnd);
    return {
      start,
      end,
      form: 'dotted',
      separator,
      rooted,
      tailEnd: tailEnd + (attribute?.[0].length ?? 0),
      tail: dotted[0].slice(1).split(/\.(?![^{<]*[}>])/u),
      ...(attribute?.[1] === undefined ? {} : { attribute: attribute[1] }),
    };
  }
  const path = pathTail(text, end);
  if (path !== undefined) return pathMention({ start, end, rooted }, path);
  return bareMention(text, { start, end, rooted, separator });
}

function pathMention(name: Pick<Mention, 'start' | 'end' | 'rooted'>, rest: string): Mention {
  // Neither the dots that end a sentence (`.`, `...`) nor the `**` of bold text are part of the path; `..` and `a/**` are.
  const tail = rest.replace(/(?<![/\\*])\*\*$/u, '').replace(/(?<![./\\])\.(?:\.\.)?$/u, '');
  const separator = (SEPARATORS.exec(tail)?.[0] ?? '/') as Separator;
  const segments = tail.split(SEPARATORS).slice(1);
  return { ...name, form: 'path', separator, tailEnd: name.end + tail.length, tail: segments };
}

/** The name alone: a path when it ends one (`../pkg`, `C:\x\pkg`), dotted when the name itself has dots. */
function bareMention(text: string, name: Pick<Mention, 'start' | 'end' | 'rooted' | 'separator'>): Mention {
  const spelled = text.slice(name.start, name.end);
  const attribute = sticky(ATTRIBUTE_TAIL, text, name.end);
  const before = /(?:[\w.}$%)\]~-]|^|[\s"'`=(:])(\\?\/|\\{1,2})$/u.exec(
    text.slice(Math.max(0, name.start - 3), name.start),
  );
  const isInBatch = /%~dp0$/iu.test(text.slice(Math.max(0, name.start - 5), name.start));
  const joint = isInBatch ? '\\' : (before?.[1] as Separator | undefined);
  const form = SEPARATORS.test(spelled) || joint !== undefined ? 'path' : spelled.includes('.') ? 'dotted' : 'bare';
  const isApp =
    attribute !== undefined && form !== 'path' && /^(?:app|create_app|main|application)$/u.test(attribute[1] ?? '');
  return {
    ...name,
    form: isApp ? 'dotted' : form,
    separator: joint ?? name.separator,
    tailEnd: name.end + (isApp ? attribute[0].length : 0),
    tail: [],
    ...(isApp && attribute[1] !== undefined ? { attribute: attribute[1] } : {}),
  };
}

function sticky(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}
