import type { SyntaxNode } from '@lezer/common';
import type { CancellationToken } from '../ports.ts';
import { readLiteral } from '../python/literals.ts';
import { children, isPython, parsePython } from '../python/syntax.ts';
import { LineMap, lineAt } from '../text/lines.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import type { SyntaxFinding } from './model.ts';

/**
 * The Python files among these that do not parse, with the first place of each: what follows may follow from it.
 * It is a quick look, without Python: some mistakes pass it (a `return` outside of a function), and a file that Python
 * takes fails it only in rare constructs (`f"{x:=10}"`, a decorator that is a lambda).
 */
export async function checkSyntax(
  files: WorkspaceFiles,
  paths: readonly string[],
  token?: CancellationToken,
): Promise<SyntaxFinding[]> {
  const lists = await mapBounded(
    paths.filter(isPython),
    async (path) => {
      const text = (await files.text(path))?.text;
      const finding = text === undefined ? undefined : findSyntaxError(path, text);
      return finding === undefined ? [] : [finding];
    },
    token,
  );
  return lists.flat();
}

/** The first place where a Python text does not parse. */
export function findSyntaxError(path: string, text: string): SyntaxFinding | undefined {
  const offset = conflictMarker(text) ?? firstError(text);
  if (offset === undefined) return undefined;
  const line = lineAt(text, offset).text;
  const message = MARKER.test(line)
    ? 'A marker of a merge conflict was left here.'
    : `Python cannot read this file: the trouble begins at \`${line.trim().slice(0, 80)}\`.`;
  return { path, ...new LineMap(text).position(offset), message };
}

const MARKER = /^(?:<{7}|\|{7}|>{7})(?: |$)/u;

/** A marker makes the parse stumble anywhere before or after it. */
function conflictMarker(text: string): number | undefined {
  if (!text.includes('<<<<<<<') || !text.includes('>>>>>>>') || firstError(text) === undefined) return undefined;
  return /^(?:<{7}|>{7})(?: |$)/mu.exec(text)?.index;
}

function firstError(text: string): number | undefined {
  let offset: number | undefined;
  parsePython(text).iterate({
    enter: ({ type, from, to, node }) => {
      if (offset !== undefined) return false;
      if (type.isError || isOldPrint(type.name, text.slice(from, to)) || isUnclosed(node, text)) offset = from;
      else if (type.name === 'Script' || type.name === 'Body') offset = crookedStatement(node, text);
      return true;
    },
  });
  return offset;
}

/** `print "text"`, which the grammar knows and Python 3 does not. */
function isOldPrint(type: string, text: string): boolean {
  return type === 'PrintStatement' && /^print[ \t]+["'\p{L}_]/u.test(text);
}

/** A string that the grammar ends with its line. */
function isUnclosed(node: SyntaxNode, text: string): boolean {
  if (node.name !== 'String') return false;
  const { opener, quote, to } = readLiteral(node, text);
  return quote === '' || to === node.to || node.to - node.from < opener.length + quote.length;
}

/** The first statement of a block that is not as far in as the block; the grammar minds that only where a block ends. */
function crookedStatement(block: SyntaxNode, text: string): number | undefined {
  const statements = children(block).filter(({ name }) => name !== ':' && name !== 'Comment');
  const indents = statements.map(({ from }) => indentOf(text, from));
  const expected = block.name === 'Script' ? '' : indents[0];
  if (expected === undefined) return undefined;
  const at = indents.findIndex((indent) => indent !== undefined && indent !== expected);
  return at < 0 ? undefined : statements[at]?.from;
}

/** The spaces before a statement that begins its line; `undefined` for any other, and where there are tabs. */
function indentOf(text: string, from: number): string | undefined {
  const before = text.slice(Math.max(text.lastIndexOf('\n', from - 1), text.lastIndexOf('\r', from - 1)) + 1, from);
  return /^ *$/u.test(before) ? before : undefined;
}
