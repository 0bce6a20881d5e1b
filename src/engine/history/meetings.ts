import type { CancellationToken, Git } from '../ports.ts';
import { readAdditions, type Addition } from './changes.ts';
import { objectName, resolveBlobs } from './objects.ts';

/** Where the two trees were at some time in the past. `''` is the workspace root. */
export interface Roots {
  readonly legacy: string;
  readonly canonical: string;
}

export type Side = keyof Roots;

/** A commit after which a file stood at the same path in both trees, and before which it did not. */
export interface Meeting {
  readonly commit: string;
  /** Relative to either tree. */
  readonly path: string;
  /** The tree that the commit added the file to. */
  readonly addedTo: Side | 'both';
  /** Blob ids after the commit. */
  readonly legacy: string;
  readonly canonical: string;
}

export interface History {
  /** Parents before children; for each path the last meeting alone. */
  readonly meetings: readonly Meeting[];
  /** How many paths each tree ever had. */
  readonly sizes: Readonly<Record<Side, number>>;
}

/**
 * Where the paths of the two trees met, as told by the commits reachable from `tip`.
 *
 * The last meeting counts: a copy that was taken back and made again was made at the second time.
 */
export async function readMeetings(git: Git, tip: string, roots: Roots, token?: CancellationToken): Promise<History> {
  const additions = await readAdditions(git, tip, [roots.legacy, roots.canonical], token);
  const { candidates, sizes } = findCandidates(additions, roots);
  const missing = candidates.filter((candidate) => counterpart(candidate) !== undefined);
  const names = missing.map((candidate) =>
    objectName(candidate.commit, inRoot(roots, counterpart(candidate), candidate.path)),
  );
  const found = new Map((await resolveBlobs(git, names, token)).map((blob, i) => [missing[i], blob]));
  const last = new Map<string, Meeting>();
  for (const candidate of candidates) {
    const legacy = candidate.legacy ?? found.get(candidate);
    const canonical = candidate.canonical ?? found.get(candidate);
    if (legacy === undefined || canonical === undefined) continue;
    last.set(candidate.path, { ...candidate, legacy, canonical });
  }
  const meetings = new Set(last.values());
  const order = new Map(additions.map(({ commit }, i) => [commit, i]));
  const place = ({ commit }: Meeting): number => order.get(commit) ?? 0;
  return { meetings: [...meetings].sort((a, b) => place(a) - place(b)), sizes };
}

/** A meeting unless the tree that the commit did not add to lacks the file. */
type Candidate = Pick<Meeting, 'commit' | 'path' | 'addedTo'> & Partial<Pick<Meeting, 'legacy' | 'canonical'>>;

function counterpart({ addedTo }: Candidate): Side | undefined {
  return addedTo === 'both' ? undefined : addedTo === 'legacy' ? 'canonical' : 'legacy';
}

function findCandidates(
  additions: readonly Addition[],
  roots: Roots,
): Pick<History, 'sizes'> & { candidates: Candidate[] } {
  const seen = { legacy: new Set<string>(), canonical: new Set<string>() };
  const candidates: Candidate[] = [];
  for (const { commit, added } of additions) {
    const legacy = addedBelow(roots.legacy, added, roots.canonical);
    const canonical = addedBelow(roots.canonical, added, roots.legacy);
    for (const path of legacy.keys()) seen.legacy.add(path);
    for (const path of canonical.keys()) seen.canonical.add(path);
    for (const [path, blob] of canonical) {
      const other = legacy.get(path);
      if (other !== undefined) candidates.push({ commit, path, addedTo: 'both', legacy: other, canonical: blob });
      else if (seen.legacy.has(path)) candidates.push({ commit, path, addedTo: 'canonical', canonical: blob });
    }
    for (const [path, blob] of legacy) {
      if (!canonical.has(path) && seen.canonical.has(path)) {
        candidates.push({ commit, path, addedTo: 'legacy', legacy: blob });
      }
    }
  }
  return { candidates, sizes: { legacy: seen.legacy.size, canonical: seen.canonical.size } };
}

/** Path inside the folder → blob id, without what belongs to the other tree (one may once have been the whole root). */
export function addedBelow(root: string, added: ReadonlyMap<string, string>, other: string): Map<string, string> {
  const below = new Map<string, string>();
  for (const [path, blob] of added) {
    if (other.length > root.length && path.startsWith(`${other}/`)) continue;
    if (root === '') below.set(path, blob);
    else if (path.startsWith(`${root}/`)) below.set(path.slice(root.length + 1), blob);
  }
  return below;
}

function inRoot(roots: Roots, side: Side | undefined, path: string): string {
  const root = side === undefined ? '' : roots[side];
  return root === '' ? path : `${root}/${path}`;
}
