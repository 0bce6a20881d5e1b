import type { Inventory } from './compare/model.ts';
import type { MergedFile, MergeTexts } from './history/merge/model.ts';
import type { HunkChange, HunkPlace } from './plan/hunk.ts';
import type { Change, Plan } from './plan/model.ts';
import type { PlanOptions } from './plan/options.ts';
import type { PhaseStatus, Status } from './plan/status.ts';
import type { CancellationToken } from './ports.ts';
import type { PhaseId, Reference, ReferenceReport } from './references/model.ts';
import type { TreePair } from './tree/pair.ts';
import type { Earlier } from './verify/failingImports.ts';
import type { DepthFinding, ImportFinding } from './verify/model.ts';

/**
 * The engine at work on one workspace root. Everything is measured on first use and kept; after files changed,
 * {@link Session.refresh} measures again no more than the change needs. The command line opens one, asks, and ends;
 * an editor keeps one per folder.
 */
export interface Session {
  readonly pairs: readonly TreePair[];
  inventory(token?: CancellationToken): Promise<Inventory>;
  references(token?: CancellationToken): Promise<ReferenceReport>;
  /** What the three-way merge makes of each file that is not the same in both trees, pair by pair; `undefined` without a base. */
  merge(token?: CancellationToken): Promise<readonly (readonly MergedFile[] | undefined)[]>;
  /** Files outside the legacy trees that use a canonical name, by category, each list sorted. */
  canonicalUses(token?: CancellationToken): Promise<Readonly<Record<string, readonly string[]>>>;
  status(token?: CancellationToken): Promise<Status>;
  /** One phase of it. */
  phase(id: PhaseId, token?: CancellationToken): Promise<PhaseStatus>;
  /** Code in the canonical trees whose meaning changed with its depth, sorted by path and offset. */
  depthSensitive(token?: CancellationToken): Promise<readonly DepthFinding[]>;
  /** The same for one file, measured now. */
  depthSensitiveIn(path: string): Promise<readonly DepthFinding[]>;
  /**
   * The three sides of a file in a merge editor, in the canonical namespace: `path` is its workspace path in either tree.
   * A side that lacks the file, or has it not as text, is absent. `undefined` without a base, or for a path outside.
   */
  mergeSides(path: string, token?: CancellationToken): Promise<MergeTexts | undefined>;
  /**
   * What takes one side of the hunk at a place of a comparison; `undefined` where there is no hunk.
   * @throws EngineError `unreadable` when a copy is missing or not UTF-8 text.
   */
  takeHunk(place: HunkPlace, take: 'legacy' | 'canonical'): Promise<HunkChange | undefined>;
  /** What one phase would change, from the files as they are now; writes nothing. */
  plan(phase: PhaseId, options?: PlanOptions, token?: CancellationToken): Promise<Plan>;
  /**
   * The change of the task file that tells what was really made of a plan, without its own record, of which a person
   * applied as much as they liked; `undefined` where there is nothing to tell. Ask after {@link Session.refresh}.
   */
  recordOf(plan: Plan, token?: CancellationToken): Promise<Change | undefined>;
  /** Imports of the canonical packages, anywhere, that would fail; sorted by path and place. */
  brokenImports(token?: CancellationToken): Promise<readonly ImportFinding[]>;
  /**
   * The same, each marked `new` or not by a comparison with an earlier state: not new is also one that failed by the legacy
   * name, or in the file's legacy copy, when neither tree had what it asks for.
   * @param earlier anything that names a tree to git, or what some files held
   * @throws EngineError `git` for a tree without git, or when there is none of that name.
   */
  brokenImportsSince(earlier: Earlier, token?: CancellationToken): Promise<readonly ImportFinding[]>;
  /**
   * Those in live code that one tree in the place of two costs: they did not fail at the last commit (`new`), or only the
   * legacy tree has what they ask for (`inLegacy`). What failed before, and in both trees, is none of them.
   */
  lostImports(token?: CancellationToken): Promise<readonly ImportFinding[]>;
  /** References of one file, measured now; empty inside a legacy tree. */
  referencesIn(path: string, token?: CancellationToken): Promise<readonly Reference[]>;
  /**
   * The left side of a diff: a legacy file in the canonical namespace, so that beside its canonical copy only true
   * divergence shows. `path` is the workspace path of a file in a legacy tree; `''` for one that is not text.
   */
  asCanonical(path: string): Promise<string>;
  /**
   * Some files changed (made, edited, deleted) or, with `'all'`, anything may have. Brings what was measured up to
   * date; answers which workspace paths have other references, and whether the inventory changed.
   */
  refresh(paths: readonly string[] | 'all', token?: CancellationToken): Promise<Refreshed>;
}

export interface Refreshed {
  /** Files whose references, depth-sensitive paths or broken imports changed; `'all'` when too much changed to tell. */
  readonly references: readonly string[] | 'all';
  readonly inventory: boolean;
}
