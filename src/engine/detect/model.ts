import type { Tree } from '../tree/pair.ts';

/** A tree of a proposed pair, with the numbers that speak of it. */
export interface DetectedTree extends Tree {
  /** Files below the root, Python or not. */
  readonly files: number;
  /** Python files outside both trees that import the package. */
  readonly importedBy: number;
}

/** Two folders that look like copies of one package. */
export interface DetectedPair {
  readonly legacy: DetectedTree;
  readonly canonical: DetectedTree;
  /** Files at the same path in both. */
  readonly shared: number;
  readonly identical: number;
  /** The same once the two names are set aside. */
  readonly equivalent: number;
  readonly diverged: number;
  /** The part of both trees' files that has a counterpart in the other: from 0 to 1 in hundredths, rounded down. */
  readonly share: number;
  /** Sentences: why they are a pair, and why this one is taken for the legacy tree. */
  readonly reasons: readonly string[];
}

export interface Detection {
  /** The surest first. */
  readonly pairs: readonly DetectedPair[];
}
