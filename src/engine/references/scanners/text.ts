import { judgeCommand } from '../commandLine.ts';
import type { Scanner } from '../judgement.ts';

/** Whatever no other scanner reads: comments of other languages, plain text. Claims every file. */
export const textScanner: Scanner = {
  name: 'text',
  judge: (source) => source.mentions.map((mention) => judgeCommand(source, mention, 'prose')),
};
