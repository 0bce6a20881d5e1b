import type { Form, Mention, Names, Separator } from '../tree/names.ts';
import type { RunStyle } from '../config.ts';
import type { TextEdit } from '../text/edit.ts';
import { applyEdits } from '../text/edit.ts';
import type { ReferenceKind, Rewrite } from './model.ts';
import { holdsMore, isContainerFile } from './container.ts';
import { addressBefore, isOwnFile, ordinaryReason, ownNameReason } from './ownName.ts';

/** One text with the mentions of the legacy name in it: what a scanner gets. */
export interface Source {
  /** Workspace path; a scanner may go by its name. */
  readonly path: string;
  readonly text: string;
  readonly names: Names;
  readonly mentions: readonly Mention[];
  readonly runStyle: RunStyle;
}

/** What must exist in the canonical tree for a rewrite to be right. */
export type TargetQuery =
  | { readonly kind: 'module'; readonly segments: readonly string[]; readonly attribute?: string }
  | { readonly kind: 'import'; readonly segments: readonly string[]; readonly names: readonly string[] }
  | { readonly kind: 'path'; readonly segments: readonly string[] };

/** What a scanner says of one mention. */
export interface Judgement {
  readonly mention: Mention;
  readonly kind: ReferenceKind;
  /** The preferred one first; none where it cannot be rewritten. */
  readonly rewrites: readonly Rewrite[];
  readonly target?: TargetQuery;
  /** Why a person must look; absent when sure. */
  readonly review?: string;
  /** Why this name is not the package; it is then an own name. */
  readonly ownName?: string;
  /** The name is an own one only where the canonical tree has nothing that it could mean: `image: pkg/api`. */
  readonly ownUnlessThere?: true;
  /** The path leads through these folders first (`test/pkg`): another folder of the same name, if there is one. */
  readonly through?: string;
  /** It tells what was: what a program printed. */
  readonly isRecord?: true;
  /** It is tied to the file's others that are: `import pkg.a` binds what `pkg.a.b` uses. One alone rewritten breaks them. */
  readonly isTied?: true;
  /** What a relative link has before the name (`../`): from its own file it must lead to the workspace root. */
  readonly linkFrom?: string;
}

/** A scanner knows one language: it judges every mention of a source, each once. */
export interface Scanner {
  readonly name: string;
  judge(source: Source): Judgement[];
}

export const REVIEW = {
  bare: 'The name stands alone: the text does not tell whether the package or the folder is meant.',
  alone: 'The name stands alone: check whether the package is meant.',
  diagram: 'A tree diagram: the canonical path has another depth, so its lines need a person.',
  bothNames: 'The canonical name stands in the same condition: rewritten, one branch would copy the other.',
  beside: 'The canonical name stands on the same line: rewritten, both would say the same.',
  address: 'Part of an address: check whether it leads to this repository.',
  remote: 'A place on another machine: check what is there.',
  longer: 'Part of a longer dotted name: check whether it is the package.',
  pattern: 'Part of a pattern: check whether its backslash escapes a dot or separates folders.',
  depth: 'The canonical folder lies deeper: `..` leads elsewhere from it.',
  ownFile: 'The canonical tree has a module of this name: check whether it is meant, or a file of its own.',
  ownImage: 'The canonical tree has a folder of this name: check whether it is meant, or an image of its own.',
  absolute: 'A folder at the root of a file system: check what is there.',
  context: 'This folder of the container holds more than the package: rename it everywhere, or nowhere.',
  diff: 'Part of a difference, which records what was.',
  link: 'Followed from this file, the link does not lead to the legacy tree.',
  checkout: 'An absolute path that ends in this name: it may be a checkout of the repository.',
  through: 'The path leads through another folder first: check which one is meant.',
  fallback: 'A fallback between both names: rewritten, both branches would import the same.',
  tied: 'Another use of this import needs a look: rewritten alone, the one would lose the other.',
  oneName: 'The package keeps this name: check whether the folder is meant.',
  besideTree: 'Seen from this file, the path leads to the legacy tree: move the file, or change the path by hand.',
  layout: 'The path leaves out the source root: check which folder it starts from.',
} as const;

