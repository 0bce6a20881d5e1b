import { definitionLines } from '../../python/definitions.ts';
import { isPython } from '../../python/syntax.ts';
import type { CommitName } from '../oneSided.ts';
import type { MergedFile, TreesMerge, Version } from './model.ts';
import { textOf } from './text.ts';

/** A definition that one side has and the merge result has not, nor under another path. */
export interface LostDefinition {
  /** Relative to either tree. */
  readonly path: string;
  /** `name`, or `Class.name`. */
  readonly name: string;
  /** Who still has it. */
  readonly side: 'legacy' | 'canonical';
  /** From 1, in that side's file. */
  readonly line: number;
  /** The commit by which the other side removed it; absent while that is not committed, or the other never had it. */
  readonly removedBy?: CommitName;
}

/** The definitions that the merge result does not hold, file by file; files in conflict are not settled yet. */
export function findLost({ sides, files }: TreesMerge): LostDefinition[] {
  const settled = files.filter(({ path, result }) => isPython(path) && result !== 'conflict');
  const names = new DefinedNames();
  const missing = settled.flatMap(({ path, version }) => {
    const kept = names.of(version);
    return (['canonical', 'legacy'] as const).flatMap((side) =>
      [...names.of(sides[side].get(path))]
        .filter(([name]) => !kept.has(name))
        .map(([name, line]) => ({ path, name, side, line }))
        .sort((a, b) => a.line - b.line),
    );
  });
  if (missing.length === 0) return [];
  const newPlaces = namesInNewPlaces(settled, sides.base, names);
  return missing.filter(({ name }) => !newPlaces.has(name));
}

/** Names that a file of the result defines and its base did not: what vanished elsewhere was moved there. */
function namesInNewPlaces(
  files: readonly MergedFile[],
  base: ReadonlyMap<string, Version>,
  names: DefinedNames,
): Set<string> {
  const found = files.flatMap(({ path, version }) => {
    const before = names.of(base.get(path));
    return [...names.of(version).keys()].filter((name) => !before.has(name));
  });
  return new Set(found);
}

/** What each text defines: the merge takes most texts from a side as they are, and they are parsed once. */
class DefinedNames {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();

  of(version: Version | undefined): ReadonlyMap<string, number> {
    const text = textOf(version);
    if (text === undefined) return new Map();
    const known = this.#known.get(text) ?? definitionLines(text);
    this.#known.set(text, known);
    return known;
  }
}
