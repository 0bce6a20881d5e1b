import type { Config } from '../config.ts';
import { isTask34 } from '../config.ts';
import type { PhaseId } from '../references/model.ts';
import { phaseIds } from '../references/model.ts';

/** How a phase is named in the task file. */
export interface PhaseName {
  /** `34.2` for the trees of task-34, else `2`. */
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
  return { number: `${isTask34(pairs) ? '34.' : ''}${phaseIds.indexOf(phase) + 1}`, ...titles[phase] };
}
