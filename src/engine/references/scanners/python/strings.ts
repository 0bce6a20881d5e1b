import type { SyntaxNode } from '@lezer/common';
import type { Literal } from '../../../python/literals.ts';
import { readLiteral } from '../../../python/literals.ts';
import { ancestor, children } from '../../../python/syntax.ts';
import type { Mention } from '../../../tree/names.ts';
import { judgeCommand, moduleOfFile } from '../../commandLine.ts';
import type { Judgement, Source } from '../../judgement.ts';
import { REVIEW, judgeByForm, rewriteOf } from '../../judgement.ts';
import { judgeComponent } from './components.ts';

/** Functions whose string argument is a module's name. */
const TAKES_MODULE =
  /(?:^|\.)(?:import_module|__import__|find_spec|getLogger|get_logger|patch|reload|run_module|resource_filename|resource_string|version|distribution|entry_points|PackageLoader|autodiscover_tasks|includeme)$/u;
const TAKES_PATH =
  /(?:^|\.)(?:Path|PurePath|open|exists|isdir|isfile|listdir|chdir|glob|rglob|walk|scandir|mkdir|rmtree|copytree|StaticFiles)$/u;
const MODULE_KEY = /(?:^|_)(?:package|packages|module|modules|py_modules|app|name_prefix)$/iu;
const PATH_KEY = /(?:^|_)(?:path|paths|dir|dirs|directory|root|folder|cwd|testpaths|reload_dirs)$/iu;

/** A mention inside a string literal, judged by what the whole string is and what takes it. */
export function judgeString(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const literal = readLiteral(node, source.text);
  const content = source.text.slice(literal.from, literal.to);
  // A backslash of the file's own writing must stay an escaped one where the literal escapes.
  const separator = mention.separator === '\\' && !literal.raw ? '\\\\' : mention.separator;
  const written = { ...mention, separator };
  if (isDocstring(node) || /\s/u.test(content.replace(/\{[^{}]*\}/gu, ''))) return judgeText(source, written, node);
  const judged = judgeArgument(source, written, node, literal) ?? judgeWord(source, written, node, literal);
  return bothInCondition(source, node) ? { ...judged, review: REVIEW.bothNames } : judged;
}

function isDocstring(node: SyntaxNode): boolean {
  return node.name === 'String' && node.parent?.name === 'ExpressionStatement';
}

