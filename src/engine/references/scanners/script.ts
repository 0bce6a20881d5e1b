import { lineAt } from '../../text/lines.ts';
import { judgeCommand } from '../commandLine.ts';
import type { Scanner } from '../judgement.ts';

const SCRIPTS =
  /(?:\.(?:sh|bash|zsh|fish|bat|cmd|ps1|psm1|mk|dockerfile)|(?:^|\/)(?:Makefile|GNUmakefile|justfile|Procfile|Dockerfile[^/]*))$/iu;
const COMMENT = /^\s*(?:#|(?:@?rem\b)|::)/iu;

/** Shell, batch, PowerShell, Make and Docker: every line is a command or a comment. */
export const scriptScanner: Scanner = {
  name: 'script',
  reads: (path) => SCRIPTS.test(path),
  judge: (source) =>
    source.mentions.map((mention) => {
      const comment = COMMENT.test(lineAt(source.text, mention.start).text);
      return judgeCommand(source, mention, comment ? 'prose' : 'command');
    }),
};
