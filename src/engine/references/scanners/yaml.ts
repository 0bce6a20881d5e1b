import { isPair, isScalar, parseAllDocuments, visit } from 'yaml';
import { nearbyLine } from '../../text/lines.ts';
import type { Mention } from '../../tree/names.ts';
import { isAbsolute, judgeCommand } from '../commandLine.ts';
import { isContainerFile } from '../container.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';
import { REVIEW } from '../judgement.ts';
import { assignedVariable } from '../variables.ts';
import { judgeSetting } from './config.ts';

export { readYaml } from '../../verify/docker/readYaml.ts';

/** Keys whose value is a command line, a script, or a list of arguments. */
const COMMAND_KEY =
  /^(?:run|script|before_script|after_script|commands?|cmds?|entrypoint|entry|args|exec|shell|test|bash|pwsh|powershell|[a-z]+Command)$/iu;
/** Of these a list holds the words of one command; of the others, commands. */
const WORDS_KEY = /^(?:commands?|cmd|entrypoint|args|test)$/iu;

/** YAML, parsed: compose and workflow files, pre-commit. A value is read by its key, a command by its words. */
export const yamlScanner: Scanner = {
  name: 'yaml',
  judge: (source) => {
    const keys = readKeys(source);
    return source.mentions.map((mention) => judgeAt(source, mention, keys.get(mention.start) ?? []));
  },
};

function judgeAt(source: Source, mention: Mention, keys: readonly string[]): Judgement {
  const line = nearbyLine(source.text, mention.start);
  if (/^\s*#/u.test(line.text)) return judgeCommand(source, mention, 'prose');
  // The nearest key that is not a place in a list: `command: [a, b]` and `- run: |` alike.
  const key = keys.at(-1) ?? '';
  if (COMMAND_KEY.test(key))
    return judgeCommand(source, mention, 'command', WORDS_KEY.test(key) ? wordsBefore(source, mention) : undefined);
  if (mention.form === 'bare' && keys.some((one) => /labels$|^selector$/iu.test(one)))
    return { ...judgeSetting(source, mention, ''), ownName: 'A label.' };
  if (isService(source, mention, keys))
    return { ...judgeSetting(source, mention, ''), ownName: 'A service or a job of its own name.' };
  if (isNamedVolume(source, mention, keys))
    return { ...judgeSetting(source, mention, ''), ownName: 'A volume of its own name.' };
  if (key === 'target' && keys.at(-2) === 'build' && mention.form === 'bare')
    return { ...judgeSetting(source, mention, ''), ownName: 'A stage of a Dockerfile.' };
  const before = line.text.slice(0, mention.start - line.start);
  const judged = judgeSetting(source, mention, assignedVariable(before) ?? key);
  const inContainer = /compose[^/]*$/u.test(source.path) || /^working_?dir$/iu.test(key);
  if (judged.review !== undefined) return judged;
  // Where an action puts what it fetches need not be where the repository has it.
  if (key === 'path' && keys.at(-2) === 'with') return { ...judged, review: REVIEW.bare };
  return inContainer && isAbsolute(before) ? { ...judged, review: REVIEW.absolute } : judged;
}

/** In a list of words, each on its line, the words above belong to the command; else its own lines show it. */
function wordsBefore({ text }: Source, mention: Mention): string | undefined {
  const line = nearbyLine(text, mention.start);
  const own = line.text.slice(0, mention.start - line.start);
  if (!/^\s*-\s+\S*$/u.test(own)) return undefined;
  const above = text
    .slice(Math.max(0, line.start - 2000), line.start)
    .split('\n')
    .slice(0, -1);
  const first = above.findLastIndex((item) => !/^\s*-\s/u.test(item)) + 1;
  const items = above.slice(first).map((item) => item.replace(/^\s*-\s+/u, '').trim());
  return `${items.join(' ')} ${own.replace(/^\s*-\s+/u, '')}`;
}

/** The key of a service or of a job, and what depends on it. */
function isService({ path, text }: Source, mention: Mention, keys: readonly string[]): boolean {
  const isKey = mention.form === 'bare' && /^["']?\s*:(?:\s|$)/u.test(text.slice(mention.end, mention.end + 10));
  const holder = keys.at(-1) ?? '';
  if (path.startsWith('.github/workflows/')) return isKey && keys.length === 1 && holder === 'jobs';
  return isKey && isContainerFile(path) && /^(?:services|depends_on|networks|volumes|links)$/u.test(holder);
}

/** `volumes: [pkg:/data]`, a `source` of `type: volume`, and the volumes that a file declares. */
function isNamedVolume({ text }: Source, mention: Mention, keys: readonly string[]): boolean {
  if (mention.form !== 'bare') return false;
  const line = nearbyLine(text, mention.start);
  const [, above] = [...keys].reverse();
  if (keys.at(-1) === 'volumes') return text[mention.end] === ':' || /:\s*$/u.test(line.text);
  if (above !== 'volumes' || keys.at(-1) !== 'source') return false;
  return /type:\s*volume/u.test(text.slice(Math.max(0, line.start - 120), line.start + line.text.length + 120));
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
