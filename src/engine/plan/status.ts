import type { Blocker } from './model.ts';
import type { InterruptedApply } from '../ports.ts';
import type { PhaseId } from '../references/model.ts';

/** Measured from the repository, never stored. */
export type PhaseState = 'open' | 'blocked' | 'done';

export interface PhaseStatus {
  readonly id: PhaseId;
  /** `34.2` for the default pair, else `2`. */
  readonly number: string;
  readonly title: string;
  readonly state: PhaseState;
  /** What stands in the way, each at its place. */
  readonly blockers: readonly Blocker[];
  /** Sentences: what is left to do. */
  readonly left: readonly string[];
  /** The files to reconcile and the paths to mend that are left, each at its place; absent when there are none. */
  readonly places?: readonly Blocker[];
  /** Units of work left: references to rewrite, files to merge. */
  readonly count: number;
}

export interface Status {
  readonly phases: readonly PhaseStatus[];
  /** An apply that was killed on its way: until it is finished or taken back, the phases are measured half-way. */
  readonly interrupted?: InterruptedApply;
}
