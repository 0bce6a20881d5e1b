import type { CancellationToken } from '../ports.ts';
import { inOrder } from './changes.ts';
import type { Plan } from './model.ts';
import type { PlanOptions } from './options.ts';
import { planReferences } from './references.ts';
import type { PlanWorld } from './world.ts';

/** The plan of phase `align`: the references in scripts, launcher, Docker, CI and tool configuration. */
export async function planAlign(world: PlanWorld, options: PlanOptions, token?: CancellationToken): Promise<Plan> {
  const found = { references: (await world.references(token)).filter(({ phase }) => phase === 'align'), depth: [] };
  return {
    phase: 'align',
    changes: inOrder(await planReferences(world, found, options)),
    blockers: [],
    conflicts: [],
    checklist: [],
    notes: [],
  };
}
