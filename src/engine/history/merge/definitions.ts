import type { CancellationToken, Git } from '../../ports.ts';
import { definitionLines } from '../../python/definitions.ts';
import { isPython } from '../../python/syntax.ts';
import type { TreePair } from '../../tree/pair.ts';
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

/** Adds to each the commit that removed it on the other side: the last one in which the count of its definitions changed. */
export async function withCommits(
  git: Git,
  pair: TreePair,
  lost: readonly LostDefinition[],
  token?: CancellationToken,
): Promise<LostDefinition[]> {
  const result: LostDefinition[] = [];
  for (const one of lost) {
    const other = one.side === 'legacy' ? pair.canonical : pair.legacy;
    const name = one.name.slice(one.name.lastIndexOf('.') + 1);
    const removedBy = await lastRemoval(git, `${other.root}/${one.path}`, definitionOf(name), token);
    result.push(removedBy === undefined ? one : { ...one, removedBy });
  }
  return result;
}

/** None where HEAD still has such a line: then nobody has committed its removal. */
async function lastRemoval(
  git: Git,
  path: string,
  line: string,
  token: CancellationToken | undefined,
): Promise<CommitName | undefined> {
  const there = await git.run(['--literal-pathspecs', 'grep', '-q', '-E', '-e', line, 'HEAD', '--', path], { token });
  if (there.code === 0) return undefined;
  // Without `--no-textconv` git would run what the repository's attributes and settings name.
  const search = ['--no-textconv', '--pickaxe-regex', `-S${line}`];
  const args = ['--literal-pathspecs', 'log', '-1', '--format=%h%x00%s', ...search, 'HEAD', '--', path];
  const { code, stdout } = await git.run(args, { token });
  const [commit = '', subject = ''] = new TextDecoder().decode(stdout).trim().split('\0');
  return code === 0 && commit !== '' ? { commit, subject } : undefined;
}

/** Lines that define a name, as git's extended regular expressions have them: its uses may go on. */
function definitionOf(name: string): string {
  return `^[ \t]*((async[ \t]+)?def|class)[ \t]+${name}([^A-Za-z0-9_]|$)|^[ \t]*${name}[ \t]*[:=]`;
}
