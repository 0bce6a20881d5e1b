import { isSure, type Reference } from '../references/model.ts';
import type { DepthFinding } from '../verify/model.ts';
import { depthChange, referenceChange, withoutOverlaps, withoutReview } from './changes.ts';
import type { Change, EditChange } from './model.ts';
import type { PlanOptions } from './options.ts';
import { isWanted } from './options.ts';
import type { Remaining } from './taskDocument.ts';
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

/**
 * How much of what was found the changes leave.
 * @param isOther not of a file that the merge writes: what is sure there is in its change already
 */
export function remainingOf(
  found: { readonly references: readonly Reference[]; readonly depth: number },
  changes: readonly Change[],
  { includeReview = false }: PlanOptions,
  isOther: (reference: Reference) => boolean = () => true,
): Remaining {
  const made = includeReview ? changes : withoutReview(changes);
  const written = new Set(made.flatMap((change) => (change.type === 'edit' ? (change.reference ?? []) : [])));
  const isWritten = (one: Reference): boolean =>
    isOther(one) ? written.has(one) : isSure(one) || (includeReview && one.rewrite !== undefined);
  const live = found.references.filter(({ standing }) => standing === 'live');
  return {
    references: live.filter((one) => !isWritten(one)).length,
    others: found.depth - made.filter(({ kind }) => kind === 'depth').length,
  };
}
