import { judgeCommand } from '../commandLine.ts';
import { lineAt } from '../../text/lines.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';

/** Whatever no other scanner reads: comments of other languages, plain text. Claims every file. */
export const textScanner: Scanner = {
  name: 'text',
  judge: (source) => source.mentions.map((mention) => orSchema(source, judgeCommand(source, mention, 'prose'))),
};

/** Outside of strings and comments SQL names schemas, databases and roles. */
function orSchema({ path, text }: Source, judgement: Judgement): Judgement {
  const { mention } = judgement;
  const line = lineAt(text, mention.start);
  const before = line.text.slice(0, mention.start - line.start);
  const isName = /\.sql$/iu.test(path) && mention.form !== 'path' && !/--|\/\*|^\s*\*|'[^']*$/u.test(before);
  return isName ? { ...judgement, ownName: 'A schema, a database or a role.' } : judgement;
}
