import type { SyntaxNode } from '@lezer/common';
import { readBranches } from './branches.ts';
import type { Import } from './imports.ts';
import { findImports } from './imports.ts';
import { children, parsePython } from './syntax.ts';

/** `import a.b` (no `names`) or `from ..a import b, c`; `level` counts the dots, `names` may be `['*']`. */
export interface ImportedModule {
  readonly level: number;
  readonly segments: readonly string[];
  readonly names?: readonly string[];
}

/** What happens when an import fails: `all` its failures are caught, or only that of a `module` that is not there. */
export type Guard = 'none' | 'module' | 'all';

export interface ImportSite {
  readonly level: number;
  readonly segments: readonly string[];
  /** Offset from 0 where the module is named. */
  readonly offset: number;
  readonly names?: readonly { readonly name: string; readonly offset: number }[];
  readonly guard: Guard;
  /** Only type checkers run it. */
  readonly forTypes: boolean;
}

const GAP = String.raw`(?:[ \t\f]|\\\r?\n)`;
const NAMES = String.raw`(?<names>\*|\((?:[^)#]|#[^\n]*)*\)?|(?:[^\n\r;#(\\]|\\\r?\n)*)`;
const FROM = new RegExp(
  String.raw`\bfrom\b(?<module>(?:[\p{L}\p{N}_.]|${GAP})*?)(?<=[\s.])import\b${GAP}*${NAMES}`,
  'gu',
);
const PLAIN = new RegExp(String.raw`(?<![\p{L}\p{N}_.])import\b${GAP}+(?<modules>(?:[^\n\r;#\\]|\\\r?\n)+)`, 'gu');

/**
 * Whatever looks like an import in the text, many times faster than a parse: all imports, and what comments and strings
 * hold of them. A caller that finds something amiss asks {@link findImportSites}.
 */
