import type { SyntaxNode, Tree } from '@lezer/common';
import type { DottedName, FromImport, Import } from '../../../python/imports.ts';
import { findImports, readImport } from '../../../python/imports.ts';
import { ancestor } from '../../../python/syntax.ts';
import type { Mention } from '../../../tree/names.ts';
import type { Judgement, Source, TargetQuery } from '../../judgement.ts';
import { REVIEW, judgeByForm, rewriteOf } from '../../judgement.ts';

/** A mention inside an import statement: only the module's name changes, nothing else on the line. */
export function judgeImport(source: Source, mention: Mention, node: SyntaxNode): Judgement {
  const statement = readImport(node, source.text);
  const module = modulesOf(statement).find(({ ranges }) => ranges[0]?.from === mention.start);
  if (module === undefined || !startsWith(module, source.names.legacyPackage)) {
    return { ...judgeByForm(source, mention, 'bare'), rewrites: [], ownName: 'A name imported from elsewhere.' };
  }
  const depth = source.names.legacyPackage.length;
  const end = module.ranges[depth - 1]?.to ?? mention.end;
  const whole: Mention = { ...mention, form: 'dotted', tailEnd: module.ranges.at(-1)?.to ?? end };
  const edit = { start: mention.start, end, newText: source.names.pair.canonical.package };
  return {
    mention: whole,
    kind: 'import',
    rewrites: [rewriteOf(source, whole, [edit])],
    target: importTarget(statement, module, depth),
    ...(bindsPackage(statement, module) ? { isTied: true } : {}),
    ...(isFallback(source, node) ? { review: REVIEW.fallback } : {}),
  };
}

/** `import pkg.a` binds `pkg`; `import pkg.a as x` and `from pkg import a` bind names of their own. */
function bindsPackage(statement: Import, module: DottedName): boolean {
  return (
    statement.kind === 'import' && statement.modules.some((one) => one.module === module && one.alias === undefined)
  );
}

function modulesOf(statement: Import): readonly DottedName[] {
  if (statement.kind === 'from') return statement.level === 0 ? [statement.module] : [];
  return statement.modules.map(({ module }) => module);
}

function importTarget(statement: Import, module: DottedName, depth: number): TargetQuery {
  const segments = module.segments.slice(depth);
  const names = statement.kind === 'from' ? statement.names.map(({ name }) => name).filter((name) => name !== '*') : [];
  return { kind: 'import', segments, names };
}

function startsWith(module: DottedName, segments: readonly string[]): boolean {
  return segments.every((segment, index) => module.segments[index] === segment);
}

/** `try: from C import x / except ImportError: from L import x`, either way round. */
function isFallback(source: Source, node: SyntaxNode): boolean {
  const attempt = ancestor(node, 'TryStatement');
  if (attempt === undefined) return false;
  const text = source.text.slice(attempt.from, attempt.to);
  return (
    /except[^:\n]*(?:ImportError|ModuleNotFoundError|Exception)|except\s*:/u.test(text) &&
    source.names.mentionsCanonical(text)
  );
}

/**
 * `from parent import last`, where the legacy package is `parent.last`: an import of it without its name in one piece.
 * Written as `from canonicalParent import canonicalLast as last`.
 */
export function findSplitImports(source: Source, tree: Tree): Judgement[] {
  const { legacyPackage } = source.names;
  const last = legacyPackage.at(-1);
  const parent = legacyPackage.slice(0, -1);
  if (parent.length === 0 || last === undefined || !source.text.includes(last)) return [];
  return findImports(tree, source.text)
    .filter((statement): statement is FromImport => statement.kind === 'from' && statement.level === 0)
    .filter(({ module }) => module.segments.join('.') === parent.join('.'))
    .flatMap((statement) => splitImport(source, statement, last));
}

function splitImport(source: Source, statement: FromImport, last: string): Judgement[] {
  const imported = statement.names.find(({ name }) => name === last);
  const [from, to] = [statement.module.ranges[0]?.from, statement.module.ranges.at(-1)?.to];
  if (imported === undefined || from === undefined || to === undefined) return [];
  const { canonicalPackage } = source.names;
  const mention: Mention = {
    start: imported.from,
    end: imported.to,
    tailEnd: imported.to,
    form: 'dotted',
    separator: '/',
    tail: [],
    rooted: false,
  };
  const name = canonicalPackage.at(-1) ?? last;
  const parent = canonicalPackage.slice(0, -1).join('.');
  const newName = imported.alias === undefined && name !== last ? `${name} as ${last}` : name;
  const target: TargetQuery = { kind: 'module', segments: [] };
  if (parent === '' || statement.names.length > 1) {
    const review = 'Other names come from the same package: split the statement by hand.';
    return [{ mention, kind: 'import', rewrites: [], target, review }];
  }
  const edits = [
    { start: from, end: to, newText: parent },
    { start: imported.from, end: imported.to, newText: newName },
  ];
  return [{ mention, kind: 'import', rewrites: [rewriteOf(source, mention, edits)], target }];
}
