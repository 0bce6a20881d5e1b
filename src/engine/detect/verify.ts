import { compareCopies } from '../compare/files.ts';
import type { CancellationToken } from '../ports.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import { Names } from '../tree/names.ts';
import type { TreePair } from '../tree/pair.ts';
import type { Candidate } from './candidates.ts';
import type { Contents } from './contents.ts';
import { commonLines } from './contents.ts';

/** Files looked into before a candidate is believed: enough to tell copies, and quick for trees of thousands. */
const sampleSize = 40;

/** Of these, so many are looked into first: folders that share names alone are given up after them. */
const firstLook = 6;

/** Lines that two files must share to be copies of one another, as when a merge base is looked for. */
const likeShare = 0.6;

/** The part of the shared files that must be copies. */
const likeFiles = 0.5;

/**
 * What makes a pair of so many alike files: the more there are, the more may have been added or deleted since. A few files
 * may be alike by convention, so they must hold something, and be all there is.
 */
const evidence = [
  { alike: 10, share: 0, lines: 60 },
  { alike: 5, share: 0.5, lines: 60 },
  { alike: 1, share: 0.8, lines: 100 },
] as const;

/** A candidate whose contents are alike. */
export interface Likely {
  readonly candidate: Candidate;
  /** Copies among the shared Python files, estimated from a sample. */
  readonly alike: number;
}

/** `undefined` where names alone are shared. */
export async function judgeContents(
  candidate: Candidate,
  contents: Contents,
  token?: CancellationToken,
): Promise<Likely | undefined> {
  const { left, right, shared } = candidate;
  const names = new Names({ legacy: treeOf(left), canonical: treeOf(right) });
  const sample = evenly(shared, sampleSize);
  const first = evenly(sample, firstLook);
  const look = async (paths: readonly string[]): Promise<Seen> => {
    const texts = await mapBounded(
      paths,
      async (path) => [await contents.text(`${left}/${path}`), await contents.text(`${right}/${path}`)] as const,
      token,
    );
    return sum(texts.map(([a, b]) => seenIn(a, b, names)));
  };
  if ((await look(first)).alike === 0) return undefined;
  const { files, alike, lines } = await look(sample);
  const isEnough = evidence.some(
    (least) => alike >= least.alike && candidate.share >= least.share && lines >= least.lines,
  );
  if (!isEnough || alike < likeFiles * files) return undefined;
  return { candidate, alike: (alike / sample.length) * shared.length };
}

interface Seen {
  /** Those that hold something. */
  readonly files: number;
  readonly alike: number;
  /** Common lines of the alike ones. */
  readonly lines: number;
}

function seenIn(a: string, b: string, names: Names): Seen {
  const { lines, common } = commonLines(a, b, names);
  if (lines < 3) return { files: 0, alike: 0, lines: 0 };
  const isAlike = common >= likeShare * lines;
  return { files: 1, alike: isAlike ? 1 : 0, lines: isAlike ? common : 0 };
}

function sum(all: readonly Seen[]): Seen {
  return all.reduce((a, b) => ({ files: a.files + b.files, alike: a.alike + b.alike, lines: a.lines + b.lines }), {
    files: 0,
    alike: 0,
    lines: 0,
  });
}

function treeOf(root: string): TreePair['legacy'] {
  return { root, package: root.replaceAll('/', '.') };
}

/** Evenly spread, so that every folder has its share, and the same on every run. */
export function evenly<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(most, items.length) }, (_, at) => items[Math.floor(at * step)]).filter(
    (one): one is T => one !== undefined,
  );
}

/** How many of the files at the same path are the same in both trees, as the inventory counts them. */
export async function countCopies(
  pair: TreePair,
  shared: readonly string[],
  files: WorkspaceFiles,
  token?: CancellationToken,
): Promise<Readonly<Record<'identical' | 'equivalent' | 'diverged', number>>> {
  const namespaces = [new Names(pair)];
  const counts = { identical: 0, equivalent: 0, diverged: 0 };
  const count = async (path: string): Promise<void> => {
    const legacy = await files.bytes(`${pair.legacy.root}/${path}`);
    const canonical = await files.bytes(`${pair.canonical.root}/${path}`);
    const isRead = legacy !== undefined && canonical !== undefined;
    const status = isRead ? compareCopies({ path, legacy, canonical }, namespaces).status : 'diverged';
    if (status === 'identical' || status === 'equivalent') counts[status]++;
    else counts.diverged++;
  };
  await mapBounded(shared, count, token);
  return counts;
}
