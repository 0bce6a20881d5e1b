import { groupBy } from '../groupBy.ts';
import { compareText } from '../tree/files.ts';

/** Two folders that have Python files at the same paths below. */
export interface Candidate {
  /** Workspace folders, `left` before `right` in order. */
  readonly left: string;
  readonly right: string;
  /** Python files below both, `__init__.py` aside, relative to the folders. */
  readonly shared: readonly string[];
  /** The part of both folders' Python files that has a counterpart: from 0 to 1. */
  readonly share: number;
}

/** Before the folders were counted. */
type Vote = Omit<Candidate, 'share'>;

/** More files of one name than this are told apart by their folders' names first: every application has a `models.py`. */
const mostOfOneName = 60;

/** The part of both folders' Python files that must have a counterpart. */
const leastShare = 0.25;

/** Folders whose contents are alike by nature, or are nobody's own. */
const NO_TREE =
  /(?:^|\/)(?:[^/]*templates?|examples?|samples?|demos?|tutorials?|tests?|testing|fixtures|test_?data|docs?|migrations|_?vendor|_?vendored|third_party|site-packages|build|dist|cookiecutter[^/]*|\{\{[^/]*)(?:\/|$)/iu;

/**
 * Pairs of folders by their paths alone, before any file is read. Two files whose paths end alike,
 * `old/api/v1/users.py` and `new/app/api/v1/users.py`, speak for the folders that are left when the common end is taken
 * away: `old` and `new/app`.
 */
export function findCandidates(pythonFiles: readonly string[]): Candidate[] {
  const telling = pythonFiles.filter((path) => !/(?:^|\/)__init__\.pyi?$/u.test(path));
  const sizes = folderSizes(telling);
  const votes = new Map<string, Vote & { shared: string[] }>();
  for (const group of namesakes(telling, 1)) {
    for (const [at, left] of group.entries()) {
      for (const right of group.slice(at + 1)) vote(votes, left, right);
    }
  }
  return [...votes.values()]
    .flatMap((candidate) => descend(candidate))
    .filter(({ left, right }) => mayBeTree(left) && mayBeTree(right))
    .map((found) => ({ ...found, share: shareOf(found.shared.length, sizes.get(found.left), sizes.get(found.right)) }))
    .filter(({ share }) => share >= leastShare);
}

function mayBeTree(folder: string): boolean {
  return !NO_TREE.test(folder);
}

/** The part of two sets that is in both: 1 when they are the same. */
export function shareOf(shared: number, left = 0, right = 0): number {
  return (2 * shared) / Math.max(1, left + right);
}

/** Groups of paths that end in the same segments: one segment, or more where too many share it. */
function namesakes(paths: readonly string[], depth: number): string[][] {
  const groups = groupBy(paths, (path) => path.split('/').slice(-depth).join('/'));
  return [...groups].flatMap(([end, group]) => {
    if (group.length < 2) return [];
    if (group.length <= mostOfOneName) return [group];
    // Paths that are no longer than this have nothing more to be told apart by.
    const longer = group.filter((path) => path.length > end.length);
    return longer.length < group.length && longer.length < 2 ? [] : namesakes(longer, depth + 1);
  });
}

function vote(votes: Map<string, Vote & { shared: string[] }>, a: string, b: string): void {
  const length = commonEnd(a, b);
  const [left = '', right = ''] = [root(a, length), root(b, length)].sort(compareText);
  const key = `${left}\0${right}`;
  const known = votes.get(key);
  const path = a.slice(a.length - length);
  if (known === undefined) votes.set(key, { left, right, shared: [path] });
  else known.shared.push(path);
}

/** How many units of the ends are the same, in whole segments. */
function commonEnd(a: string, b: string): number {
  let length = 0;
  for (let same = 1; same <= Math.min(a.length, b.length); same++) {
    const [x, y] = [a[a.length - same], b[b.length - same]];
    if (x !== y) return length;
    if (x === '/') length = same - 1;
  }
  // One path is the end of the other.
  const [rest, other] = a.length < b.length ? [a, b] : [b, a];
  return rest.length === other.length || other[other.length - rest.length - 1] === '/' ? rest.length : length;
}

function root(path: string, length: number): string {
  return path.slice(0, Math.max(0, path.length - length - 1));
}

function isInside(inner: string, outer: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}

/**
 * A folder that only holds the package is not the package: `src` and `copy/src` that share `acme/…` are `src/acme` and
 * `copy/src/acme`. The workspace root, a folder that holds the other one, and one that no import can name, are left for the
 * folders in them.
 */
function descend(candidate: Vote): Vote[] {
  const { left, right, shared } = candidate;
  const groups = groupBy(shared, (path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : ''));
  const isNested = isInside(left, right) || isInside(right, left);
  const isTree = !isNested && isNameable(left) && isNameable(right);
  const isOneFolder = groups.size === 1 && !groups.has('');
  if (isTree && !isOneFolder) return [candidate];
  return [...groups].flatMap(([folder, paths]) => {
    if (folder === '') return [];
    const [inLeft, inRight] = [join(left, folder), join(right, folder)];
    return descend({ left: inLeft, right: inRight, shared: paths.map((path) => path.slice(folder.length + 1)) });
  });
}

const SOURCE_FOLDER = /^(?:src|lib|python|packages|source)$/u;

/** Whether an import can name the folder, and it is no folder that merely holds sources. */
function isNameable(folder: string): boolean {
  const last = folder.slice(folder.lastIndexOf('/') + 1);
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(last) && !SOURCE_FOLDER.test(last);
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** How many of the files lie below each folder. */
function folderSizes(paths: readonly string[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    }
  }
  return sizes;
}
