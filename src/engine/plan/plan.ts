import type { CancellationToken } from '../ports.ts';
import type { PhaseId } from '../references/model.ts';
import { planAlign } from './align.ts';
import { planCanonicalize } from './canonicalize.ts';
import { planDeduplicate } from './deduplicate.ts';
import type { Plan } from './model.ts';
import type { PlanOptions } from './options.ts';
import { planInventory } from './taskDocument.ts';
import type { PlanWorld } from './world.ts';

/** Plans one phase from the repository as it is now; nothing is written. */
export async function makePlan(
  world: PlanWorld,
  phase: PhaseId,
  options: PlanOptions,
  token?: CancellationToken,
): Promise<Plan> {
  switch (phase) {
    case 'inventory':
      return await planInventory(world, token);
    case 'canonicalize':
      return await planCanonicalize(world, options, token);
    case 'align':
      return await planAlign(world, options, token);
    case 'deduplicate':
      return await planDeduplicate(world, options, token);
  }
}
