import type { Reference } from '../references/model.ts';
import type { DepthFinding } from '../verify/model.ts';
import { depthChange, referenceChange, withoutOverlaps } from './changes.ts';
import type { EditChange } from './model.ts';
import type { PlanOptions } from './options.ts';
import { isWanted } from './options.ts';
import type { PlanWorld } from './world.ts';

/** The changes for these references and depth-sensitive paths, as far as the settings and the person want them. */
export async function planReferences(
  { config, files, rules }: PlanWorld,
  found: { readonly references: readonly Reference[]; readonly depth: readonly DepthFinding[] },
  options: PlanOptions,
): Promise<EditChange[]> {
  const changes: EditChange[] = [];
  for (const reference of found.references) {
    const { path, category, kind } = reference;
    if (!config.kinds[kind] || !isWanted(options, category, kind)) continue;
    const before = await files.bytes(path);
    const change = before && referenceChange(reference, before);
    if (change !== undefined) changes.push(change);
  }
  for (const finding of found.depth) {
    const category = rules.category(finding.path);
    const before = isWanted(options, category, 'depth') ? await files.bytes(finding.path) : undefined;
    const change = before && depthChange(finding, category, before);
    if (change !== undefined) changes.push(change);
  }
  // What is sure has its place first.
  return withoutOverlaps([...changes].sort((a, b) => Number(a.needsReview) - Number(b.needsReview)));
}
