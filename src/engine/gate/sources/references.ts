import { referenceFinding } from '../referenceFinding.ts';
import type { FindingSource } from '../world.ts';
import { isInChangedFile } from '../world.ts';

/** Live references to the legacy package. */
export const liveReferences: FindingSource = {
  find: async (world, token) => {
    const references = await world.references(token);
    return references.flatMap((reference) => referenceFinding(reference, world.config) ?? []);
  },
  mayBeNew: isInChangedFile,
};
