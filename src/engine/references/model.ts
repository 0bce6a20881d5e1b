import type { Problem } from '../compare/model.ts';
import type { TextEdit } from '../text/edit.ts';

export const referenceKinds = [
  'import',
  'importUse',
  'moduleString',
  'pathString',
  'command',
  'config',
  'markdown',
  'prose',
  'bare',
] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

export const standings = ['live', 'historical', 'kept', 'ownName'] as const;
export type Standing = (typeof standings)[number];

export const targets = ['resolved', 'missing', 'unknown'] as const;
export type Target = (typeof targets)[number];

export const phaseIds = ['inventory', 'canonicalize', 'align', 'deduplicate'] as const;
export type PhaseId = (typeof phaseIds)[number];

/** One way to write the reference on the canonical side. */
export interface Rewrite {
  /** What stands in place of the reference, for people: `pixsim7.backend.main.main:app`. */
  readonly replacement: string;
  /** The edits that write it; offsets in UTF-16 units into the file's text, sorted, not overlapping. */
  readonly edits: readonly TextEdit[];
}

/** One occurrence of the legacy package name anywhere in the repository. */
export interface Reference {
  /** Workspace path. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** From 0, in UTF-16 units, into the text as decoded (a byte order mark counts as one unit). */
  readonly offset: number;
  /** The legacy name with what belongs to it: `pixsim7_backend/main.py`. `offset` is its start. */
  readonly text: string;
  readonly kind: ReferenceKind;
  readonly category: string;
  readonly standing: Standing;
  readonly phase: PhaseId;
  readonly target: Target;
  /** The preferred rewrite; absent where there is none (an own name, a file that is not UTF-8). A missing target has one. */
  readonly rewrite?: Rewrite;
  /** Further rewrites, where the form is unclear. */
  readonly alternatives: readonly Rewrite[];
  /** A person must look before it is rewritten: never part of a bulk fix. */
  readonly needsReview: boolean;
  /** Why it needs review, or why it cannot be rewritten. */
  readonly reason?: string;
}

export interface ReferenceReport {
  /** As many as ripgrep's `-o` counts in the same files. */
  readonly occurrences: number;
  /** Sorted by path and offset. */
  readonly references: readonly Reference[];
  readonly problems: readonly Problem[];
}

/** May be rewritten without a person looking at it: live, sure and with a target that is there. */
export function isSure(reference: Reference): boolean {
  return reference.standing === 'live' && !reference.needsReview && reference.rewrite !== undefined;
}
