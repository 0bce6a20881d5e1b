import type { Config } from '../config.ts';
import { defaultPair } from '../config.ts';
import type { Inventory } from '../compare/model.ts';
import type { MergedFile } from '../history/merge/model.ts';
import type { PhaseId, Reference } from '../references/model.ts';
import { phaseIds } from '../references/model.ts';
import type { DepthFinding } from '../verify/model.ts';
import type { Blocker } from './model.ts';
import type { PhaseStatus, Status } from './status.ts';
import { unmergedFiles } from './unmerged.ts';

const titles: Readonly<Record<PhaseId, string>> = {
  inventory: 'Inventory & Diff Backend Trees',
  canonicalize: 'Fix Canonical Package & Update Imports',
  align: 'Align Dev Scripts, Launcher & Docker',
  deduplicate: 'Remove Code Duplication',
};

export interface Measured {
  readonly inventory: Inventory;
  /** What the merge makes of each pair's files, in the order of the inventory's pairs; `undefined` without a base. */
  readonly merges: readonly (readonly MergedFile[] | undefined)[];
  readonly references: readonly Reference[];
  readonly depthSensitive: readonly DepthFinding[];
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
      deduplicatePhase(config, measured.inventory, unmerged, live),
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
  const isDefault = config.pairs.some(({ legacy }) => legacy.root === defaultPair.legacy.root);
  const state = blockers.length > 0 ? 'blocked' : count > 0 ? 'open' : 'done';
  return {
    id,
    number: `${isDefault ? '34.' : ''}${phaseIds.indexOf(id) + 1}`,
    title: titles[id],
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
function deduplicatePhase(
  config: Config,
  inventory: Inventory,
  unmerged: readonly Blocker[],
  live: readonly Reference[],
): PhaseStatus {
  const files = inventory.pairs.reduce((sum, { legacy }) => sum + legacy.pythonFiles, 0);
  const blockers = [
    ...unmerged,
    ...live.map(({ path, line, text }) => ({ path, line, reason: `It still refers to \`${text}\`.` })),
  ];
  const left = files > 0 ? [`${plural(files, 'Python file')} of the legacy tree to replace by the shim.`] : [];
  return phase(config, 'deduplicate', left, files, files > 0 ? blockers : []);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
