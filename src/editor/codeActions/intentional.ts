/** How a mention is marked as intentional: by a comment in the file, or, where none fits, by an entry in settings. */
export type Mark =
  | { readonly kind: 'lineEnd'; readonly text: string }
  | { readonly kind: 'lineAbove'; readonly text: string }
  | { readonly kind: 'setting'; readonly entry: string };

interface Mention {
  /** Workspace path. */
  readonly path: string;
  /** The reference's own text. */
  readonly text: string;
  /** From 0. */
  readonly line: number;
  /** In the line, from 0, in UTF-16 units. */
  readonly column: number;
  /** VS Code's language, which tells JSON with comments from JSON. */
  readonly language: string;
}

const KEEP = 'tree-unifier: keep';

/** The first that matches the file's path wins. */
const styles: readonly { files: RegExp; place: 'lineEnd' | 'lineAbove'; open: string; close?: string }[] = [
  { files: /(?:^|\/)(?:[^/]*\.)?(?:Dockerfile|Containerfile)[^/]*$|\.dockerfile$/iu, place: 'lineAbove', open: '#' },
  {
    files: /(?:^|\/)\.[^/]*(?:ignore|rc|env)[^/]*$|\.(?:env|ini|cfg|conf|properties)$/iu,
    place: 'lineAbove',
    open: '#',
  },
  { files: /(?:^|\/)(?:GNU)?[Mm]akefile$|\/?[Jj]ustfile$|requirements[^/]*\.txt$/u, place: 'lineEnd', open: '#' },
  { files: /\.(?:pyi?|sh|bash|zsh|fish|psm?1|psd1|ya?ml|toml|mk|rb|pl|r|jl|tf)$/iu, place: 'lineEnd', open: '#' },
  {
    files: /\.(?:[cm]?[jt]sx?|go|rs|java|kts?|cs|cc?|cpp|hh?|hpp|swift|php|scss|less|groovy|proto)$/iu,
    place: 'lineEnd',
    open: '//',
  },
  { files: /\.(?:bat|cmd)$/iu, place: 'lineAbove', open: 'REM' },
  { files: /\.(?:sql|lua|hs)$/iu, place: 'lineEnd', open: '--' },
  { files: /\.(?:md|markdown|html?|xml|svg)$/iu, place: 'lineEnd', open: '<!--', close: '-->' },
];

/** @param lines of the whole file, without their endings. */
export function markFor(mention: Mention, lines: readonly string[]): Mark {
  const style =
    mention.language === 'jsonc'
      ? ({ place: 'lineEnd', open: '//', close: undefined } as const)
      : styles.find(({ files }) => files.test(mention.path));
  if (style === undefined || !commentFits(mention, lines)) return { kind: 'setting', entry: entryFor(mention) };
  const comment = [style.open, KEEP, style.close].filter(Boolean).join(' ');
  return { kind: style.place, text: comment };
}

/** A comment inside a continued command would end it; one inside a docstring or a code block would be part of the text. */
function commentFits({ path, line, column }: Mention, lines: readonly string[]): boolean {
  const isContinued = (at: number): boolean => /[\\^`]\s*$/u.test(lines[at] ?? '');
  const isMarkdown = /\.(?:md|markdown)$/iu.test(path);
  if (!isMarkdown && (isContinued(line) || isContinued(line - 1))) return false;
  if (isMarkdown) return !isInside(lines.slice(0, line), /^\s*(?:```|~~~)/u);
  if (!/\.pyi?$/u.test(path)) return true;
  const before = [...lines.slice(0, line), (lines[line] ?? '').slice(0, column)];
  return !isInside(before, /"""/gu) && !isInside(before, /'''/gu);
}

/** Whether an odd number of fences stands before. */
function isInside(before: readonly string[], fence: RegExp): boolean {
  return before.reduce((sum, line) => sum + (line.match(fence)?.length ?? 0), 0) % 2 === 1;
}

/** `a/b.json:old.main`: the setting takes globs, so what is special in a glob is escaped. */
function entryFor({ path, text }: Mention): string {
  return `${path.replace(/[*?[\]{}()!+@\\]/gu, '\\$&')}:${text}`;
}
