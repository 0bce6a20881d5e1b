import type { Base } from '../compare/model.ts';
import type { CancellationToken, Git } from '../ports.ts';
import type { Tree, TreePair } from '../tree/pair.ts';
import { readAdditions, readDeletions } from './changes.ts';
import { allSame, findCopy } from './copies.ts';
import { Likeness } from './likeness.ts';
import { addedBelow, readMeetings, type Meeting, type Roots, type Side } from './meetings.ts';
import { objectName } from './objects.ts';
import { previousRoot } from './moves.ts';

export interface FoundBase {
  readonly base: Base | null;
  /** Why there is none, in a sentence for people; only when `base` is null. */
  readonly noBase?: string;
}

const setIt = 'If you know the commit, put it in the setting treeUnifier.mergeBase.';

/** No repository moves a tree more often than this; a ring of moves must end. */
const mostMoves = 10;

/** What the history says of one tree pair. */
export interface CopyHistory {
  readonly found: FoundBase;
  /** Where the paths of the trees met, at the places they have now; none when the base is given. */
  readonly meetings: readonly Meeting[];
}

/**
 * The legacy tree at the commit where the copy was made, from git history alone: the commit after which the files of
 * both trees first stood side by side with the same contents, followed back through moves of either tree. The pair's
 * own `base`, when given, is checked and used instead. Never a guess: without good evidence there is none.
 * @param git Absent when the workspace has no git.
 * @throws EngineError `git` when git fails; CancelledError.
 */
export async function findBase(git: Git | undefined, pair: TreePair, token?: CancellationToken): Promise<FoundBase> {
  return (await readCopyHistory(git, pair, token)).found;
}

/** The same with the {@link Meeting}s that the search read. */
export async function readCopyHistory(
  git: Git | undefined,
  pair: TreePair,
  token?: CancellationToken,
): Promise<CopyHistory> {
  if (git === undefined)
    return nothing('There is no git repository here (or no git), so nothing tells when the copy was made.');
  const { code, stdout } = await git.run(['rev-parse', '--is-shallow-repository', 'HEAD^{commit}'], { token });
  const isShallow = new TextDecoder().decode(stdout).startsWith('true');
  if (pair.base !== undefined) return { found: await givenBase(git, pair, pair.base, isShallow, token), meetings: [] };
  if (code !== 0) return nothing('The repository has no commits yet, so nothing tells when the copy was made.');
  const roots = { legacy: pair.legacy.root, canonical: pair.canonical.root };
  const history = await search(git, { pair, roots, tip: 'HEAD', moves: 0 }, token);
  if (history.found.base !== null || !isShallow) return history;
  return nothing(
    `This clone is shallow, and its history does not reach back to where the copy was made. Run git fetch --unshallow. ${setIt}`,
  );
}

function nothing(noBase: string): CopyHistory {
  return { found: none(noBase), meetings: [] };
}

function none(noBase: string): FoundBase {
  return { base: null, noBase };
}

/** What to look for: the trees where they were at `tip`. */
interface Quest {
  readonly pair: TreePair;
  readonly roots: Roots;
  readonly tip: string;
  readonly moves: number;
}

async function search(git: Git, quest: Quest, token: CancellationToken | undefined): Promise<CopyHistory> {
  const { pair, roots } = quest;
  const likeness = new Likeness(asPairs(quest));
  const history = await readMeetings(git, quest.tip, roots, token);
  for (const side of ['legacy', 'canonical'] as const) {
    if (history.sizes[side] === 0)
      return nothing(`No commit has any file of ${roots[side]}. Commit both trees, then look again.`);
  }
  const copy = await findCopy(git, history, likeness, token);
  const commit = copy?.[0]?.commit;
  if (copy === undefined || commit === undefined) {
    return nothing(
      `No commit makes ${pair.canonical.root} as a copy of ${pair.legacy.root}: too few files ever had the same path and contents in both. ${setIt}`,
    );
  }
  const { meetings } = history;
  const found = { found: { base: { commit, legacyRoot: roots.legacy } }, meetings };
  const before = await rootsBefore(git, commit, copy, roots, token);
  const bornTogether = sideOf(copy) === 'both';
  if (before === undefined && !bornTogether) return found;
  if (await allSame(git, copy, likeness, token)) return found;
  if (before !== undefined && quest.moves < mostMoves) {
    const earlier = await search(git, { pair, roots: before, tip: `${commit}^`, moves: quest.moves + 1 }, token);
    return { found: earlier.found, meetings };
  }
  return nothing(
    `Both trees are in the history from commit ${commit.slice(0, 10)} on, and differ in it already: when the copy was made is not recorded. ${setIt}`,
  );
}

