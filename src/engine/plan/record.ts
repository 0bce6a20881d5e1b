import type { CancellationToken } from '../ports.ts';
import { withoutRecord } from './changes.ts';
import { madeChanges } from './made.ts';
import { measurePhase } from './measure.ts';
import type { Change, Plan } from './model.ts';
import { taskRecord } from './taskDocument.ts';
import type { PlanWorld } from './world.ts';

/**
 * The change of the task file that tells what was really made of a plan of which a person applied as much as they liked;
 * `undefined` where there is nothing to tell.
 */
export async function recordOf(world: PlanWorld, plan: Plan, token?: CancellationToken): Promise<Change | undefined> {
  const { phase, blockers } = plan;
  if (phase === 'inventory') return undefined;
  const made = await madeChanges(world.files, withoutRecord(plan, world.config.taskFile));
  const live = (await world.references(token)).filter((one) => one.standing === 'live' && one.phase === phase);
  const isComplete = (await measurePhase(world, phase, token)).state === 'done';
  return await taskRecord(world, { phase, blockers, made, left: live.length, isComplete }, token);
}