/** Named folders before the name in a relative path: `test/pkg` leads through `test`; `../pkg` and `$X/pkg` do not. */
function leadsThrough(text: string, mention: Mention): string | undefined {
  const before = text.slice(Math.max(0, mention.start - 200), mention.start);
  const path =
    /(?<![\p{L}\p{N}_.~$%{}()<>:@/\\-])(?:\.{1,2}(?:\/|\\{1,2}))*((?:[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?:\/|\\{1,2}))+)$/u.exec(
      before,
    );
  return path?.[1]?.replace(/\\{1,2}/gu, '/');
}

/** A rewrite from its edits: what the mention with its tail becomes is shown as the replacement. */
export function rewriteOf(source: Source, mention: Mention, edits: readonly TextEdit[]): Rewrite {
  const from = Math.min(mention.start, ...edits.map((edit) => edit.start));
  const to = Math.max(mention.tailEnd, ...edits.map((edit) => edit.end));
  const shifted = edits.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
  return { replacement: applyEdits(source.text.slice(from, to), shifted), edits };
}

/** The mention written as the canonical name in this form, its tail untouched. */
function nameRewrite(
  source: Source,
  mention: Mention,
  form: 'dotted' | 'path',
  separator: Separator = mention.separator,
): Rewrite {
  const newText = source.names.canonical(form, separator, mention.rooted);
  return rewriteOf(source, mention, [{ start: mention.start, end: mention.end, newText }]);
}

/** As the package and as the folder; once, where a package of one segment is written the same in both. */
function bothForms(source: Source, mention: Mention, separator: Separator): Rewrite[] {
  const dotted = nameRewrite(source, mention, 'dotted', separator);
  const path = nameRewrite(source, mention, 'path', separator);
  return dotted.replacement === path.replacement ? [dotted] : [dotted, path];
}

/** What the mention points at, read in its own form. */
function targetOf(mention: Mention, form: Form = mention.form): TargetQuery {
  if (form === 'path') return { kind: 'path', segments: knownSegments(mention.tail) };
  const { attribute } = mention;
  return { kind: 'module', segments: mention.tail, ...(attribute === undefined ? {} : { attribute }) };
}

/** Of a pattern (`api/.*`) the part that must be there. */
function knownSegments(tail: readonly string[]): readonly string[] {
  const open = tail.findIndex((segment) => /\.[*+]|\$$/u.test(segment));
  return open < 0 ? tail : tail.slice(0, open);
}

/** The mention leaves the tree again: `pkg/../x`. */
function leavesTree(tail: readonly string[]): boolean {
  let depth = 0;
  return tail.some((segment) => {
    if (segment === '..') depth--;
    else if (segment !== '' && segment !== '.') depth++;
    return depth < 0;
  });
}

