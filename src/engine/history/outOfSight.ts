import type { Problem } from '../compare/model.ts';
import { EngineError } from '../errors.ts';
import type { CancellationToken, Git } from '../ports.ts';
import { count } from '../report/format.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';

/** What git tracks below the root and no listing has: nobody can tell what is in it. Workspace paths. */
export interface OutOfSight {
  /** Files that a sparse checkout leaves out. */
  readonly sparse: readonly string[];
  /** Folders that are repositories of their own. */
  readonly submodules: readonly string[];
}

/** Asks git's index once a listing: what goes out of sight or comes back comes with another one. */
export class OutOfSightFinder {
  readonly #git: Git | undefined;
  readonly #files: WorkspaceFiles;
  #known: { readonly listing: readonly string[]; readonly found: OutOfSight } | undefined;

  /** Nothing is out of sight where there is no git to say so. */
  constructor(git: Git | undefined, files: WorkspaceFiles) {
    this.#git = git;
    this.#files = files;
  }

  async find(token?: CancellationToken): Promise<OutOfSight> {
    const listing = await this.#files.list(token);
    if (this.#known?.listing !== listing) {
      const answer = await this.#git?.run(['ls-files', '--cached', '--stage', '-t', '-z'], { token });
      const index = answer?.code === 0 ? new TextDecoder().decode(answer.stdout) : '';
      this.#known = { listing, found: this.#read(index) };
    }
    return this.#known.found;
  }

  #read(index: string): OutOfSight {
    const [sparse, submodules] = [new Set<string>(), new Set<string>()];
    for (const [entry] of index.matchAll(UNSEEN)) {
      const path = entry.slice(entry.indexOf('\t') + 1);
      if (entry.startsWith('160000 ', 2)) submodules.add(path);
      // A file may be marked so and be there all the same.
      else if (!this.#files.has(path)) sparse.add(path);
    }
    return { sparse: [...sparse], submodules: [...submodules] };
  }
}

/** Of the index's entries, `S 100644 … 0<tab>path` or `H 160000 …`; most repositories have neither. */
const UNSEEN = /(?<=^|\0)(?:S \d+|\S 160000) [^\t]*\t[^\0]*/gu;

/**
 * A file of a tree that is only not checked out must not count as deleted: the plan would delete its copy.
 * @throws EngineError `sparseTree`
 */
export function assertCheckedOut({ sparse }: OutOfSight, pairs: readonly TreePair[]): void {
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
export function someOf([first = '', ...others]: readonly string[]): string {
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
