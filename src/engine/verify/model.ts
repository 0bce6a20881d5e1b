import type { TextEdit } from '../text/edit.ts';

/** Code whose meaning changed with its depth: the same steps up reach another folder from the tree's new place. */
export interface DepthFinding {
  /** Workspace path, in the canonical tree. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** From 0, in UTF-16 units. */
  readonly offset: number;
  readonly text: string;
  /** Where the steps led from the legacy tree, relative to the workspace; `''` is its root. */
  readonly legacyFolder: string;
  /** Where they lead now. */
  readonly canonicalFolder: string;
  /** Leads to the old folder again; absent where it cannot be written. */
  readonly fix?: TextEdit;
}
