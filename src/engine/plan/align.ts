import type { CancellationToken } from '../ports.ts';
import { inOrder } from './changes.ts';
import type { Plan } from './model.ts';
import type { PlanOptions } from './options.ts';
import { planReferences, remainingOf } from './references.ts';
import type { TreePair } from '../tree/pair.ts';
import { sourceRoot } from '../tree/pair.ts';
import { withTaskFile } from './taskDocument.ts';
import type { PlanWorld } from './world.ts';

/** The plan of phase `align`: the references in scripts, launcher, Docker, CI and tool configuration. */
export async function planAlign(world: PlanWorld, options: PlanOptions, token?: CancellationToken): Promise<Plan> {
  const found = { references: (await world.references(token)).filter(({ phase }) => phase === 'align'), depth: [] };
  const changes = inOrder(await planReferences(world, found, options));
  const checklist = changes.length > 0 ? world.config.pairs.flatMap(pathToSet) : [];
  const plan = { phase: 'align' as const, changes, blockers: [], conflicts: [], checklist, notes: [] };
  const remaining = remainingOf({ references: found.references, depth: 0 }, changes, options);
  return await withTaskFile(world, plan, remaining, options, token);
}

/** A command that found the legacy package from where it runs need not find the canonical one there. */
function pathToSet({ legacy, canonical }: TreePair): string[] {
  const [before, after] = [sourceRoot(legacy), sourceRoot(canonical)];
  if (before === after) return [];
  const from = `\`${legacy.package}\` was imported from ${before === '' ? 'the root' : before}`;
  const to = after === '' ? 'the root' : after;
  const how = `PYTHONPATH=${after === '' ? '.' : after}, uvicorn --app-dir ${after === '' ? '.' : after}`;
  return [`${from}, \`${canonical.package}\` is from ${to}: where it is not installed, name that folder (${how}).`];
}
