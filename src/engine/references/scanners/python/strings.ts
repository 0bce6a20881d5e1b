import type { SyntaxNode } from '@lezer/common';
import type { Literal } from '../../../python/literals.ts';
import { readLiteral } from '../../../python/literals.ts';
import { ancestor, children } from '../../../python/syntax.ts';
import type { Mention } from '../../../tree/names.ts';
import { judgeCommand } from '../../commandLine.ts';
import type { Judgement, Source } from '../../judgement.ts';
import { REVIEW, judgeByForm, rewriteOf } from '../../judgement.ts';
import { moduleOfFile } from '../../pythonRuns.ts';
import { ordinaryKeyReason } from '../../ownName.ts';
import { judgeComponent } from './components.ts';

/** Functions whose string argument is a module's name. */
const TAKES_MODULE =
  /(?:^|\.)(?:import_module|__import__|find_spec|getLogger|get_logger|patch|reload|run_module|resource_filename|resource_string|get_data|PackageLoader|autodiscover_tasks|includeme|Flask)$|resources\.(?:files|path|open_text|read_text|open_binary|read_binary|contents|is_resource)$|^sys\.modules\.\w+$/u;
const TAKES_PATH =
  /(?:^|\.)(?:Path|PurePath|open|exists|isdir|isfile|listdir|chdir|glob|rglob|walk|scandir|mkdir|rmtree|copytree|StaticFiles|iter_modules|walk_packages)$|^sys\.path\.(?:insert|append)$/u;
const MODULE_KEY = /(?:^|_)(?:package|packages|module|modules|py_modules|apps|name_prefix|plugins)$/iu;
const PATH_KEY = /(?:^|_)(?:path|paths|dir|dirs|directory|root|folder|cwd|testpaths|reload_dirs|where|pythonpath)$/iu;
const OWN_KEY = /^(?:schema|database|db|dbname|user|username|container_name|hostname|image|branch|queue|bucket)$/iu;

/** A mention inside a string literal, judged by what the whole string is and what takes it. */
export function judgeString(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const literal = readLiteral(node, source.text);
  const content = source.text.slice(literal.from, literal.to);
  // A backslash of the file's own writing must stay an escaped one where the literal escapes.
  const separator = mention.separator === '\\' && !literal.raw ? '\\\\' : mention.separator;
  const written = { ...mention, separator };
  const entry = isDocstring(node) ? undefined : entryPoint(source.text, literal, written);
  if (entry !== undefined) return judgeByForm(source, entry, 'moduleString');
  if (isDocstring(node) || /\s/u.test(withoutFields(content, literal))) return judgeText(source, written, node);
  const judged = judgeArgument(source, written, node, literal) ?? judgeWord(source, written, node, literal);
  return bothInCondition(source, node) ? { ...judged, review: REVIEW.bothNames } : judged;
}

/** A field of a formatted string may hold blanks of its own; of any other string, JSON for one, they are the text's. */
function withoutFields(content: string, { opener }: Literal): string {
  return content.replace(/f/iu.test(opener) ? /\{[^{}]*\}/gu : /\{[^{}\s]*\}/gu, '');
}

/** `run = pkg.cli:main` and `run = pkg:Main`, as packaging takes them. */
function entryPoint(text: string, { from, to }: Literal, mention: Mention): Mention | undefined {
  if (mention.form === 'path' || !/(?:^|\n)[ \t]*[\w.-]+[ \t]*=[ \t]*$/u.test(text.slice(from, mention.start)))
    return undefined;
  if (mention.attribute !== undefined) return mention;
  const attribute = /^:([\w.]+)/u.exec(text.slice(mention.tailEnd, to))?.[1];
  if (attribute === undefined) return undefined;
  return { ...mention, form: 'dotted', attribute, tailEnd: mention.tailEnd + attribute.length + 1 };
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
  const ordinary = as === undefined ? ordinaryKeyReason(source.text, mention) : undefined;
  if (whole && ordinary !== undefined) return { ...judgeByForm(source, mention, 'bare'), ownName: ordinary };
  const judged = judgeByForm(source, mention, as === 'path' ? 'pathString' : 'moduleString', { as });
  const key = keyOf(source, node);
  return whole && OWN_KEY.test(key) ? { ...judged, ownName: `The value of \`${key}\` is a name of its own.` } : judged;
}

