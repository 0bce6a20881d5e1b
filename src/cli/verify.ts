import { checkNames, quickChecks, verify, verifyJson, verifyMarkdown, verifyText, visible } from '../engine/index.ts';
import type { CheckName, VerifyReport } from '../engine/index.ts';
import type { Command, CommandContext } from './command.ts';
import { choice, UsageError } from './usage.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: `check ${checkNames.join(', ')}; all but backend, which starts programs, when none is named`,
  options: [
    { name: 'since', value: 'REVISION', summary: 'a commit or checkpoint: tell what is broken since then apart' },
  ],
  operands: { name: `[${checkNames.join('|')}]`, most: checkNames.length },
  run: async (context) => {
    const wanted = readChecks(context.operands);
    const since = context.options['since']?.at(-1);
    const session = await context.open();
    const ports = await context.ports();
    context.progress(wanted.includes('backend') ? 'Starting the backends…' : 'Checking…');
    const host = wanted.includes('backend') ? context.openBackends() : undefined;
    const backends = host === undefined ? {} : { backends: { trusted: true as const, host } };
    const runner = context.openPrograms();
    const programs = runner === undefined ? {} : { programs: { trusted: true as const, runner } };
    const world = { session, config: context.config, ports, ...backends, ...programs };
    const report = await verify(world, wanted, since === undefined ? {} : { since });
    const isOk = Object.values(report).every(({ ok }) => ok);
    return { output: format(report, context), exitCode: isOk ? 0 : 1 };
  },
};

/** @throws UsageError for a check that does not exist. */
function readChecks(operands: readonly string[]): readonly CheckName[] {
  if (operands.length === 0) return quickChecks;
  return operands.map((name) => {
    if (!checkNames.some((known) => known === name.toLowerCase()))
      throw new UsageError(`There is no check "${name}": expected one of ${checkNames.join(', ')}.`);
    return choice('check', name, checkNames);
  });
}

function format(report: VerifyReport, { format: wanted, paint }: CommandContext): string {
  if (wanted === 'json') return verifyJson(report);
  return wanted === 'markdown' ? verifyMarkdown(visible(report)) : verifyText(visible(report), paint);
}
