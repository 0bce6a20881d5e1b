import type { Mention } from '../tree/names.ts';
import type { Judgement, Source } from './judgement.ts';
import { judgeByForm, rewriteOf } from './judgement.ts';
import type { ReferenceKind } from './model.ts';

/**
 * Judges a Python file that a command runs, which is then run as a module, or that it looks for among the processes;
 * `undefined` for all else. `before` is the command up to the mention.
 */
export function judgeRun(source: Source, mention: Mention, kind: ReferenceKind, before: string): Judgement | undefined {
  const searched = withoutWildcard(mention);
  if (searched !== mention && isPythonFile(searched) && isProcessPattern(before))
    return processPattern(source, searched, kind);
  if (!isPythonFile(mention)) return undefined;
  if (source.runStyle === 'module') {
    const run = PYTHON_RUNS.exec(before);
    if (run !== null) return runAsModule(source, mention, kind, run);
    const list = PYTHON_LIST.exec(before);
    if (list !== null) return argumentsOfModule(source, mention, kind, list);
    const started = START_PROCESS.exec(before);
    if (started !== null) return startedAsModule(source, mention, kind, started);
  }
  return isProcessPattern(before) ? processPattern(source, mention, kind) : undefined;
}

/** `python `, with options and an opening quote, straight before the path; a `./` belongs to what is replaced. */
const PYTHON_RUNS =
  /(?<![\w.-])(?:python[\d.]*(?:\.exe)?|pythonw(?:\.exe)?|py|%PYTHON%|"?\$\{?PYTHON(?::-[\w./]+)?\}?"?|\$\(PYTHON\))["']?(?:\s+(?:-[uBEIOsSvx]+|-[\d.]+|-[WX]\s+\S+))*\s+(?<lead>(?<quote>["']?)(?:\.[\\/]+)?)$/iu;

/** `"python", "-u", "` in a list of arguments, its words in quotes or not. */
const PYTHON_LIST =
  /(?<quote>["']?)\bpython[\d.]*(?:\.exe)?\k<quote>(?<comma>[ \t]*,[ \t]*)(?:\k<quote>-[uBEIOsSvx]+\k<quote>[ \t]*,[ \t]*)*\k<quote>$/iu;

const PROCESS_PATTERNS = [
  /(?:\b(?:pkill|pgrep)\s+(?:-\w+\s+)*|\bps\s[^|]*\|.*\bgrep\s+(?:-\w+\s+)*)(?:"[^"]*|'[^']*|\S*)$/u,
  /\b(?:wmic|tasklist)\b[^|]*\|.*\bfind(?:str)?\s+(?:\/\w+(?::\S*)?\s+)*(?:"[^"]*|\S*)$/iu,
  /\bwmic\b.*\blike\s+['"]+[^'"]*$/iu,
  /\bCommandLine\b.*-i?like\s+["'][^"']*$/iu,
];

/** What looks for a process by its command line; `grep` does so behind `ps`. */
function isProcessPattern(before: string): boolean {
  return PROCESS_PATTERNS.some((pattern) => pattern.test(before));
}

/** `Start-Process python -ArgumentList "`: PowerShell joins the arguments by blanks, whether they are one text or several. */
const START_PROCESS =
  /\bStart-Process\s+(?:-FilePath\s+)?["']?(?:[^\s"']*[\\/])?(?:python[\d.]*|py)(?:\.exe)?["']?\s+(?:-(?!Arg)\w+(?:\s+[^-\s]\S*)?\s+)*-Arg(?:umentList|s)\s+@?\(?\s*["'](?:-[uB]+(?:\s+|["']\s*,\s*["']))*(?<lead>(?:\.[\\/])?)$/iu;

function isPythonFile(mention: Mention): boolean {
  return mention.form === 'path' && /^[\p{L}_][\p{L}\p{N}_]*\.py$/u.test(mention.tail.at(-1) ?? '');
}

/** `*pkg\main.py*` looks for the path inside of a longer text. */
function withoutWildcard(mention: Mention): Mention {
  const last = mention.tail.at(-1) ?? '';
  if (!last.endsWith('.py*')) return mention;
  return { ...mention, tail: [...mention.tail.slice(0, -1), last.slice(0, -1)], tailEnd: mention.tailEnd - 1 };
}

/** `['api', 'main.py']` → `C.api.main`; a package's own file stands for the package. */
export function moduleOfFile(source: Source, tail: readonly string[]): string {
  const last = (tail.at(-1) ?? '').replace(/\.py$/u, '');
  const module = last === '__init__' || last === '__main__' ? [] : [last];
  return [source.names.pair.canonical.package, ...tail.slice(0, -1), ...module].join('.');
}

/** `python L/main.py` becomes `python -m C.main`, quotes and a leading `./` included. */
function runAsModule(source: Source, mention: Mention, kind: ReferenceKind, run: RegExpExecArray): Judgement {
  const start = mention.start - (run.groups?.['lead']?.length ?? 0);
  const quote = run.groups?.['quote'] ?? '';
  const end = mention.tailEnd + (quote !== '' && source.text.startsWith(quote, mention.tailEnd) ? 1 : 0);
  const command = /\S+(?:\s+-\w+)*\s*$/u.exec(
    run[0].slice(0, run[0].length - (start === mention.start ? 0 : mention.start - start)),
  );
  const rewrite = rewriteOf(source, mention, [{ start, end, newText: `-m ${moduleOfFile(source, mention.tail)}` }]);
  return {
    mention,
    kind,
    rewrites: [{ ...rewrite, replacement: `${(command?.[0] ?? '').trimEnd()} ${rewrite.replacement}`.trimStart() }],
    target: { kind: 'path', segments: mention.tail },
  };
}

/** `"python", "L/main.py"` becomes `"python", "-m", "C.main"`. */
function argumentsOfModule(source: Source, mention: Mention, kind: ReferenceKind, list: RegExpExecArray): Judgement {
  const { quote = '', comma = ', ' } = list.groups ?? {};
  const newText = `-m${quote}${comma}${quote}${moduleOfFile(source, mention.tail)}`;
  const rewrites = [rewriteOf(source, mention, [{ start: mention.start, end: mention.tailEnd, newText }])];
  return { mention, kind, rewrites, target: { kind: 'path', segments: mention.tail } };
}

/** A pattern that looks for the process must follow the command that starts it: `pkill -f "C.main"`. */
function processPattern(source: Source, mention: Mention, kind: ReferenceKind): Judgement {
  if (source.runStyle === 'path') return judgeByForm(source, mention, kind);
  const edit = { start: mention.start, end: mention.tailEnd, newText: moduleOfFile(source, mention.tail) };
  return {
    mention,
    kind,
    rewrites: [rewriteOf(source, mention, [edit])],
    target: { kind: 'path', segments: mention.tail },
  };
}

/** `-ArgumentList "L\main.py"` becomes `-ArgumentList "-m C.main"`. */
function startedAsModule(source: Source, mention: Mention, kind: ReferenceKind, started: RegExpExecArray): Judgement {
  const start = mention.start - (started.groups?.['lead']?.length ?? 0);
  const newText = `-m ${moduleOfFile(source, mention.tail)}`;
  const rewrites = [rewriteOf(source, mention, [{ start, end: mention.tailEnd, newText }])];
  return { mention, kind, rewrites, target: { kind: 'path', segments: mention.tail } };
}
