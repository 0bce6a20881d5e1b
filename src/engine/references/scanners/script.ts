import { nearbyLine } from '../../text/lines.ts';
import type { Mention } from '../../tree/names.ts';
import { judgeCommand } from '../commandLine.ts';
import type { Scanner, Source } from '../judgement.ts';
import { judgeByForm } from '../judgement.ts';

const COMMENT = /^\s*(?:#|(?:@?rem\b)|::)/iu;

/** Shell, batch, PowerShell, Make and Docker: every line is a command or a comment. */
export const scriptScanner: Scanner = {
  name: 'script',
  judge: (source) =>
    source.mentions.map((mention) => {
      const line = nearbyLine(source.text, mention.start);
      const before = line.text.slice(0, mention.start - line.start);
      const ownName = nameOf(source, mention, before);
      if (ownName !== undefined) return { ...judgeByForm(source, mention, 'bare'), ownName };
      return judgeCommand(source, mention, COMMENT.test(line.text) ? 'prose' : 'command');
    }),
};

/** What the script itself calls so: a variable of its own, a target of a Makefile. */
function nameOf({ path, text }: Source, mention: Mention, before: string): string | undefined {
  if (mention.form !== 'bare') return undefined;
  const after = text.slice(mention.end, mention.end + 20);
  const isSet =
    /^\s*(?:(?:export|readonly|local|declare|set)\s+"?|\$)?$/iu.test(before) && /^\s*[:?+]?=(?!=)/u.test(after);
  if (isSet || /\$\{?$/u.test(before) || (before.endsWith('%') && after.startsWith('%')))
    return 'A variable of the script.';
  return isMakefile(path) && isTarget(text, mention, before) ? 'A target of the Makefile.' : undefined;
}

function isMakefile(path: string): boolean {
  return /(?:^|\/)(?:GNU)?Makefile$|\.mk$/iu.test(path);
}

/** The target of a rule, what another rule needs of it, and what is made by `$(MAKE)`. */
function isTarget(text: string, mention: Mention, before: string): boolean {
  if (before.startsWith('\t')) return /\$[({]MAKE[)}]\s+$/u.test(before);
  const name = text.slice(mention.start, mention.end);
  const rule = /^([^\s#:=][^#:=\n]*):(?!=)/gmu;
  return (
    /^[^#=]*$/u.test(before) && [...text.matchAll(rule)].some(([, targets]) => targets?.split(/\s+/u).includes(name))
  );
}
