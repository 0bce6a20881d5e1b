import type { CancellationToken } from '../ports.ts';
import { decode, sameBytes } from '../text/decode.ts';
import { madeChanges } from './made.ts';
import { measurePhase } from './measure.ts';
import type { Change, Plan } from './model.ts';
import type { FileOutcome } from './outcome.ts';
import { recordText } from './taskDocument.ts';
import type { PlanWorld } from './world.ts';

/**
 * What makes the task file tell what was really made of a plan of which a person applied as much as they liked.
 * `undefined` where it does so already, and where they left its own change out.
 */
export async function correctedRecord(
  world: PlanWorld,
  plan: Plan,
  token?: CancellationToken,
): Promise<FileOutcome | undefined> {
  const { taskFile: path } = world.config;
  const { phase, blockers } = plan;
  const planned = plan.changes.find((change) => change.kind === 'document' && change.path === path);
  if (planned === undefined || planned.type === 'delete' || phase === 'inventory') return undefined;
  const made = await madeChanges(world.files, plan.changes);
  if (!made.includes(planned)) return undefined;
  const live = (await world.references(token)).filter((one) => one.standing === 'live' && one.phase === phase);
  const isComplete = (await measurePhase(world, phase, token)).state === 'done';
  const work = { phase, blockers, made: made.filter((change) => change !== planned), left: live.length, isComplete };
  const text = await recordText(world, work, textBefore(planned), token);
  const before = await world.files.bytes(path);
  const after = text === undefined ? undefined : new TextEncoder().encode(text);
  const isTrue = before !== undefined && after !== undefined && sameBytes(before, after);
  return isTrue ? undefined : { path, before, after };
}

function textBefore(planned: Change): string | undefined {
  if (planned.type === 'create') return undefined;
  const decoded = decode(planned.before);
  return decoded.kind === 'text' ? decoded.text : undefined;
}
