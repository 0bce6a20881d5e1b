import { detectJson, detectMarkdown, detectPairs, detectText, visible } from '../engine/index.ts';
import type { Command } from './command.ts';

export const detectCommand: Command = {
  name: 'detect',
  summary: 'propose tree pairs in a repository that has no settings yet',
  options: [],
  run: async ({ ports, format, paint, progress }) => {
    progress('Looking for copies…');
    const detection = await detectPairs(await ports());
    const output =
      format === 'json'
        ? detectJson(detection)
        : format === 'text'
          ? detectText(visible(detection), paint)
          : detectMarkdown(visible(detection));
    return { output, exitCode: detection.pairs.length > 0 ? 0 : 1 };
  },
};
