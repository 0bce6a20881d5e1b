import { phaseName } from '../document/phases.ts';
import type { CancellationToken } from '../ports.ts';
import type { PhaseId } from '../references/model.ts';
import { count, sentenceList } from '../report/format.ts';
import { isOneName, type TreePair } from '../tree/pair.ts';
import type { Change } from './model.ts';
import type { PlanWorld } from './world.ts';

/** Sentences for the summary of a phase that is complete: what comes next. */
export async function nextSteps(
  world: PlanWorld,
  phase: Exclude<PhaseId, 'inventory'>,
  made: readonly Change[],
  token?: CancellationToken,
): Promise<string[]> {
  switch (phase) {
    case 'canonicalize':
      return [await toAlign(world, token)];
    case 'align':
      return [
        'Start the backend in each way that there is, and compare what it answers: `tree-unifier verify backend`.',
        `Phase ${phaseName(world.config, 'deduplicate').number} ${theEnd(world)}, on proof.`,
      ];
    case 'deduplicate':
      return made.some(({ kind }) => kind === 'shim')
        ? [
            'Once the last day of the shim is over and nothing uses it, `tree-unifier apply --phase deduplicate` removes it.',
          ]
        : [];
  }
}

async function toAlign(world: PlanWorld, token?: CancellationToken): Promise<string> {
  const { number, title } = phaseName(world.config, 'align');
  const left = (await world.references(token)).filter(
    ({ phase, standing }) => phase === 'align' && standing === 'live',
  );
  const categories = [...new Set(left.map(({ category }) => category))].sort();
  const what = left.length === 0 ? 'has nothing to rewrite' : `has ${count(left.length, 'reference')} to rewrite`;
  const where = categories.length === 0 ? '' : `, in ${sentenceList(categories)}`;
  return `Phase ${number} (${title}) ${what}${where}.`;
}

/** `replaces old/ by a shim and removes pkg/` */
function theEnd({ config: { pairs } }: PlanWorld): string {
  const roots = (some: readonly TreePair[]): string => sentenceList(some.map(({ legacy }) => `\`${legacy.root}/\``));
  const [removed, replaced] = [pairs.filter(isOneName), pairs.filter((pair) => !isOneName(pair))];
  return [
    ...(replaced.length > 0 ? [`replaces ${roots(replaced)} by a shim`] : []),
    ...(removed.length > 0 ? [`removes ${roots(removed)}`] : []),
  ].join(' and ');
}
