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

/** An import of a canonical package that would fail. */
export interface ImportFinding {
  /** Workspace path of the importing file. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** A sentence for people. */
  readonly message: string;
  /** The dotted module that is asked for. */
  readonly module: string;
  /** The name that the module has not; absent when there is no such module. */
  readonly name?: string;
  /** Its failure is caught: nothing breaks, but what depends on it is off, and nobody is told. */
  readonly optional: boolean;
  /** The legacy tree has what is asked for. */
  readonly inLegacy?: true;
  /** Set by a comparison with an earlier state: it was not broken then. */
  readonly new?: boolean;
}

/** A place where a Python file does not parse. */
export interface SyntaxFinding {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** A sentence for people. */
  readonly message: string;
}
