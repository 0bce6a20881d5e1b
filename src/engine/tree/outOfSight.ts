import type { Problem } from '../compare/model.ts';
import { EngineError } from '../errors.ts';
import { splitZ } from '../history/objects.ts';
import type { Blocker } from '../plan/model.ts';
import type { CancellationToken, Git } from '../ports.ts';
import { count } from '../report/format.ts';
import type { WorkspaceFiles } from './files.ts';
import type { TreePair } from './pair.ts';
import { pathInTree } from './pair.ts';

/** What git tracks below the root and no listing has: nobody can tell what is in it. Workspace paths, sorted. */
export interface OutOfSight {
  /** Files that a sparse checkout leaves out. */
  readonly sparse: readonly string[];
  /** Folders that are repositories of their own. */
  readonly submodules: readonly string[];
}

/** Asks git's index; nothing is out of sight where there is no git to say so. */
export async function findOutOfSight(
  git: Git | undefined,
  files: WorkspaceFiles,
  token?: CancellationToken,
): Promise<OutOfSight> {
  const listed = await git?.run(['ls-files', '--cached', '--stage', '-t', '-z'], { token });
  const entries = listed?.code === 0 ? splitZ(listed.stdout) : [];
  const isSubmodule = (entry: string): boolean => entry.startsWith('160000 ', 2);
  const isSparse = (entry: string): boolean => entry.startsWith('S ') && !isSubmodule(entry);
  await files.list(token);
  const pathOf = (entry: string): string => entry.slice(entry.indexOf('\t') + 1);
  return {
    // A file may be marked so and be there all the same.
    sparse: entries
      .filter(isSparse)
      .map(pathOf)
      .filter((path) => !files.has(path)),
    submodules: [...new Set(entries.filter(isSubmodule).map(pathOf))],
  };
}

/**
 * A file of a tree that is only not checked out must not count as deleted: the plan would delete its copy.
 * @throws EngineError `sparseTree`
 */
export async function assertCheckedOut(
  git: Git | undefined,
  files: WorkspaceFiles,
  pairs: readonly TreePair[],
  token?: CancellationToken,
): Promise<void> {
  const { sparse } = await findOutOfSight(git, files, token);
  for (const { legacy, canonical } of pairs) {
    for (const [side, tree] of Object.entries({ legacy, canonical })) {
      const absent = sparse.filter((path) => pathInTree(tree, path) !== undefined);
      if (absent.length > 0) throw notCheckedOut(side, tree.root, absent);
    }
  }
}

function notCheckedOut(side: string, root: string, absent: readonly string[]): EngineError {
  const what = `The ${side} tree, ${root}, is not wholly here: the sparse checkout leaves out ${someOf(absent)}.`;
  const mend = `Bring them here with git sparse-checkout add ${root}, or git sparse-checkout disable.`;
  return new EngineError('sparseTree', `${what} ${mend}`);
}

/** `a.py and 3 more files`, of one or more. */
function someOf([first = '', ...others]: readonly string[]): string {
  return others.length > 0 ? `${first} and ${count(others.length, 'more file')}` : first;
}

/** What nobody can say because of them. */
export function unsearched({ sparse, submodules }: OutOfSight): Problem[] {
  const left = `The sparse checkout leaves out ${someOf(sparse)}: what is said there is not known.`;
  return [
    ...(sparse.length > 0 ? [{ message: left }] : []),
    ...submodules.map((path) => ({
      path,
      message: `${path} is a submodule, a repository of its own: it is not looked into.`,
    })),
  ];
}

/** What makes it impossible to prove that a legacy tree is not needed; a submodule elsewhere has a life of its own. */
export function proofBlockers({ sparse, submodules }: OutOfSight, pairs: readonly TreePair[]): Blocker[] {
  const isLegacy = (path: string): boolean => pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined);
  const unknown = `It may use the legacy tree, and the sparse checkout leaves out ${someOf(sparse)}: run git sparse-checkout disable.`;
  return [
    ...sparse.slice(0, 1).map((path) => ({ path, reason: unknown })),
    ...submodules.filter(isLegacy).map((path) => ({
      path,
      reason: 'It is a submodule, and not looked into: move it to the canonical tree with git mv, or remove it.',
    })),
  ];
}

/** What a person must look into: a sentence for each submodule outside of the legacy trees. */
export function submodulesToSearch({ submodules }: OutOfSight, pairs: readonly TreePair[]): string[] {
  const names = pairs.map(({ legacy }) => legacy.package).join(', ');
  return submodules.map((path) => `${path} is a submodule and was not searched: look there for ${names}.`);
}
