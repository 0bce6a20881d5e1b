import type { Inventory } from './compare/model.ts';
import type { CancellationToken } from './ports.ts';
import type { Reference, ReferenceReport } from './references/model.ts';
import type { Status } from './plan/status.ts';
import type { TreePair } from './tree/pair.ts';

/**
 * The engine at work on one workspace root. Everything is measured on first use and kept; after files changed,
 * {@link Session.refresh} measures again no more than the change needs. The command line opens one, asks, and ends;
 * an editor keeps one per folder.
 */
export interface Session {
  readonly pairs: readonly TreePair[];
  inventory(token?: CancellationToken): Promise<Inventory>;
  references(token?: CancellationToken): Promise<ReferenceReport>;
  status(token?: CancellationToken): Promise<Status>;
  /** References of one file, measured now; empty inside a legacy tree. */
  referencesIn(path: string, token?: CancellationToken): Promise<readonly Reference[]>;
  /**
   * The legacy file with every reference written in the canonical namespace: the left side of a diff, and one side of
   * the merge. `path` is the workspace path of a file in a legacy tree.
   */
  asCanonical(path: string): Promise<string>;
  /**
   * Some files changed (made, edited, deleted) or, with `'all'`, anything may have. Brings what was measured up to
   * date; answers which workspace paths have other references, and whether the inventory changed.
   */
  refresh(paths: readonly string[] | 'all', token?: CancellationToken): Promise<Refreshed>;
}

export interface Refreshed {
  /** Files whose references changed; `'all'` when too much changed to tell. */
  readonly references: readonly string[] | 'all';
  readonly inventory: boolean;
}
