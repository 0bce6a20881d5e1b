import { isPair, isScalar, parseAllDocuments, visit } from 'yaml';
import { lineAt } from '../../text/lines.ts';
import type { Mention } from '../../tree/names.ts';
import { judgeCommand } from '../commandLine.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';
import { judgeSetting } from './config.ts';

/** Keys whose value is a command line, a script, or a list of arguments. */
const COMMAND_KEY =
  /^(?:run|script|before_script|after_script|commands?|cmds?|entrypoint|entry|args|exec|shell|test)$/iu;

/** YAML, parsed: compose and workflow files, pre-commit. A value is read by its key, a command by its words. */
export const yamlScanner: Scanner = {
  name: 'yaml',
  judge: (source) => {
    const keys = readKeys(source);
    return source.mentions.map((mention) => judgeAt(source, mention, keys.get(mention.start) ?? []));
  },
};

function judgeAt(source: Source, mention: Mention, keys: readonly string[]): Judgement {
  const line = lineAt(source.text, mention.start);
  if (/^\s*#/u.test(line.text)) return judgeCommand(source, mention, 'prose');
  // The nearest key that is not a place in a list: `command: [a, b]` and `- run: |` alike.
  const key = keys.at(-1) ?? '';
  if (COMMAND_KEY.test(key)) return judgeCommand(source, mention, 'command');
  return judgeSetting(source, mention, key);
}

/** For each mention inside a value, the keys from the document's root to it. What does not parse has none. */
function readKeys({ text, mentions }: Source): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const document of parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })) {
    if (!('contents' in document)) continue;
    visit(document, {
      Scalar: (_, node, path) => {
        const [start, end] = node.range ?? [0, 0];
        for (const mention of mentions) {
          if (mention.start < start || mention.start >= end) continue;
          const keys = path.flatMap((step) =>
            isPair(step) && isScalar(step.key) && step.key !== node ? String(step.key.value) : [],
          );
          found.set(mention.start, keys);
        }
      },
    });
  }
  return found;
}
