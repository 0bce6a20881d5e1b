import type { Tree } from '../tree/pair.ts';

export type FileStatus = 'identical' | 'equivalent' | 'diverged' | 'legacyOnly' | 'canonicalOnly';

/** Which side changed a file since the base; `unknown` without a base. */
export type Ahead = 'legacy' | 'canonical' | 'both' | 'unknown';

/**
 * A run of lines that differ once the namespace is set aside. Lines count from 1 in each file as it is on disk; a side
 * with 0 lines has its start at the line before which the other side's lines would stand.
 */
export interface Hunk {
  readonly legacyStart: number;
  readonly legacyLines: number;
  readonly canonicalStart: number;
  readonly canonicalLines: number;
}

export interface ComparedFile {
  /** Relative to either tree's root. */
  readonly path: string;
  readonly status: FileStatus;
  /** Only where the two sides are not the same. */
  readonly ahead?: Ahead;
  /** Only for a diverged text file; empty for a binary one. */
  readonly hunks?: readonly Hunk[];
  /** Only for a Python file that diverged and whose definitions differ. */
  readonly symbols?: SymbolDifference;
}

/** Top-level and class-level definitions (`Class.method`) that one side alone has, with the files that import them. */
export interface SymbolDifference {
  readonly legacyOnly: readonly SymbolUse[];
  readonly canonicalOnly: readonly SymbolUse[];
}

export interface SymbolUse {
  readonly name: string;
  /** 1-based line of the definition. */
  readonly line: number;
  /** Workspace paths of the files that import it by name, sorted. */
  readonly importedBy: readonly string[];
}

export interface TreeCount extends Tree {
  readonly files: number;
  readonly pythonFiles: number;
}

export interface Base {
  /** Full commit id. */
  readonly commit: string;
  /** Where the legacy tree was at that commit. */
  readonly legacyRoot: string;
}

/** How the legacy tree ended: a shim stands in its place, or nothing does. */
export type Unified = 'shim' | 'removed';

export interface PairInventory {
  readonly legacy: TreeCount;
  readonly canonical: TreeCount;
  readonly base: Base | null;
  /** Why there is no base, in a sentence; only when `base` is null. */
  readonly noBase?: string;
  readonly counts: Readonly<Record<FileStatus, number>>;
  /** Sorted by path; empty once there is but one tree. */
  readonly files: readonly ComparedFile[];
  /** Absent while there are two copies. */
  readonly unified?: Unified;
}

export interface Inventory {
  readonly pairs: readonly PairInventory[];
  readonly problems: readonly Problem[];
}

/** A file or a circumstance that limits what the result can say; never silently passed over. */
export interface Problem {
  /** Workspace path; absent when it is about the whole. */
  readonly path?: string;
  readonly message: string;
}
