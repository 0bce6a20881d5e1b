import {
  EngineError,
  outcomesOf,
  patchOf,
  planJson,
  planMarkdown,
  planText,
  withoutReview,
  visible,
} from '../engine/index.ts';
import type { Plan, PlanOptions } from '../engine/index.ts';
import { assertThere } from './choose.ts';
import type { Command, CommandContext } from './command.ts';
import { planOptions, readPhase, readPlanOptions } from './planOptions.ts';

export const planCommand: Command = {
  name: 'plan',
  summary: 'show what a phase would change, and write nothing',
  options: planOptions,
  formats: ['text', 'json', 'markdown', 'diff'],
  run: async (context) => {
    const [phase, options] = [readPhase(context), readPlanOptions(context)];
    const session = await context.open();
    await assertThere(context);
    context.progress('Planning…');
    const plan = await session.plan(phase, options);
    const isClean = plan.changes.length + plan.blockers.length + plan.checklist.length === 0;
    return { output: await format(plan, options, context), exitCode: isClean ? 0 : 1 };
  },
};

async function format(plan: Plan, options: PlanOptions, context: CommandContext): Promise<string | Uint8Array> {
  switch (context.format) {
    case 'json':
      return planJson(plan);
    case 'markdown':
      return planMarkdown(visible(plan));
    case 'diff':
      return await patch(plan, options, context);
    default:
      return planText(visible(plan), context.paint);
  }
}

async function patch(plan: Plan, options: PlanOptions, context: CommandContext): Promise<Uint8Array> {
  const { files, git } = await context.ports();
  if (git === undefined)
    throw new EngineError('git', 'A patch is written by git, and there is no git repository here.');
  const wanted = options.includeReview === true ? plan.changes : withoutReview(plan.changes);
  const isExecutable = async (path: string): Promise<boolean> => (await files.stat(path)).executable === true;
  return await patchOf(git, outcomesOf(wanted), isExecutable);
}
