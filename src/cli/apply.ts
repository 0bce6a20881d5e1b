import {
  applyPlan,
  applyJson,
  applyMarkdown,
  applyText,
  EngineError,
  withoutReview,
  visible,
} from '../engine/index.ts';
import type { Applied, ApplyReport, ResumableApplier } from '../engine/index.ts';
import { assertThere } from './choose.ts';
import type { Command, CommandContext, Outcome } from './command.ts';
import { interruptedText } from './interrupted.ts';
import { planOptions, readPhase, readPlanOptions } from './planOptions.ts';

export const applyCommand: Command = {
  name: 'apply',
  summary: 'take a checkpoint, then change what the plan of a phase says',
  options: [...planOptions, { name: 'finish', summary: 'finish an apply that was interrupted' }],
  run: async (context) => {
    const { applier, checkpoints } = await context.openWriters();
    if (context.options['finish'] !== undefined) return finish(visible(await applier.finish()));
    const [phase, options] = [readPhase(context), readPlanOptions(context)];
    await assertNotInterrupted(applier);
    const session = await context.open();
    await assertThere(context);
    context.progress('Planning…');
    const plan = await session.plan(phase, options);
    const changes = options.includeReview === true ? plan.changes : withoutReview(plan.changes);
    context.progress('Applying…');
    const report = await applyPlan(session, { applier, checkpoints }, plan, changes);
    const { state, refused, blockers, conflicts, brokenImports } = report;
    const isDone =
      state === 'done' && [refused, blockers, conflicts, brokenImports].every(({ length }) => length === 0);
    return { output: format(report, context), exitCode: isDone ? 0 : 1 };
  },
};

function format(report: ApplyReport, { format: wanted, paint }: CommandContext): string {
  if (wanted === 'json') return applyJson(report);
  const { handover, ...lines } = report;
  const shown = { ...visible(lines), ...(handover && { handover }) };
  return wanted === 'markdown' ? applyMarkdown(shown) : applyText(shown, paint);
}

/** @throws EngineError when an earlier apply was killed on its way. */
async function assertNotInterrupted(applier: ResumableApplier): Promise<void> {
  const found = await applier.findInterrupted();
  if (found === undefined) return;
  throw new EngineError('interrupted', interruptedText(found));
}

function finish({ applied, refused }: Applied): Outcome {
  const lines = [
    `Finished: ${applied.length} files are as planned.`,
    ...refused.map(({ path, reason }) => `Left as it is: ${path}: ${reason}`),
  ];
  return { output: `${lines.join('\n')}\n`, exitCode: refused.length === 0 ? 0 : 1 };
}