/** A string with blanks in it: a command line, or prose. */
function judgeText(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const before = source.text.slice(node.from, mention.start);
  const command =
    /(?:^|[\s"'&;|])(?:python[\d.]*(?:\.exe)?|py|uvicorn|gunicorn|arq|celery|pytest|alembic|docker|pip|pkill|cd|bash|cmd)\s[^\n]*$/iu;
  return judgeCommand(source, mention, !isDocstring(node) && command.test(before) ? 'command' : 'prose');
}

/** A string without blanks: a module, a path, a component of a path, or the name alone. */
function judgeWord(source: Source, mention: Mention, node: SyntaxNode, literal: Literal): Judgement {
  if (mention.form === 'path') return judgeByForm(source, mention, 'pathString');
  if (mention.form === 'dotted') return judgeByForm(source, mention, 'moduleString');
  const whole = mention.start === literal.from && mention.end === literal.to;
  const component = whole ? judgeComponent(source, mention, node, literal) : undefined;
  if (component !== undefined) return component;
  if (source.text[mention.end] === '.') return judgeByForm(source, mention, 'moduleString', { as: 'dotted' });
  const as = whole ? formAskedFor(source, node) : undefined;
  return judgeByForm(source, mention, as === 'path' ? 'pathString' : 'moduleString', { as });
}

/** What the call, keyword, subscript or comparison around a bare name asks for. */
function formAskedFor(source: Source, node: SyntaxNode): 'dotted' | 'path' | undefined {
  const key = keyOf(source, node);
  if (MODULE_KEY.test(key)) return 'dotted';
  if (PATH_KEY.test(key)) return 'path';
  const owner = ancestor(node, 'CallExpression', 'MemberExpression', 'BinaryExpression', 'ExpressionStatement', 'Body');
  const text = owner === undefined ? '' : source.text.slice(owner.from, owner.to);
  if (owner?.name === 'CallExpression') {
    const callee = calleeOf(source, owner);
    if (TAKES_MODULE.test(callee)) return 'dotted';
    return TAKES_PATH.test(callee) ? 'path' : undefined;
  }
  return /\bsys\.modules\b/u.test(text) ? 'dotted' : undefined;
}

export function calleeOf(source: Source, call: SyntaxNode): string {
  const callee = call.firstChild;
  return callee === null ? '' : source.text.slice(callee.from, callee.to);
}

/** `key=` of a keyword argument, `"key":` of a dictionary, or the variable assigned, lists in between looked through. */
function keyOf(source: Source, node: SyntaxNode): string {
  const value = node.parent?.name === 'ArrayExpression' || node.parent?.name === 'TupleExpression' ? node.parent : node;
  const sign = value.prevSibling;
  const key = sign?.prevSibling;
  if (key === null || key === undefined || !(sign?.name === 'AssignOp' || sign?.name === ':')) return '';
  return source.text.slice(key.from, key.to).replace(/^["']|["']$/gu, '');
}

/** An element of a list of arguments: `["python", "L/main.py"]`, `["-m", "L.x"]`, `["uvicorn", "L.main:app"]`. */
function judgeArgument(source: Source, mention: Mention, node: SyntaxNode, literal: Literal): Judgement | undefined {
  const list = node.parent;
  if (list === null || !/^(?:ArrayExpression|TupleExpression|ArgList)$/u.test(list.name)) return undefined;
  const items = children(list).filter((item) => !/^[(),[\]]$/u.test(item.name) && item.name !== 'Comment');
  const words = items.map((item) => source.text.slice(item.from, item.to));
  const at = items.findIndex((item) => item.from === node.from);
  const previous = words[at - 1] ?? '';
  const runs = words.slice(0, at).some((word) => RUNS.test(word));
  if (!runs) return undefined;
  if (
    mention.form === 'path' &&
    PYTHON.test(previous) &&
    (mention.tail.at(-1) ?? '').endsWith('.py') &&
    mention.start === literal.from &&
    source.runStyle === 'module'
  ) {
    return argumentsForModule(source, mention, literal);
  }
  const as =
    /^["']-m["']$/u.test(previous) || /--cov=?/u.test(previous)
      ? 'dotted'
      : PATH_FLAG.test(previous)
        ? 'path'
        : undefined;
  const attached = source.text.slice(literal.from, mention.start).endsWith('--cov=') ? 'dotted' : undefined;
  return judgeByForm(source, mention, 'command', { as: as ?? attached });
}

const PYTHON = /^(?:sys\.executable|["'](?:.*[\\/])?python[\d.]*(?:\.exe)?["']|\w*python\w*)$/iu;
const RUNS =
  /^(?:sys\.executable|\w*python\w*|["'](?:-m|(?:.*[\\/])?(?:python[\d.]*|py|uvicorn|gunicorn|hypercorn|arq|celery|pytest|alembic|git|docker)(?:\.exe)?)["'])$/iu;
const PATH_FLAG = /^["']--?(?:reload-dir|watch|app-dir|rootdir|ignore|C|r|directory)["']$/u;

/** `"L/main.py"` after the interpreter becomes two arguments, `"-m", "C.main"`. */
function argumentsForModule(source: Source, mention: Mention, literal: Literal): Judgement {
  const newText = `-m${literal.quote}, ${literal.opener}${moduleOfFile(source, mention.tail)}`;
  return {
    mention,
    kind: 'command',
    rewrites: [rewriteOf(source, mention, [{ start: mention.start, end: mention.tailEnd, newText }])],
    target: { kind: 'path', segments: mention.tail },
  };
}

/** `'L' in cmd or 'C' in cmd`: the other operand already holds the canonical name. */
function bothInCondition(source: Source, node: SyntaxNode): boolean {
  for (let up = node.parent; up !== null && !/Statement$|^Body$|^Script$/u.test(up.name); up = up.parent) {
    const operator =
      up.name === 'BinaryExpression' && children(up).some((part) => part.name === 'or' || part.name === 'and');
    if (operator && source.names.mentionsCanonical(source.text.slice(up.from, up.to))) return true;
  }
  return false;
}
