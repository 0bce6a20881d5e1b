import type { Config } from '../config.ts';
import { defaultPair } from '../config.ts';
import type { PhaseId } from '../references/model.ts';
import { phaseIds } from '../references/model.ts';

/** How a phase is named in the task file. */
export interface PhaseName {
  /** `34.2` for the default pair, else `2`. */
  readonly number: string;
  readonly title: string;
  /** The heading of its summary, after `Phase 34.2 Summary: `. */
  readonly summary: string;
}

const titles: Readonly<Record<PhaseId, Omit<PhaseName, 'number'>>> = {
  inventory: { title: 'Inventory & Diff Backend Trees', summary: 'Backend Tree Inventory' },
  canonicalize: { title: 'Fix Canonical Package & Update Imports', summary: 'Backend Unification' },
  align: { title: 'Align Dev Scripts, Launcher & Docker', summary: 'Scripts, Launcher & Docker' },
  deduplicate: { title: 'Remove Code Duplication (Single Source of Truth)', summary: 'Single Source of Truth' },
};

export function phaseName({ pairs }: Pick<Config, 'pairs'>, phase: PhaseId): PhaseName {
  const isDefault = pairs.some(({ legacy }) => legacy.root === defaultPair.legacy.root);
  return { number: `${isDefault ? '34.' : ''}${phaseIds.indexOf(phase) + 1}`, ...titles[phase] };
}