/** `/srv/`, `G:\\code\\` before a name: folders from the root of a disk. */
const ABSOLUTE = /(?:^|[\s"'`=(:,;])(?:[A-Za-z]:)?[\\/]{1,2}(?:[\p{L}\p{N}_.-]+[\\/]{1,2})+$/u;

/** `$HOME/tools/`, `%APPDATA%\\x\\`, `{home}/tools/` before a name: a named folder below one that only a run tells. */
const BELOW_VARIABLE =
  /(?:\$\w+|\$?\{[^{}\s]*\}|\$\([^()\s]*\)|%\w+%|~)[\\/]{1,2}(?:[\p{L}\p{N}_.-]+[\\/]{1,2})*[\p{L}\p{N}_-][\p{L}\p{N}_.-]*[\\/]{1,2}$/u;

/** What about a mention's surroundings makes any rewrite of it uncertain. */
function doubtOf(source: Source, mention: Mention, form: 'dotted' | 'path', kind: ReferenceKind): string | undefined {
  const before = source.text.slice(Math.max(0, mention.start - 300), mention.start);
  if (addressBefore(before) === 'source') return REVIEW.address;
  if (/\w@[\w.-]+:[^\s"':]*$/u.test(before)) return REVIEW.remote;
  if (form === 'dotted') {
    const isKey = kind === 'config' && mention.form === 'bare';
    return !isKey && /[\p{L}\p{N}_)\]]\.$/u.test(before) ? REVIEW.longer : undefined;
  }
  if (leavesTree(mention.tail)) return REVIEW.depth;
  if (isContainerFile(source.path)) {
    if (holdsMore(source.path, source.text, source.names, mention)) return REVIEW.context;
  } else if (kind === 'pathString' && /["'`]\/$/u.test(before)) return REVIEW.absolute;
  else if (mention.tail.length === 0 && ABSOLUTE.test(before)) return REVIEW.checkout;
  else if (mention.tail.length === 0 && BELOW_VARIABLE.test(before)) return REVIEW.through;
  return source.names.isSrcLayout && !mention.rooted && !startsFromSources(source, mention) ? REVIEW.layout : undefined;
}

/** What a file of the source root writes of the package is seen from there: `COPY pkg /app/pkg` of `backend/Dockerfile`. */
function startsFromSources({ path, names }: Source, { tail }: Mention): boolean {
  const root = names.sourceRoot;
  if (root === undefined || !path.startsWith(`${root}/`)) return false;
  // The name alone may be that of the checkout (`cd pkg`), but not in what is built here.
  return tail.length > 0 || (isContainerFile(path) && !path.slice(root.length + 1).includes('/'));
}

/** `^pkg\.api`: in a pattern the backslash escapes the dot; read as a path, `.api` would be a hidden file. */
function judgePattern(source: Source, mention: Mention, kind: ReferenceKind): Judgement | undefined {
  const around = source.text.slice(Math.max(0, mention.start - 60), mention.tailEnd + 60);
  const escaped =
    mention.form === 'path' && mention.separator.startsWith('\\') && (mention.tail[0] ?? '').startsWith('.');
  if (!escaped || !/[\^|]|\(\?|\.[*+]|\\[wdsb]|[)\]][*+]|\w\$["'`)]|\bre\.\w+\(|\bmodule=/u.test(around))
    return undefined;
  const dots = source.names.canonicalPackage.join(`${mention.separator}.`);
  const file = source.names.canonicalPackage.join('/');
  const rewrites = [dots, file].map((newText) =>
    rewriteOf(source, mention, [{ start: mention.start, end: mention.end, newText }]),
  );
  return { mention, kind, rewrites, review: REVIEW.pattern };
}

/** The module of that name is asked for as the target: where there is one, the name may be no own one. */
function judgeOwn(
  source: Source,
  mention: Mention,
  kind: ReferenceKind,
  rewrites: readonly Rewrite[],
  ownName: string,
): Judgement {
  if (!isOwnFile(mention)) return { mention, kind, rewrites, ownName };
  const before = source.text.slice(Math.max(0, mention.start - 60), mention.start);
  const target = targetOf(mention);
  if (/(?:(?:^|\s)-m|\b(?:import|from))["']?[\s,]+["']?$/u.test(before)) {
    return { mention, kind, rewrites: rewrites.slice(0, 1), target };
  }
  return { mention, kind, rewrites, target, ownName };
}

/**
 * Judges a mention by its own form: dotted and path forms are sure, a bare name offers both. `as` says which form the
 * surroundings ask of a bare name.
 */
export function judgeByForm(
  source: Source,
  mention: Mention,
  kind: ReferenceKind,
  options: {
    readonly as?: 'dotted' | 'path' | undefined;
    readonly separator?: Separator;
    readonly review?: string | undefined;
  } = {},
): Judgement {
  const separator = options.separator ?? mention.separator;
  const ownName = ownNameReason(source.text, mention);
  const pattern = judgePattern(source, mention, kind);
  if (pattern !== undefined) return pattern;
  const form = mention.form === 'bare' ? options.as : mention.form;
  const both = bothForms(source, mention, separator);
  if (ownName !== undefined) return judgeOwn(source, mention, kind, both, ownName);
  const ordinary = kind === 'prose' && form === undefined ? ordinaryReason(source.text, mention) : undefined;
  if (ordinary !== undefined) return { mention, kind, rewrites: both, ownName: ordinary };
  if (form === undefined) {
    return {
      mention,
      kind: kind === 'prose' || kind === 'markdown' ? kind : 'bare',
      rewrites: both,
      target: targetOf(mention),
      review: options.review ?? (both.length > 1 ? REVIEW.bare : REVIEW.alone),
    };
  }
  const through = form === 'path' ? leadsThrough(source.text, mention) : undefined;
  const review =
    options.review ?? doubtOf(source, mention, form, kind) ?? (through === undefined ? undefined : REVIEW.through);
  return {
    mention,
    kind,
    rewrites: [nameRewrite(source, mention, form, separator)],
    // Of a folder that holds more than the package nothing is known.
    ...(review === REVIEW.context ? {} : { target: targetOf(mention, form) }),
    ...(review === undefined ? {} : { review }),
    ...(through === undefined ? {} : { through }),
  };
}
