import type { SyntaxNode } from '@lezer/common';
import type { CancellationToken, ProcessRunner } from '../ports.ts';
import { readLiteral } from '../python/literals.ts';
import { children, parsePython } from '../python/syntax.ts';
import { decode } from '../text/decode.ts';
import { LineMap, lineAt } from '../text/lines.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import type { Compiled, Verdict } from './compile.ts';
import { compile } from './compile.ts';
import type { SyntaxFinding } from './model.ts';
import { isOlder, wantedPython } from './wantedPython.ts';

/** What was found, and a sentence on who looked. */
export interface SyntaxReport {
  readonly findings: readonly SyntaxFinding[];
  readonly note: string;
}

/**
 * Those of these Python files that do not parse, with the first place of each: what follows may follow from it. The quick
 * look without Python lets some mistakes pass (a `return` outside of a function), and takes a few rare constructs for
 * mistakes (`f"{x:=10}"`); where a Python is at hand, its word counts.
 */
export async function checkSyntax(
  files: WorkspaceFiles,
  paths: readonly string[],
  runner?: ProcessRunner,
  token?: CancellationToken,
): Promise<SyntaxReport> {
  const all = await mapBounded(paths, async (path) => ({ path, bytes: await files.bytes(path) }), token);
  const sources = all.flatMap(({ path, bytes }) => (bytes === undefined ? [] : [{ path, bytes }]));
  const contents = sources.map(({ bytes }) => bytes);
  const compiled: Compiled =
    runner === undefined
      ? { kind: 'unasked', why: 'which is asked in trusted workspaces alone' }
      : await fit(await compile(runner, contents, token), files);
  const findings = sources.flatMap((source, at) => {
    const found =
      compiled.kind === 'asked' ? byPython(source, compiled.verdicts[at], compiled.version) : byItself(source);
    return found === undefined ? [] : [found];
  });
  const note =
    compiled.kind === 'asked'
      ? `Compiled by Python ${compiled.version}.`
      : `Looked at without Python, ${compiled.why}: some mistakes are not seen so.`;
  return { findings, note };
}

/** An older Python than the project is for takes what is right for mistakes. */
async function fit(compiled: Compiled, files: WorkspaceFiles): Promise<Compiled> {
  const wanted = compiled.kind === 'asked' ? await wantedPython(files) : undefined;
  if (compiled.kind !== 'asked' || wanted === undefined || !isOlder(compiled.version, wanted)) return compiled;
  return { kind: 'unasked', why: `for the project wants ${wanted}, and ${compiled.version} is on the PATH` };
}

interface Source {
  readonly path: string;
  readonly bytes: Uint8Array;
}

function byItself({ path, bytes }: Source): SyntaxFinding | undefined {
  const decoded = decode(bytes);
  return decoded.kind === 'text' ? findSyntaxError(path, decoded.text) : undefined;
}

function byPython(source: Source, verdict: Verdict, version: string): SyntaxFinding | undefined {
  if (verdict === undefined) return undefined;
  const own = byItself(source);
  // Python stumbles over the markers of a conflict; we can name them.
  if (verdict === 'unknown' || own?.message === LEFT_MARKER) return own;
  const decoded = decode(source.bytes);
  const text = decoded.kind === 'text' ? decoded.text : '';
  const { line, column, message } = verdict;
  const before = Array.from(lineAt(text, new LineMap(text).startOf(line)).text).slice(0, column - 1);
  return {
    path: source.path,
    line,
    column: before.join('').length + 1,
    message: `Python ${version} cannot read this file: ${message}.`,
  };
}

const LEFT_MARKER = 'A marker of a merge conflict was left here.';

/** The first place where a Python text does not parse. */
export function findSyntaxError(path: string, text: string): SyntaxFinding | undefined {
  const offset = conflictMarker(text) ?? firstError(text);
  if (offset === undefined) return undefined;
  const line = lineAt(text, offset).text;
  const place = line.trim() === '' ? 'it ends in the middle of something' : `the trouble begins at \`${shown(line)}\``;
  const message = MARKER.test(line) ? LEFT_MARKER : `Python cannot read this file: ${place}.`;
  return { path, ...new LineMap(text).position(offset), message };
}

function shown(line: string): string {
  return line.trim().slice(0, 80);
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
