import type { Inventory } from '../compare/model.ts';
import type { Status } from '../plan/status.ts';
import type { Reference, ReferenceReport } from '../references/model.ts';

/** The stable shape of design section 7: the inventory as it is, with its problems. */
export function inventoryJson({ pairs, problems }: Inventory): string {
  return toJson({ pairs, problems });
}

/** The stable shape of design section 7; rewrites are given as what stands in place of the text. */
export function referencesJson({ occurrences, references, problems }: ReferenceReport): string {
  return toJson({ occurrences, references: references.map(referenceJson), problems });
}

export function statusJson({ phases, interrupted }: Status): string {
  return toJson({ phases, ...(interrupted && { interrupted }) });
}

function referenceJson(reference: Reference): Record<string, unknown> {
  const { path, line, column, text, kind, category, standing, phase, target, needsReview, reason } = reference;
  return {
    ...{ path, line, column, text, kind, category, standing, phase, target },
    replacement: reference.rewrite?.replacement ?? null,
    alternatives: reference.alternatives.map(({ replacement }) => replacement),
    needsReview,
    ...(reason === undefined ? {} : { reason }),
  };
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
