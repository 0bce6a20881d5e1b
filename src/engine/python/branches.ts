import type { SyntaxNode } from '@lezer/common';
import { children } from './syntax.ts';

/** When a branch of an `if` runs: as Python imports the file, for type checkers alone, or not on import at all. */
export type Runs = 'always' | 'maybe' | 'forTypes' | 'never';

/** The bodies of an `if` statement in order, and when each runs. */
export function readBranches(node: SyntaxNode, text: string): { readonly body: SyntaxNode; readonly runs: Runs }[] {
  const branches: { body: SyntaxNode; runs: Runs }[] = [];
  let runs: Runs = 'maybe';
  // What the branches left over run for, once one of the two sides of `TYPE_CHECKING` is taken.
  let rest: Runs = 'maybe';
  for (const part of children(node)) {
    if (part.name === 'Body') branches.push({ body: part, runs });
    else if (part.name === 'else') runs = rest;
    else if (part.name !== 'if' && part.name !== 'elif' && part.name !== 'Comment') {
      [runs, rest] = readCondition(text.slice(part.from, part.to), rest);
    }
  }
  return branches;
}

/** When the body runs, and when those after it do. */
function readCondition(condition: string, rest: Runs): [Runs, Runs] {
  const test = condition.replace(/^\((?<inner>[^()]*)\)$/u, '$<inner>').trim();
  if (/^(?:\w+\.)*TYPE_CHECKING$/u.test(test)) return ['forTypes', rest === 'maybe' ? 'always' : rest];
  if (/^not\s+(?:\w+\.)*TYPE_CHECKING$/u.test(test)) return [rest === 'maybe' ? 'always' : rest, 'forTypes'];
  if (/^(?:False|0)$/u.test(test)) return ['never', rest];
  if (/^__name__\s*==\s*["']__main__["']$/u.test(test)) return ['never', rest];
  return ['maybe', rest === 'always' ? 'maybe' : rest];
}

/** A branch inside a branch. */
export function both(outer: Runs, inner: Runs): Runs {
  const rank: Record<Runs, number> = { always: 0, maybe: 1, forTypes: 2, never: 3 };
  return rank[outer] >= rank[inner] ? outer : inner;
}
