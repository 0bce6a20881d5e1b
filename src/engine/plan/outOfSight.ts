import { someOf, type OutOfSight } from '../history/outOfSight.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import type { Blocker } from './model.ts';

/** What makes it impossible to prove that a legacy tree is not needed; a submodule elsewhere has a life of its own. */
export function proofBlockers({ sparse, submodules }: OutOfSight, pairs: readonly TreePair[]): Blocker[] {
  const isLegacy = (path: string): boolean => pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined);
  const unknown = `It may use the legacy tree, and the sparse checkout leaves out ${someOf(sparse)}: run git sparse-checkout disable.`;
  return [
    ...sparse.slice(0, 1).map((path) => ({ path, reason: unknown })),
    ...submodules.filter(isLegacy).map((path) => ({
      path,
      reason: 'It is a submodule, and not looked into: move it to the canonical tree with git mv, or remove it.',
    })),
  ];
}

/** What a person must look into: a sentence for each submodule outside of the legacy trees. */
export function submodulesToSearch({ submodules }: OutOfSight, pairs: readonly TreePair[]): string[] {
  const names = pairs.map(({ legacy }) => legacy.package).join(', ');
  return submodules.map((path) => `${path} is a submodule and was not searched: look there for ${names}.`);
}
