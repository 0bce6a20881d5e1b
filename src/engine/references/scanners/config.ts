import { lineAt } from '../../text/lines.ts';
import type { Mention } from '../../tree/names.ts';
import { isCommandBefore, judgeCommand } from '../commandLine.ts';
import type { Judgement, Scanner, Source } from '../judgement.ts';
import { judgeByForm } from '../judgement.ts';

const FORMATS =
  /(?:\.(?:ya?ml|toml|ini|cfg|conf|json|jsonc|json5|env|properties)|(?:^|\/)\.(?:coveragerc|flake8|pylintrc|env[^/]*|[^/]*ignore|[^/]*rc))$/iu;

/** Keys whose value names a package, and keys whose value is a path, where the name alone would not tell. */
const DOTTED_KEY =
  /^(?:module|modules|package|packages|py_modules|root_packages?|known_first_party|source_pkgs|app|entry_?point|name_prefix)$/iu;
const PATH_KEY =
  /^(?:testpaths|pythonpath|script_location|version_locations|context|dockerfile|volumes|paths?|src|include|exclude|omit|source|files|cwd|working[-_]directory|build|directory|root|norecursedirs|mypy_path|prepend_sys_path)$/iu;

/** YAML, TOML, INI, JSON and ignore files: a value is read by its key, a command by its words. */
export const configScanner: Scanner = {
  name: 'config',
  reads: (path) => FORMATS.test(path),
  judge: (source) => source.mentions.map((mention) => judgeValue(source, mention)),
};

function judgeValue(source: Source, mention: Mention): Judgement {
  const line = lineAt(source.text, mention.start);
  const before = line.text.slice(0, mention.start - line.start);
  if (/^\s*(?:#|;|\/\/)/u.test(before)) return judgeCommand(source, mention, 'prose');
  if (isCommandBefore(before)) return judgeCommand(source, mention, 'command');
  // A JSON string escapes its backslashes; everywhere else the text says how.
  const key = keyOf(source.text, line.start, before);
  const as = DOTTED_KEY.test(key) ? 'dotted' : PATH_KEY.test(key) ? 'path' : undefined;
  const judged = judgeByForm(source, mention, 'config', { as });
  // What is to be ignored need not be there.
  return /ignore$/iu.test(source.path) ? withoutTarget(judged) : judged;
}

function withoutTarget({ mention, kind, rewrites, review, ownName }: Judgement): Judgement {
  return {
    mention,
    kind,
    rewrites,
    ...(review === undefined ? {} : { review }),
    ...(ownName === undefined ? {} : { ownName }),
  };
}

/** The key on this line, or for an item of a list the one above it. */
function keyOf(text: string, lineStart: number, before: string): string {
  const own = /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*[:=]/u.exec(before)?.[1];
  if (own !== undefined || !/^\s*(?:-|["'\w]|$)/u.test(before)) return own ?? '';
  const above = text
    .slice(Math.max(0, lineStart - 2000), lineStart)
    .matchAll(/^[ \t]*["']?([\w.-]+)["']?\s*[:=]\s*[[{]?\s*$/gmu);
  return [...above].at(-1)?.[1] ?? '';
}
