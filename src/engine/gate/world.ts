import type { ComparedFile } from '../compare/model.ts';
import type { Config } from '../config.ts';
import type { CancellationToken } from '../ports.ts';
import type { Reference } from '../references/model.ts';
import type { FileRules } from '../references/standing.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import type { TreePair } from '../tree/pair.ts';
import type { ImportFinding } from '../verify/model.ts';
import type { Finding } from './finding.ts';
import type { ChangedFiles } from './changes.ts';

/** A tree pair with the files in which its trees differ; none once there is but one tree. */
export interface ComparedPair {
  readonly pair: TreePair;
  /** Those that are not the same in both trees, sorted by path. */
  readonly files: readonly ComparedFile[];
}

/** A state of the repository, as far as the sources of findings look at it: the present one, or an earlier one. */
export interface GateWorld {
  readonly config: Config;
  readonly rules: FileRules;
  /** Listed already. */
  readonly files: WorkspaceFiles;
  /** This machine's day, `2025-11-21`. */
  readonly today: string;
  /** Whether findings in this file are asked for: of an earlier state, what changed is looked at alone. */
  readonly isAsked: (path: string) => boolean;
  references(token?: CancellationToken): Promise<readonly Reference[]>;
  pairs(token?: CancellationToken): Promise<readonly ComparedPair[]>;
  /** Imports of the canonical packages that fail, as far as they may count. */
  failingImports(token?: CancellationToken): Promise<readonly ImportFinding[]>;
}

/** One sort of thing that keeps the gate shut: a file in `sources/`, and its line in `sources/index.ts`. */
export interface FindingSource {
  /** What there is to find in this state, in the order of the files and of the places in them. */
  find(world: GateWorld, token?: CancellationToken): Promise<readonly Finding[]>;
  /**
   * Whether changes may have made the finding. Most come from one file; a source whose findings depend on others says
   * so here, and is then asked about the earlier state as well.
   */
  mayBeNew(finding: Finding, changes: ChangedFiles): boolean;
}

/** For findings that come from the file they are in, and from no other. */
export function isInChangedFile({ path }: Finding, changes: ChangedFiles): boolean {
  return changes.isChanged(path);
}