export function guessImports(text: string): ImportedModule[] {
  const guesses: ImportedModule[] = [];
  for (const { groups } of text.matchAll(FROM)) {
    const module = plain(groups?.['module'])
      .replace(/\s*\.\s*/gu, '.')
      .trim();
    const level = /^\.*/u.exec(module)?.[0].length ?? 0;
    const names = plain(groups?.['names']?.replace(/#[^\n]*/gu, ''))
      .replace(/[()]/gu, ' ')
      .split(',');
    const segments = module.slice(level).split('.');
    guesses.push({ level, segments: level < module.length ? segments : [], names: names.flatMap(firstWord) });
  }
  for (const { groups } of text.matchAll(PLAIN)) {
    for (const clause of plain(groups?.['modules']).split(',')) {
      const module =
        clause
          .replace(/\s*\.\s*/gu, '.')
          .trim()
          .split(/\s/u)[0] ?? '';
      guesses.push({ level: 0, segments: module.split('.') });
    }
  }
  return guesses;
}

/** Continued lines put together. */
function plain(text = ''): string {
  return text.includes('\\') ? text.replace(/\\\r?\n/gu, ' ') : text;
}

function firstWord(clause: string): string[] {
  const word = clause.trim().split(/\s/u)[0] ?? '';
  return word === '' ? [] : [word];
}

/** Every import that the file may run, in order, with what happens when it fails. */
export function findImportSites(text: string): ImportSite[] {
  return findImports(parsePython(text), text).flatMap((statement) => {
    const { runs, guard } = contextOf(statement.node, text);
    return runs === 'never' ? [] : sitesOf(statement, { guard, forTypes: runs === 'forTypes' });
  });
}

function sitesOf(statement: Import, context: Pick<ImportSite, 'guard' | 'forTypes'>): ImportSite[] {
  if (statement.kind === 'import') {
    return statement.modules.flatMap(({ module }) => {
      const [first] = module.ranges;
      return first === undefined ? [] : [{ level: 0, segments: module.segments, offset: first.from, ...context }];
    });
  }
  const { level, module, node } = statement;
  const offset = children(node)[1]?.from ?? node.from;
  const names = statement.names.map(({ name, from }) => ({ name, offset: from }));
  return [{ level, segments: module.segments, offset, names, ...context }];
}

/** Looks at the blocks around an import, from the inside out. */
function contextOf(node: SyntaxNode, text: string): { runs: 'forTypes' | 'never' | undefined; guard: Guard } {
  let guard: Guard = 'none';
  let runs: 'forTypes' | 'never' | undefined;
  let isHere = true;
  for (let inner = node, up = node.parent; up !== null; inner = up, up = up.parent) {
    // What stands around a function does not guard its calls.
    if (up.name === 'FunctionDefinition') isHere = false;
    else if (up.name === 'IfStatement') {
      const branch = readBranches(up, text).find(({ body }) => body.from === inner.from)?.runs;
      if (branch === 'forTypes') runs ??= branch;
      // `if __name__ == "__main__"` does run at times.
      else if (branch === 'never' && !text.slice(up.from, inner.from).includes('__name__')) runs = branch;
      if (isHere && isLookedFor(inner.prevSibling, text)) guard = stronger(guard, 'module');
    } else if (isHere) guard = stronger(guard, guardOf(up, inner, text));
  }
  return { runs, guard };
}

/** `if os.path.isfile(…)`, `if find_spec("app.x"):` before an import: it is not run where the module is missing. */
function isLookedFor(condition: SyntaxNode | null, text: string): boolean {
  const test = condition === null ? '' : text.slice(condition.from, condition.to);
  return /\b(?:isfile|is_file|exists|find_spec|find_loader)\b/u.test(test) && !/^not\b/u.test(test);
}

function guardOf(block: SyntaxNode, inner: SyntaxNode, text: string): Guard {
  if (block.name === 'WithStatement') {
    const head = text.slice(block.from, inner.from);
    if (/\bImportError\b/u.test(head)) return 'all';
    return /\bModuleNotFoundError\b/u.test(head) ? 'module' : 'none';
  }
  if (block.name !== 'TryStatement' || block.getChild('Body')?.from !== inner.from) return 'none';
  return handlersOf(block).reduce<Guard>((guard, handler) => stronger(guard, caughtBy(handler, inner, text)), 'none');
}

interface Handler {
  /** Absent for `except:`. */
  readonly type?: SyntaxNode;
  readonly body: SyntaxNode;
}

function handlersOf(node: SyntaxNode): Handler[] {
  const handlers: Handler[] = [];
  const parts = children(node).filter(({ name }) => name !== 'Comment' && name !== '*');
  for (const [at, { name }] of parts.entries()) {
    if (name !== 'except') continue;
    const next = parts[at + 1];
    const body = parts.slice(at).find((part) => part.name === 'Body');
    if (body !== undefined) handlers.push(next === undefined || next === body ? { body } : { type: next, body });
  }
  return handlers;
}

/**
 * A handler for `ImportError` makes the import optional, unless it gives up. One for every exception does so only for
 * a block that is there for its imports; around more code it hides a breakage.
 */
function caughtBy({ type, body }: Handler, tried: SyntaxNode, text: string): Guard {
  if (givesUp(body, text)) return 'none';
  const caught = type === undefined ? 'BaseException' : text.slice(type.from, type.to);
  if (/\bImportError\b/u.test(caught)) return 'all';
  if (/\b(?:Base)?Exception\b/u.test(caught)) return holdsImportsOnly(tried) ? 'all' : 'none';
  return /\bModuleNotFoundError\b/u.test(caught) ? 'module' : 'none';
}

function givesUp(body: SyntaxNode, text: string): boolean {
  const last = body.lastChild;
  if (last?.name === 'RaiseStatement') return true;
  return last !== null && /^(?:sys\.exit|exit|quit|os\._exit)\s*\(/u.test(text.slice(last.from, last.to));
}

function holdsImportsOnly(body: SyntaxNode): boolean {
  return children(body).every(({ name }) =>
    /^(?::|ImportStatement|AssignStatement|PassStatement|Comment)$/u.test(name),
  );
}

function stronger(a: Guard, b: Guard): Guard {
  const rank: Record<Guard, number> = { none: 0, module: 1, all: 2 };
  return rank[a] >= rank[b] ? a : b;
}
