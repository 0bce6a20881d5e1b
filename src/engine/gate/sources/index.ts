import type { FindingSource } from '../world.ts';
import { conflicts } from './conflicts.ts';
import { divergence } from './divergence.ts';
import { failingImports } from './imports.ts';
import { liveReferences } from './references.ts';
import { expiredShims } from './shim.ts';

/** All that keeps the gate shut. */
export const findingSources: readonly FindingSource[] = [
  liveReferences,
  divergence,
  conflicts,
  expiredShims,
  failingImports,
];
