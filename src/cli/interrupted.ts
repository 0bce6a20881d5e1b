import type { InterruptedApply } from '../engine/index.ts';

/** For whoever comes back after an apply was killed: what there is to do. */
export function interruptedText({ phase, time, checkpoint }: InterruptedApply): string {
  return `An apply of phase ${phase} was interrupted (${time}). Finish it with tree-unifier apply --finish, or take it back with tree-unifier restore ${checkpoint}.`;
}
