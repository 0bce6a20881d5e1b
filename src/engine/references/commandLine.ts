import type { Mention } from '../tree/names.ts';
import { nearbyLine } from '../text/lines.ts';
import type { Asked } from './commandWords.ts';
import { askedBy, TAKE_PACKAGE } from './commandWords.ts';
import type { Judgement, Source } from './judgement.ts';
import { REVIEW, judgeByForm } from './judgement.ts';
import { isImage } from './image.ts';
import { askedByVariable, assignedVariable } from './variables.ts';
import type { ReferenceKind } from './model.ts';
import { ordinaryReason } from './ownName.ts';
import { judgeRun } from './pythonRuns.ts';

/**
 * Judges a mention that may stand in a command, by what is written before it on its line. Knows the words that shells,
 * batch files, PowerShell, Dockerfiles, Makefiles and documents have in common, so it needs no grammar of theirs.
 * `before` is the command up to the mention where its lines do not show it (a list of arguments).
 */
export function judgeCommand(
  source: Source,
  mention: Mention,
  kind: ReferenceKind,
  before = commandBefore(source.text, mention.start),
): Judgement {
  return judgeRun(source, mention, kind, before) ?? judgeOperand(source, mention, kind, before);
}

function judgeOperand(source: Source, mention: Mention, kind: ReferenceKind, before: string): Judgement {
  const asked = mention.form === 'bare' || isPairOfNames(mention) ? askedOf(source, mention, kind, before) : undefined;
  const form = judgeByForm(source, mention, kind, {
    as: asked === 'own' ? undefined : asked,
    ...(isBatch(source.path) && mention.form === 'bare' ? { separator: '\\' as const } : {}),
  });
  const judged = kind === 'command' && mention.form === 'path' && MAKES.test(before) ? madeHere(form) : form;
  if (asked === 'own' || isImage(source.text, mention, before)) {
    const ownName = 'A name that somebody chose, of a container, a user or the like.';
    return mention.tail.length > 0 ? { ...judged, ownName, ownUnlessThere: true } : { ...judged, ownName };
  }
  const said = asked === undefined && SAYS.test(before) ? ordinaryReason(source.text, mention) : undefined;
  if (said !== undefined) return { ...judged, ownName: said };
  if (ENTERS.test(before) && isClone(source.text, mention)) return { ...judged, ownName: 'The folder of a clone.' };
  if (judged.review === undefined && kind === 'command' && /\bssh\s[^\n]*\w/u.test(before))
    return { ...judged, review: REVIEW.remote };
  if (judged.review === undefined && isAbsolute(before) && (kind === 'command' || mention.tail.length === 0))
    return { ...judged, review: REVIEW.absolute };
  const leaves = judged.review === undefined && ENTERS.test(before) && stepsOutAfter(source, mention.tailEnd);
  return leaves ? { ...judged, review: REVIEW.depth } : judged;
}

