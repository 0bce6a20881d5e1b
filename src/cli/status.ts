import { statusJson, statusMarkdown, statusText } from '../engine/index.ts';
import type { Command } from './command.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'show the four phases: what is done, what is left, what blocks',
  options: [],
  run: async ({ open, format, paint, progress }) => {
    const session = await open();
    progress('Measuring the phases…');
    const status = await session.status();
    const output =
      format === 'json' ? statusJson(status) : format === 'text' ? statusText(status, paint) : statusMarkdown(status);
    return { output, exitCode: status.phases.every(({ state }) => state === 'done') ? 0 : 1 };
  },
};
