import type { Form, Mention, Names, Separator } from '../tree/names.ts';
import type { RunStyle } from '../config.ts';
import type { TextEdit } from '../text/edit.ts';
import { applyEdits } from '../text/edit.ts';
import type { ReferenceKind, Rewrite } from './model.ts';

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
  /** The path leads through these folders first (`test/pkg`): another folder of the same name, if there is one. */
  readonly through?: string;
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
  diagram: 'A tree diagram: the canonical path has another depth, so its lines need a person.',
  bothNames: 'The canonical name stands in the same condition: rewritten, one branch would copy the other.',
  link: 'Followed from this file, the link does not lead to the legacy tree.',
  through: 'The path leads through another folder first: check which one is meant.',
  fallback: 'A fallback between both names: rewritten, both branches would import the same.',
  layout: 'The path leaves out the source root: check which folder it starts from.',
} as const;

const OWN_EXTENSIONS = new Set([
  'pid',
  'log',
  'lock',
  'sock',
  'socket',
  'db',
  'sqlite',
  'sqlite3',
  'dump',
  'sql',
  'service',
  'conf',
  'bak',
  'tmp',
  'zip',
  'tar',
  'gz',
  'out',
  'err',
  'exe',
  'com',
  'net',
  'org',
  'local',
  'internal',
]);

/** Why the mention is a name of its own (a PID file, a container) rather than the package; else `undefined`. */
function ownNameReason(text: string, mention: Mention): string | undefined {
  const [first] = mention.tail;
  if (mention.form === 'dotted' && mention.tail.length === 1 && first !== undefined && OWN_EXTENSIONS.has(first)) {
    return `A file of its own name, \`${text.slice(mention.start, mention.tailEnd)}\`, not the package.`;
  }
  const joined = text[mention.end] === '-' && /[\p{L}\p{N}]/u.test(text[mention.end + 1] ?? '');
  // `[mypy-pkg.*]` names the package; a dotted name has no hyphen of its own.
  const section = mention.form === 'dotted' || text.startsWith('mypy-', mention.start - 5);
  const joins = !section && text[mention.start - 1] === '-' && /[\p{L}\p{N}]/u.test(text[mention.start - 2] ?? '');
  return joined || joins ? 'Part of a longer name with a hyphen, not the package.' : undefined;
}

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

/** What the mention points at, read in its own form. */
export function targetOf(mention: Mention, form: Form = mention.form): TargetQuery {
  if (form === 'path') return { kind: 'path', segments: mention.tail };
  const { attribute } = mention;
  return { kind: 'module', segments: mention.tail, ...(attribute === undefined ? {} : { attribute }) };
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
  const form = mention.form === 'bare' ? options.as : mention.form;
  const both = (['dotted', 'path'] as const).map((one) => nameRewrite(source, mention, one, separator));
  if (ownName !== undefined) return { mention, kind, rewrites: both, ownName };
  if (form === undefined) {
    return {
      mention,
      kind: kind === 'prose' || kind === 'markdown' ? kind : 'bare',
      rewrites: both,
      target: targetOf(mention),
      review: options.review ?? REVIEW.bare,
    };
  }
  const through = form === 'path' ? leadsThrough(source.text, mention) : undefined;
  const layout = form === 'path' && source.names.isSrcLayout && !mention.rooted ? REVIEW.layout : undefined;
  const review = options.review ?? layout ?? (through === undefined ? undefined : REVIEW.through);
  return {
    mention,
    kind,
    rewrites: [nameRewrite(source, mention, form, separator)],
    target: targetOf(mention, form),
    ...(review === undefined ? {} : { review }),
    ...(through === undefined ? {} : { through }),
  };
}
