import type { Mention } from '../tree/names.ts';
import { lineAt } from '../text/lines.ts';
import type { Judgement, Source } from './judgement.ts';
import { judgeByForm, rewriteOf } from './judgement.ts';
import type { ReferenceKind } from './model.ts';

/**
 * Judges a mention that may stand in a command, by what is written before it on its line. Knows the words that shells,
 * batch files, PowerShell, Dockerfiles, Makefiles and documents have in common, so it needs no grammar of theirs.
 */
export function judgeCommand(source: Source, mention: Mention, kind: ReferenceKind): Judgement {
  const before = commandBefore(source.text, mention.start);
  if (isPythonFile(mention)) {
    if (PROCESS_PATTERN.test(before)) return processPattern(source, mention, kind);
    const run = PYTHON_RUNS.exec(before);
    if (run !== null && source.runStyle === 'module') return runAsModule(source, mention, kind, run);
  }
  return judgeByForm(source, mention, kind, { as: bareForm(before) });
}

/**
 * The command up to an offset: its line, and the lines before that end in a continuation (`\\` in shells and Dockerfiles,
 * `^` in batch files, a backtick in PowerShell), joined by blanks.
 */
function commandBefore(text: string, offset: number): string {
  let { start } = lineAt(text, offset);
  let before = text.slice(start, offset);
  for (let lines = 0; lines < LONGEST_COMMAND && start > 0; lines++) {
    const previous = lineAt(text, start - (text.startsWith('\r\n', start - 2) ? 2 : 1));
    if (!/[\\^`]$/u.test(previous.text)) break;
    before = `${previous.text.slice(0, -1)} ${before.trimStart()}`;
    ({ start } = previous);
  }
  return before;
}

/** In lines; a guard against a text that is all continuations. */
const LONGEST_COMMAND = 40;

/** Whether the text up to a mention reads as a command that takes it. */
export function isCommandBefore(before: string): boolean {
  return RUNNER.test(before) || PATH_OPTION.test(before) || DOTTED_OPTION.test(before);
}

const RUNNER =
  /(?:^|[\s"'`;&|(=/\\@])(?:(?:python[\d.]*|pythonw?\.exe|py)\s|(?:uvicorn|gunicorn|hypercorn|daphne|granian|arq|celery|dramatiq|rq|flask|alembic|pytest|mypy|ruff|black|isort|flake8|pylint|coverage|pkill|pgrep|cd|pushd|Set-Location|Join-Path|docker|git)\b)/iu;

/** `python `, with options and an opening quote, straight before the path; a `./` belongs to what is replaced. */
const PYTHON_RUNS =
  /(?<![\w.-])(?:python[\d.]*(?:\.exe)?|pythonw(?:\.exe)?|py|%PYTHON%|"?\$\{?PYTHON\}?"?|\$\(PYTHON\))["']?(?:\s+-[uBEIOsSvx]+)*\s+(?<lead>(?<quote>["']?)(?:\.[\\/]+)?)$/iu;

const PROCESS_PATTERN = /\b(?:pkill|pgrep)\s+(?:-\w+\s+)*["']?$|\bgrep\s+(?:-\w+\s+)*["']?$/u;

const LEADING_PATH = String.raw`["'\x60]?(?:[\w.$%{}()~:-]*[\\/])*$`;
const PATH_OPTION = new RegExp(
  String.raw`(?:--(?:reload-dir|reload-include|reload-exclude|watch|watch-path|app-dir|rootdir|ignore|directory|chdir|cov-config|exclude)(?:[=\s]|["'],\s*)|(?<![\w-])(?:cd|pushd|chdir|ls|dir|cat|rm|mkdir|cp|mv|tree|find|source|Set-Location|Push-Location|Get-ChildItem|Get-Content|Test-Path|Copy-Item|Move-Item|Remove-Item|gci|Join-Path\s+\S+|-r|-C|-v|COPY|ADD|WORKDIR|mypy|ruff(?:\s+check|\s+format)?|black|isort|flake8|pylint|bandit|pytest)(?:\s+(?:/d|-\w+))*\s+)${LEADING_PATH}`,
  'iu',
);
const DOTTED_OPTION =
  /(?:--(?:cov|source|source-pkgs|pyargs|package|app)(?:[=\s]\s*|["'],\s*)|(?<![\w-])(?:-m|-A|-p)(?:\s+|["'],\s*)|(?<![\w-])(?:import|from)\s+)["'`]?$/u;

function bareForm(before: string): 'dotted' | 'path' | undefined {
  if (DOTTED_OPTION.test(before)) return 'dotted';
  return PATH_OPTION.test(before) ? 'path' : undefined;
}

function isPythonFile(mention: Mention): boolean {
  return mention.form === 'path' && /^[\p{L}_][\p{L}\p{N}_]*\.py$/u.test(mention.tail.at(-1) ?? '');
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