/** `> pkg/version.txt` and `mkdir -p pkg/static` make what they name. */
const MAKES =
  /(?:(?:^|[\s&])\d?>>?\s*|(?:^|[\s;&|(@"'])(?:mkdir|md|touch|tee)\s(?:[^\s;&|<>]+\s+)*)["']?(?:\.[\\/])?$/u;

/** What a command makes need not be there: only the folder that it is put into. */
function madeHere(judgement: Judgement): Judgement {
  const { target } = judgement;
  if (target?.kind !== 'path') return judgement;
  const segments = target.segments.filter((segment) => segment !== '');
  return { ...judgement, target: { kind: 'path', segments: segments.slice(0, -1) } };
}

/** `pkg:group`, which reads like `pkg:app`. */
function isPairOfNames({ tail, attribute }: Mention): boolean {
  return tail.length === 0 && attribute !== undefined;
}

function askedOf(source: Source, mention: Mention, kind: ReferenceKind, before: string): Asked | undefined {
  const { text } = source;
  if (ROLE.test(before) || ((kind === 'prose' || kind === 'markdown') && importsFrom(text, mention, before)))
    return 'dotted';
  const variable = assignedVariable(before);
  if (variable !== undefined && kind !== 'prose') return askedByVariable(text, variable);
  if (/(?:\bFROM\s+\S+\s+AS\s+|--from=|--chown=(?:\S*:)?|^\s*USER\s+\w*:)$/u.test(before)) return 'own';
  // `docker cp name:/x`, and a volume of that name
  const asked = askedBy(before, kind === 'prose');
  return asked === 'path' && text[mention.end] === ':' && /\b(?:docker|podman|kubectl)\b/u.test(before) ? 'own' : asked;
}

/** What only shows its words. */
const SAYS = /(?:^|[\s;&|(@])(?:echo|printf|write-(?:host|output|verbose|warning))\s[^;&|]*$/iu;

/** "From" is also an English word: `imports from x`, `from x import y`. */
function importsFrom(text: string, mention: Mention, before: string): boolean {
  return (
    /\bimport(?:s|ed|ing)?\s+from\s+["'`]?$/u.test(before) ||
    (/\bfrom\s+["'`]?$/u.test(before) && /^\s+import\b/u.test(text.slice(mention.end, mention.end + 20)))
  );
}

/** What documents call a module by: reStructuredText's roles and directives, mkdocstrings' `:::`. */
const ROLE =
  /(?:\.\.\s+(?:py:)?(?:auto\w+|(?:current)?module|class|function|data|exception)::\s+|:(?:py:)?(?:mod|class|func|meth|attr|data|obj|exc|const):`[~!]?|^\s*:::\s+)$/u;

/** `git clone …/name.git`, then `cd name`. */
function isClone(text: string, { start, end, form }: Mention): boolean {
  if (form !== 'bare') return false;
  const before = text.slice(Math.max(0, start - 400), start);
  return [...before.matchAll(/\bgit\s+clone\s[^\n]*?[/:]([\w.-]+?)(?:\.git)?\/?["']?(?=[\s;&]|$)/gu)].some(
    ([, name]) => name === text.slice(start, end),
  );
}

/** `/pkg` is a folder at the root of a file system, in a container or on a server. */
export function isAbsolute(before: string): boolean {
  return /(?:^|[\s"'=:])\/$/u.test(before);
}

function isBatch(path: string): boolean {
  return /\.(?:bat|cmd)$/iu.test(path);
}

const ENTER = String.raw`(?<![\w-])(?:cd|pushd|chdir|sl|Set-Location|Push-Location|WORKDIR)\b`;
const ENTERS = new RegExp(String.raw`${ENTER}(?:\s+(?:/d|-\w+))*\s+["']?\S*$`, 'iu');
const NEXT_PLACE = new RegExp(
  String.raw`(?:${ENTER}(?!(?:\s+/d)?\s*["']?\.\.)|\b(?:popd|Pop-Location)\b|^[ \t]*\x60\x60\x60)`,
  'imu',
);
const STEP_OUT = /(?<![\w.$}\\/)%])\.\.(?=[\\/"'\s;&|)`]|$)/mu;

/** After `cd pkg`, `..` stood for the folder around the legacy tree; looked for up to the next change of place. */
function stepsOutAfter({ text, path }: Source, offset: number): boolean {
  const after = text.slice(offset, offset + 2000);
  const keepsPlace = /\.(?:sh|bash|zsh|fish|bat|cmd|ps1|psm1|md|ya?ml)$|(?:Docker|Container)file/iu.test(path);
  const own = keepsPlace ? after : (/^(?:[^\n]*[\\^`]\r?\n)*[^\n]*/u.exec(after)?.[0] ?? '');
  const end = NEXT_PLACE.exec(own)?.index;
  return STEP_OUT.test(own.slice(0, end));
}

/**
 * The command up to an offset: its line, and the lines before that end in a continuation (`\\` in shells and Dockerfiles,
 * `^` in batch files, a backtick in PowerShell), joined by blanks.
 */
function commandBefore(text: string, offset: number): string {
  let { start } = nearbyLine(text, offset);
  let before = text.slice(start, offset);
  for (let lines = 0; lines < LONGEST_COMMAND && /[\r\n]/u.test(text[start - 1] ?? ''); lines++) {
    const previous = nearbyLine(text, start - (text.startsWith('\r\n', start - 2) ? 2 : 1));
    // A Dockerfile may have comments between the lines of a command.
    const isComment = /^\s*#/u.test(previous.text);
    if (!isComment && !/[\\^`]$/u.test(previous.text)) break;
    ({ start } = previous);
    if (isComment) continue;
    before = `${previous.text.slice(0, -1)} ${before.trimStart()}`;
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

const LEADING_PATH = String.raw`["'\x60]?(?:[\w.$%{}()~:-]*[\\/])*$`;
const PATH_OPTION = new RegExp(
  String.raw`(?:--(?:reload-dir|reload-include|reload-exclude|watch|watch-path|app-dir|rootdir|ignore|directory|chdir|cov-config|exclude)(?:[=\s]|["'],\s*)|(?<![\w-])(?:cd|pushd|chdir|ls|dir|cat|rm|mkdir|cp|mv|tree|find|source|Set-Location|Push-Location|Get-ChildItem|Get-Content|Test-Path|Copy-Item|Move-Item|Remove-Item|gci|Join-Path\s+\S+|-r|-C|-v|COPY|ADD|WORKDIR|mypy|ruff(?:\s+check|\s+format)?|black|isort|flake8|pylint|bandit|pytest)(?:\s+(?:/d|-\w+))*\s+)${LEADING_PATH}`,
  'iu',
);
const DOTTED_OPTION = new RegExp(
  String.raw`(?:--(?:${TAKE_PACKAGE})(?:[=\s]\s*|["'],\s*)|(?<![\w\-])(?:-m|-A|-p)(?:\s+|["'],\s*)|(?<![\w\-])(?:import|from)\s+)["'\x60]?$`,
  'u',
);
