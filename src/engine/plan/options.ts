import type { ChangeKind } from './model.ts';

/** Whose version of a file a person wants: what one side has, or what the three-way merge gives. */
export const choices = ['legacy', 'canonical', 'merge'] as const;
export type Choice = (typeof choices)[number];

/** What a person asked for; all of it may be left out. */
export interface PlanOptions {
  /**
   * Decisions by workspace path, in either tree. A decision settles the file: both copies say the same afterwards, and
   * what it loses is accepted.
   */
  readonly choices?: ReadonlyMap<string, Choice>;
  /** Write conflicts with markers; else they block. */
  readonly writeConflicts?: boolean;
  /** Names of categories and kinds: a change that is of none of them is left out. All when absent or empty. */
  readonly only?: ReadonlySet<string>;
  /** Whoever applies the plan will apply what needs review as well. */
  readonly includeReview?: boolean;
  /** The last day of the shim, `2026-06-30`; some months from today when absent. */
  readonly expires?: string;
}

/** Whether the options let a change of this category and kind through. */
export function isWanted({ only }: PlanOptions, category: string, kind: ChangeKind): boolean {
  return only === undefined || only.size === 0 || only.has(category) || only.has(kind);
}
