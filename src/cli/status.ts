import { statusJson, statusMarkdown, statusText, visible } from '../engine/index.ts';
import type { Status } from '../engine/index.ts';
import type { Command, CommandContext } from './command.ts';
import { interruptedText } from './interrupted.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'show the four phases: what is done, what is left, what blocks',
  options: [],
  run: async (context) => {
    const session = await context.open();
    const interrupted = await (await context.openWriters()).applier.findInterrupted();
    context.progress('Measuring the phases…');
    const status: Status = { ...(await session.status()), ...(interrupted && { interrupted }) };
    const isDone = interrupted === undefined && status.phases.every(({ state }) => state === 'done');
    return { output: shown(status, context), exitCode: isDone ? 0 : 1 };
  },
};

function shown(status: Status, { format, paint }: CommandContext): string {
  if (format === 'json') return statusJson(status);
  const phases = format === 'text' ? statusText(visible(status), paint) : statusMarkdown(visible(status));
  return status.interrupted === undefined ? phases : `${interruptedText(status.interrupted)}\n\n${phases}`;
}
