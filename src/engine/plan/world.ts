import type { Config } from '../config.ts';
import type { MeasuredPair } from '../measuredPair.ts';
import type { OutOfSight } from '../history/outOfSight.ts';
import type { CancellationToken, FileSystem, Git } from '../ports.ts';
import type { Reference } from '../references/model.ts';
import type { FileRules } from '../references/standing.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import type { Names } from '../tree/names.ts';
import type { DepthFinding, ImportFinding } from '../verify/model.ts';

/** What planning needs to know of the repository; nothing in it can write. */
export interface PlanWorld {
  readonly config: Config;
  readonly fileSystem: FileSystem;
  /** The same files, as the session reads them. */
  readonly files: WorkspaceFiles;
  readonly git: Git | undefined;
  /** `2025-11-21` */
  readonly today: string;
  /** As they are now, sorted by path and offset. */
  readonly references: (token?: CancellationToken) => Promise<readonly Reference[]>;
  /** Files outside the legacy trees that use a canonical name, by category. */
  readonly canonicalUses: (token?: CancellationToken) => Promise<Readonly<Record<string, readonly string[]>>>;
  readonly depthSensitive: (token?: CancellationToken) => Promise<readonly DepthFinding[]>;
  /** Imports of the canonical packages that fail. */
  readonly brokenImports: (token?: CancellationToken) => Promise<readonly ImportFinding[]>;
  /** Those of them that the move to one tree costs. */
  readonly lostImports: (token?: CancellationToken) => Promise<readonly ImportFinding[]>;
  /** What git tracks and nobody can look into. */
  readonly outOfSight: (token?: CancellationToken) => Promise<OutOfSight>;
  readonly pairs: readonly MeasuredPair[];
  readonly namespaces: readonly Names[];
  readonly rules: FileRules;
}
