import type { Tree } from '../tree/pair.ts';
import type { Older } from './age.ts';

/** What tells which of two copies is the legacy one. */
export interface Evidence {
  readonly trees: readonly [left: Tree, right: Tree];
  /** Python files outside both trees that import each. */
  readonly importedBy: readonly [left: number, right: number];
  readonly older: Older;
}

export interface Oriented {
  readonly legacy: Tree & { readonly importedBy: number };
  readonly canonical: Tree & { readonly importedBy: number };
  readonly reasons: readonly string[];
}

const OLD_NAME = /(?:^|[/_])(?:legacy|old|deprecated|backup|bak|orig|copy)(?:$|[/_\d])/iu;

/**
 * A copy is made to move to it, so the older tree is the legacy one. Where history does not tell, a name that says so,
 * then the number of files that still import it, then the shorter path: a new home is mostly deeper in a namespace.
 */
export function orient({ trees, importedBy, older }: Evidence): Oriented {
  const [left, right] = [
    { ...trees[0], importedBy: importedBy[0] },
    { ...trees[1], importedBy: importedBy[1] },
  ];
  const { legacyIsLeft, reason } = decide(left, right, older);
  const [legacy, canonical] = legacyIsLeft ? [left, right] : [right, left];
  return {
    legacy,
    canonical,
    reasons: [`${legacy.root} is taken for the legacy tree: ${reason}.`, imported(legacy, canonical)],
  };
}

type Counted = Oriented['legacy'];

function decide(left: Counted, right: Counted, older: Older): { legacyIsLeft: boolean; reason: string } {
  if (older !== undefined) return { legacyIsLeft: older === 'left', reason: 'its files are older in the git history' };
  const [leftIsOld, rightIsOld] = [OLD_NAME.test(left.root), OLD_NAME.test(right.root)];
  if (leftIsOld !== rightIsOld) return { legacyIsLeft: leftIsOld, reason: 'its name says so' };
  if (left.importedBy !== right.importedBy) {
    return { legacyIsLeft: left.importedBy > right.importedBy, reason: 'more files outside the trees import it' };
  }
  const [a, b] = [left.root.split('/').length, right.root.split('/').length];
  if (a !== b) return { legacyIsLeft: a < b, reason: 'the other lies deeper, as a new home in a namespace does' };
  return { legacyIsLeft: true, reason: 'nothing tells them apart, and it comes first; turn the pair round if need be' };
}

function imported(legacy: Counted, canonical: Counted): string {
  const files = (n: number): string => `${n} Python file${n === 1 ? '' : 's'}`;
  const verb = legacy.importedBy === 1 ? 'imports' : 'import';
  return `${files(legacy.importedBy)} outside the trees ${verb} ${legacy.package}, ${files(canonical.importedBy)} ${canonical.package}.`;
}