/** What the call, keyword, subscript or comparison around a bare name asks for. */
function formAskedFor(source: Source, node: SyntaxNode): 'dotted' | 'path' | undefined {
  const key = keyOf(source, node);
  if (isPackageOption(source, node)) return 'dotted';
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

/** `find_packages(include=["L"])`, `package_data={"L": …}`, `package_dir={"L": …}` of a setup script. */
function isPackageOption(source: Source, node: SyntaxNode): boolean {
  const holder = node.parent;
  const option = /^(?:Array|Tuple|Dictionary)Expression$/u.test(holder?.name ?? '')
    ? holder?.prevSibling?.prevSibling
    : undefined;
  const name = option == null ? '' : source.text.slice(option.from, option.to);
  if (holder?.name === 'DictionaryExpression')
    return /^package_(?:data|dir)$/u.test(name) && node.nextSibling?.name === ':';
  const call = ancestor(node, 'CallExpression');
  return (
    /^(?:include|exclude)$/u.test(name) &&
    call !== undefined &&
    /find_(?:namespace_)?packages$/u.test(calleeOf(source, call))
  );
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
  return /^(?:[\w.]*environ\[)?["']?([\w.-]+)["']?\]?$/u.exec(source.text.slice(key.from, key.to))?.[1] ?? '';
}

/** An element of a list of arguments: `["python", "L/main.py"]`, `["-m", "L.x"]`, `["uvicorn", "L.main:app"]`. */
function judgeArgument(source: Source, mention: Mention, node: SyntaxNode, literal: Literal): Judgement | undefined {
  const list = node.parent;
  if (list === null || !/^(?:ArrayExpression|TupleExpression|ArgList)$/u.test(list.name)) return undefined;
  const items = children(list).filter((item) => !/^[(),[\]]$/u.test(item.name) && item.name !== 'Comment');
  const at = items.findIndex((item) => item.from === node.from);
  const before = items.slice(0, at);
  const words = before.map((item) => source.text.slice(item.from, item.to));
  if (!words.some((word) => RUNS.test(word))) return undefined;
  const previous = before.findLastIndex(
    (item, index) => !/^["']-[uBEIOsSvx]+["']$/u.test(words[index] ?? '') && item.from >= 0,
  );
  if (isRun(source, mention, literal) && PYTHON.test(words[previous] ?? ''))
    return argumentsForModule(source, mention, literal);
  const line = words.map(commandWord).join(' ');
  return judgeCommand(source, mention, 'command', `${line} ${source.text.slice(literal.from, mention.start)}`);
}

/** A whole literal that is a Python file, where the settings want modules run. */
function isRun(source: Source, mention: Mention, literal: Literal): boolean {
  const isFile = mention.form === 'path' && (mention.tail.at(-1) ?? '').endsWith('.py');
  return isFile && mention.start === literal.from && source.runStyle === 'module';
}

/** A word as a shell would show it: a literal's content, `python` for the interpreter, `X` for what is not known. */
function commandWord(word: string): string {
  if (PYTHON.test(word)) return 'python';
  return /^["']([^"'\s]*)["']$/u.exec(word)?.[1] ?? 'X';
}

const PYTHON = /^(?:sys\.executable|["'](?:.*[\\/])?python[\d.]*(?:\.exe)?["']|\w*python\w*)$/iu;
/** What a list of arguments begins with, at the latest before the name. */
const RUNS =
  /^(?:sys\.executable|\w*python\w*|["'](?:-m|(?:.*[\\/])?(?:python[\d.]*|py|uvicorn|gunicorn|hypercorn|arq|celery|pytest|alembic|git|docker|pkill|pgrep|pip3?|mypy|ruff|black|isort|flake8|pylint|cd|cp|mv|rm|ls|rsync|tar|coverage|bash|sh)(?:\.exe)?)["'])$/iu;

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
