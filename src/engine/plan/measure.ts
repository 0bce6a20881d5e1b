import type { Config } from '../config.ts';
import type { Inventory } from '../compare/model.ts';
import { phaseName } from '../document/phases.ts';
import type { MergedFile } from '../history/merge/model.ts';
import type { PhaseId, Reference } from '../references/model.ts';
import type { DepthFinding } from '../verify/model.ts';
import type { Blocker } from './model.ts';
import type { PhaseStatus, Status } from './status.ts';
import { unmergedFiles } from './unmerged.ts';

export interface Measured {
  readonly inventory: Inventory;
  /** What the merge makes of each pair's files, in the order of the inventory's pairs; `undefined` without a base. */
  readonly merges: readonly (readonly MergedFile[] | undefined)[];
  readonly references: readonly Reference[];
  readonly depthSensitive: readonly DepthFinding[];
  /** The last day of each shim, by the root of its legacy tree. */
  readonly shimEnds: ReadonlyMap<string, string>;
  /** `2025-11-21` */
  readonly today: string;
  /** Text of the task file, if there is one. */
  readonly taskText: string | undefined;
}

/** The four phases, measured from the repository. */
export function measurePhases(config: Config, measured: Measured): Status {
  const live = measured.references.filter(({ standing }) => standing === 'live');
  const unmerged = measured.inventory.pairs.flatMap((pair, at) => unmergedFiles(pair, measured.merges[at]));
  return {
    phases: [
      inventoryPhase(config, measured.taskText),
      canonicalizePhase(config, unmerged, live, measured.depthSensitive),
      alignPhase(config, live),
      deduplicatePhase(config, measured, unmerged),
    ],
  };
}

function phase(
  config: Config,
  id: PhaseId,
  left: readonly string[],
  count: number,
  blockers: readonly Blocker[] = [],
): PhaseStatus {
  const { number, title } = phaseName(config, id);
  const state = blockers.length > 0 ? 'blocked' : count > 0 ? 'open' : 'done';
  return {
    id,
    number,
    title,
    state,
    blockers,
    left,
    count,
  };
}

function inventoryPhase(config: Config, taskText: string | undefined): PhaseStatus {
  const written = taskText !== undefined && /^##+ .*Summary: Backend Tree Inventory/mu.test(taskText);
  return phase(config, 'inventory', written ? [] : [`The summary is not in ${config.taskFile} yet.`], written ? 0 : 1);
}

function canonicalizePhase(
  config: Config,
  unmerged: readonly Blocker[],
  live: readonly Reference[],
  depthSensitive: readonly DepthFinding[],
): PhaseStatus {
  const references = live.filter(({ phase: id }) => id === 'canonicalize').length;
  const left = [
    ...(unmerged.length > 0 ? [`${plural(unmerged.length, 'file')} to reconcile.`] : []),
    ...(references > 0 ? [`${plural(references, 'live reference')} in code and documentation to rewrite.`] : []),
    ...(depthSensitive.length > 0 ? [`${plural(depthSensitive.length, 'depth-sensitive path')} to mend.`] : []),
  ];
  return phase(config, 'canonicalize', left, unmerged.length + references + depthSensitive.length);
}

function alignPhase(config: Config, live: readonly Reference[]): PhaseStatus {
  const references = live.filter(({ phase: id }) => id === 'align').length;
  const left =
    references > 0
      ? [`${plural(references, 'live reference')} in scripts, launcher, Docker and configuration to rewrite.`]
      : [];
  return phase(config, 'align', left, references);
}

/** Nothing is deleted but on proof: each file and reference that stands against it is named. */
function deduplicatePhase(config: Config, measured: Measured, unmerged: readonly Blocker[]): PhaseStatus {
  const { inventory, references, shimEnds } = measured;
  const files = inventory.pairs.reduce((sum, { legacy, unified }) => sum + (unified ? 0 : legacy.pythonFiles), 0);
  const ended = [...shimEnds].filter(([, end]) => end < measured.today);
  const left = [
    ...(files > 0 ? [`${plural(files, 'Python file')} of the legacy tree to replace by the shim.`] : []),
    ...[...shimEnds].map(([root, end]) =>
      end < measured.today
        ? `The shim in ${root} had its last day on ${end}: it can go.`
        : `The shim in ${root} stays until ${end}.`,
    ),
  ];
  const blockers = files > 0 || ended.length > 0 ? [...unmerged, ...liveBlockers(references)] : [];
  return phase(config, 'deduplicate', left, files + ended.length, blockers);
}

/** Live references, each as a reason not to delete what they point at. */
export function liveBlockers(references: readonly Reference[]): Blocker[] {
  const live = references.filter(({ standing }) => standing === 'live');
  return live.map(({ path, line, text }) => ({ path, line, reason: `It still refers to \`${text}\`.` }));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
