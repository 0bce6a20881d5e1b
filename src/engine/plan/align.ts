import type { CancellationToken } from '../ports.ts';
import { inOrder } from './changes.ts';
import type { Plan } from './model.ts';
import type { PlanOptions } from './options.ts';
import { planReferences, remainingOf } from './references.ts';
import { withTaskFile } from './taskDocument.ts';
import type { PlanWorld } from './world.ts';

/** The plan of phase `align`: the references in scripts, launcher, Docker, CI and tool configuration. */
export async function planAlign(world: PlanWorld, options: PlanOptions, token?: CancellationToken): Promise<Plan> {
  const found = { references: (await world.references(token)).filter(({ phase }) => phase === 'align'), depth: [] };
  const changes = inOrder(await planReferences(world, found, options));
  const plan = { phase: 'align' as const, changes, blockers: [], conflicts: [], checklist: [], notes: [] };
  const remaining = remainingOf({ references: found.references, depth: 0 }, changes, options);
  return await withTaskFile(world, plan, remaining, options, token);
}
