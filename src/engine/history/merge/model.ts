/**
 * What the three-way merge makes of a file: `deleted` is one that the result does not hold, by the side that deleted or
 * renamed it.
 */
export type MergeResult = 'takesLegacy' | 'takesCanonical' | 'merged' | 'conflict' | 'deleted';

/** One version of a file, in the canonical namespace. */
export interface Version {
  readonly bytes: Uint8Array;
  readonly executable: boolean;
}

/** The versions of one tree, by path inside it. */
export type Versions = ReadonlyMap<string, Version>;

/** The three sides of the merge of one tree pair, all in the canonical namespace. */
export interface Sides {
  readonly base: Versions;
  /** "Ours" in git's words: the canonical tree as it is. */
  readonly canonical: Versions;
  /** "Theirs". */
  readonly legacy: Versions;
}

export interface MergedFile {
  /** Relative to the canonical tree. */
  readonly path: string;
  readonly result: MergeResult;
  /** The merged file, with markers when it is in conflict; absent when the result does not hold it. */
  readonly version?: Version;
  /** Why it is in conflict, in git's words. */
  readonly conflict?: string;
}

/** The merge of one tree pair: what went in, and what came of each file that is not the same in both trees. */
export interface TreesMerge {
  /** Only what differed: files that say the same on all sides are not among them. */
  readonly sides: Sides;
  /** Sorted by path. */
  readonly files: readonly MergedFile[];
}

/** The three sides of one file, as far as they have it as text. */
export interface MergeTexts {
  readonly base?: string;
  readonly canonical?: string;
  readonly legacy?: string;
}
