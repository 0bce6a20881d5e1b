import { lineAt } from '../../text/lines.ts';
import { judgeCommand } from '../commandLine.ts';
import type { Scanner } from '../judgement.ts';

const COMMENT = /^\s*(?:#|(?:@?rem\b)|::)/iu;

/** Shell, batch, PowerShell, Make and Docker: every line is a command or a comment. */
export const scriptScanner: Scanner = {
  name: 'script',
  judge: (source) =>
    source.mentions.map((mention) => {
      const comment = COMMENT.test(lineAt(source.text, mention.start).text);
      return judgeCommand(source, mention, comment ? 'prose' : 'command');
    }),
};