/** The tree that most of the files were added to. */
function sideOf(copy: readonly Meeting[]): Side | 'both' {
  const count = (side: Meeting['addedTo']): number => copy.filter(({ addedTo }) => addedTo === side).length;
  if (2 * count('both') >= copy.length) return 'both';
  return count('legacy') > count('canonical') ? 'legacy' : 'canonical';
}

/** Where the trees were before the commit, when it moved what it seems to have copied. */
async function rootsBefore(
  git: Git,
  commit: string,
  copy: readonly Meeting[],
  roots: Roots,
  token: CancellationToken | undefined,
): Promise<Roots | undefined> {
  const deleted = await readDeletions(git, commit, token);
  if (deleted.size === 0) return undefined;
  const before = (side: Side, other: Side): string | undefined => {
    const added = copy.filter(({ addedTo }) => addedTo === side || addedTo === 'both');
    if (added.length === 0) return undefined;
    return previousRoot(deleted, new Map(added.map((meeting) => [meeting.path, meeting[side]])), roots[other]);
  };
  const legacy = before('legacy', 'canonical');
  const canonical = before('canonical', 'legacy');
  // Both made from one folder: neither was there before.
  if (legacy === canonical) return undefined;
  return { legacy: legacy ?? roots.legacy, canonical: canonical ?? roots.canonical };
}

/** The pair as it is, and, where a tree was elsewhere, as it was: texts of that time name it so. */
function asPairs({ pair, roots }: Quest): TreePair[] {
  const was = { legacy: treeAt(roots.legacy, pair.legacy), canonical: treeAt(roots.canonical, pair.canonical) };
  const isSame = was.legacy === pair.legacy && was.canonical === pair.canonical;
  return isSame ? [pair] : [pair, was];
}

function treeAt(root: string, now: Tree): Tree {
  return root === now.root || root === '' ? now : { root, package: root.replaceAll('/', '.') };
}

async function givenBase(
  git: Git,
  pair: TreePair,
  given: string,
  isShallow: boolean,
  token: CancellationToken | undefined,
): Promise<FoundBase> {
  const commit = given.startsWith('-') ? undefined : await resolve(git, `${given}^{commit}`, token);
  if (commit === undefined) {
    const why = isShallow ? ' This clone is shallow: git fetch --unshallow may bring it.' : '';
    return none(`The merge base ${given}, given in the settings, is no commit of this repository.${why}`);
  }
  const legacyRoot = await legacyRootAt(git, commit, pair.legacy.root, token);
  if (legacyRoot !== undefined) return { base: { commit, legacyRoot } };
  return none(
    `The merge base ${given}, given in the settings, has no folder ${pair.legacy.root}. Give a commit that has it.`,
  );
}

/** The legacy tree's folder at a commit; followed back through moves where it was elsewhere then. */
async function legacyRootAt(
  git: Git,
  commit: string,
  now: string,
  token: CancellationToken | undefined,
): Promise<string | undefined> {
  let root: string | undefined = now;
  let tip = 'HEAD';
  for (let moves = 0; root !== undefined && moves < mostMoves; moves++) {
    if (await isFolder(git, commit, root, token)) return root;
    const additions = await readAdditions(git, tip, [root], token);
    const [made] = additions.sort((a, b) => b.added.size - a.added.size);
    if (made === undefined) return undefined;
    root = previousRoot(await readDeletions(git, made.commit, token), addedBelow(root, made.added, ''), root);
    tip = `${made.commit}^`;
  }
  return undefined;
}

async function isFolder(
  git: Git,
  commit: string,
  path: string,
  token: CancellationToken | undefined,
): Promise<boolean> {
  const { code, stdout } = await git.run(['cat-file', '-t', objectName(commit, path)], { token });
  return code === 0 && new TextDecoder().decode(stdout).trim() === 'tree';
}

async function resolve(git: Git, name: string, token: CancellationToken | undefined): Promise<string | undefined> {
  const { code, stdout } = await git.run(['rev-parse', '--verify', '--quiet', name], { token });
  return code === 0 ? new TextDecoder().decode(stdout).trim() : undefined;
}
