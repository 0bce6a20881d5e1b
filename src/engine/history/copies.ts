import type { CancellationToken, Git } from '../ports.ts';
import type { Likeness } from './likeness.ts';
import type { History, Meeting } from './meetings.ts';
import { readBlobs } from './objects.ts';

/** Files looked into for one commit: enough to tell a copy, and quick when a commit adds thousands. */
const sampleSize = 40;

/** Lines that two files must share to be copies of one another: people touch up a copy before they commit it. */
const likeShare = 0.6;

/** The part of the smaller tree that must be copied: less is a coincidence, or a few files ported by hand. */
const treeShare = 0.3;

/** The part of all copied files after which the copy has begun; a skeleton made long before has less. */
const begunShare = 0.1;

/**
 * The meetings of the commit with which the copying began, or `undefined` when one tree is no copy of the other.
 *
 * When the copy was made in several commits, the first is the one that loses nothing: with a later one as base, a
 * change that legacy got in between would look like one that the canonical tree took back.
 */
export async function findCopy(
  git: Git,
  { meetings, sizes }: History,
  likeness: Likeness,
  token?: CancellationToken,
): Promise<readonly Meeting[] | undefined> {
  const commits = [...groupByCommit(meetings).values()];
  const samples = commits.map(sample);
  const blobs = await readBlobs(git, samples.flat().flatMap(idsOf), token);
  const copied = commits.map((all, i) => all.length * copiedShare(samples[i] ?? [], blobs, likeness));
  const total = sum(copied);
  if (total === 0 || total < treeShare * Math.min(sizes.legacy, sizes.canonical)) return undefined;
  return commits[copied.findIndex((_, i) => sum(copied.slice(0, i + 1)) >= begunShare * total)];
}

/** Whether every file was the same in both trees then, but for the names: such a commit is a base, however it came about. */
export async function allSame(
  git: Git,
  meetings: readonly Meeting[],
  likeness: Likeness,
  token?: CancellationToken,
): Promise<boolean> {
  const different = meetings.filter(({ legacy, canonical }) => legacy !== canonical);
  const blobs = await readBlobs(git, different.flatMap(idsOf), token);
  return different.every((meeting) => {
    const contents = contentsOf(meeting, blobs);
    return contents !== undefined && likeness.areSame(contents.legacy, contents.canonical);
  });
}

function groupByCommit(meetings: readonly Meeting[]): Map<string, Meeting[]> {
  const groups = new Map<string, Meeting[]>();
  for (const meeting of meetings) {
    const group = groups.get(meeting.commit);
    if (group === undefined) groups.set(meeting.commit, [meeting]);
    else group.push(meeting);
  }
  return groups;
}

/** Evenly spread, so that every folder has its share, and the same on every run. */
function sample(meetings: readonly Meeting[]): Meeting[] {
  const step = Math.max(1, meetings.length / sampleSize);
  const count = Math.min(meetings.length, sampleSize);
  return Array.from({ length: count }, (_, i) => meetings[Math.floor(i * step)]).filter((one) => one !== undefined);
}

/** From 0 to 1, among the files that have something in them. */
function copiedShare(meetings: readonly Meeting[], blobs: ReadonlyMap<string, Uint8Array>, likeness: Likeness): number {
  const contents = meetings
    .map((meeting) => contentsOf(meeting, blobs))
    .filter((both) => both !== undefined)
    .filter(({ legacy, canonical }) => !likeness.isBlank(legacy) && !likeness.isBlank(canonical));
  const copies = contents.filter(({ legacy, canonical }) => likeness.share(legacy, canonical) >= likeShare);
  return copies.length / Math.max(1, contents.length);
}

interface Contents {
  readonly legacy: Uint8Array;
  readonly canonical: Uint8Array;
}

function contentsOf(meeting: Meeting, blobs: ReadonlyMap<string, Uint8Array>): Contents | undefined {
  const legacy = blobs.get(meeting.legacy);
  const canonical = blobs.get(meeting.canonical);
  return legacy === undefined || canonical === undefined ? undefined : { legacy, canonical };
}

function idsOf({ legacy, canonical }: Meeting): string[] {
  return [legacy, canonical];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
