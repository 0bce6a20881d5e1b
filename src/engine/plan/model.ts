import type { PhaseId, Reference, ReferenceKind } from '../references/model.ts';
import type { TextEdit } from '../text/edit.ts';

/** What a change comes from: a reference of some kind, or one of the other things that a phase does. */
export const changeKinds = ['merge', 'depth', 'document', 'shim', 'tree'] as const;
export type ChangeKind = ReferenceKind | (typeof changeKinds)[number];

interface ChangeBase {
  /** Workspace path. */
  readonly path: string;
  readonly category: string;
  readonly kind: ChangeKind;
  /** Why, in a sentence. */
  readonly reason: string;
  /** A person must look first: applied only when asked for. */
  readonly needsReview: boolean;
}

/**
 * Changes a file that is there. Several edit changes may be about one file: all count from the same `before`, and do not
 * overlap.
 */
export interface EditChange extends ChangeBase {
  readonly type: 'edit';
  /** The bytes that the plan was made from: a file that holds others when the plan is applied is refused. */
  readonly before: Uint8Array;
  /** Offsets in UTF-16 units into `before` decoded as UTF-8, a byte order mark counting as one unit. */
  readonly edits: readonly TextEdit[];
  /** The whole file anew, for one that is not UTF-8 text; `edits` is empty then, and no other change is about it. */
  readonly content?: Uint8Array;
  /** The executable bit after the change; as it is when absent. */
  readonly executable?: boolean;
  /** The reference that is rewritten, if it is one. */
  readonly reference?: Reference;
}

/** Makes a file that is not there. */
export interface CreateChange extends ChangeBase {
  readonly type: 'create';
  readonly content: Uint8Array;
  readonly executable: boolean;
}

/** Deletes a file, and the folders that it leaves empty; no other change is about it. */
export interface DeleteChange extends ChangeBase {
  readonly type: 'delete';
  readonly before: Uint8Array;
}

export type Change = EditChange | CreateChange | DeleteChange;

/** Why a part of the phase, or all of it, is not in the plan: what a person has to decide or do first. */
export interface Blocker {
  /** Workspace path. */
  readonly path: string;
  /** From 1; absent when it is about the whole file. */
  readonly line?: number;
  readonly reason: string;
}

/** Why a file is left as it is, where a person may wonder. */
export interface Note {
  readonly path: string;
  readonly reason: string;
}

/** The changes of one phase, as data: made without writing anything, shown by either face, applied by its applier. */
export interface Plan {
  readonly phase: PhaseId;
  /** Sorted by path; of one path in the order of their offsets. */
  readonly changes: readonly Change[];
  /** What is blocked has no change in the plan. */
  readonly blockers: readonly Blocker[];
  /** Workspace paths of files that both sides changed in the same place. */
  readonly conflicts: readonly string[];
  /** What a person must do, in sentences. */
  readonly checklist: readonly string[];
  readonly notes: readonly Note[];
}
