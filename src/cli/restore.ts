import { checkpointsText, restoreJson, restoreText, visible } from '../engine/index.ts';
import type { Command } from './command.ts';

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'put every file back as it was at a checkpoint, the latest when none is named',
  options: [{ name: 'list', summary: 'list the checkpoints, and restore none' }],
  operands: { name: '[NAME]', most: 1 },
  formats: ['text', 'json'],
  run: async ({ openWriters, options, operands, format, progress }) => {
    const { checkpoints } = await openWriters();
    if (options['list'] !== undefined) {
      const all = await checkpoints.list();
      return {
        output:
          format === 'json' ? `${JSON.stringify({ checkpoints: all }, null, 2)}\n` : checkpointsText(visible(all)),
        exitCode: 0,
      };
    }
    progress('Restoring…');
    const restored = await checkpoints.restore(operands[0]);
    return { output: format === 'json' ? restoreJson(restored) : restoreText(visible(restored)), exitCode: 0 };
  },
};
