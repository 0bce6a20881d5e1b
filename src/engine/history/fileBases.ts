import { compareCopies } from '../compare/files.ts';
import type { Base } from '../compare/model.ts';
import type { CancellationToken, Git } from '../ports.ts';
import { Names } from '../tree/names.ts';
import type { TreePair } from '../tree/pair.ts';
import type { Meeting } from './meetings.ts';
import type { BaseFile } from './objects.ts';
import { readBlobs } from './objects.ts';

/** Both trees at the base, by path inside them. */
interface AtBase {
  readonly legacy: ReadonlyMap<string, BaseFile>;
  readonly canonical: ReadonlyMap<string, BaseFile>;
}

/** Two versions of one path as they stood side by side. */
interface Standing {
  readonly path: string;
  readonly legacy: string;
  readonly canonical: string;
}

/**
 * The files for which the commit of the base does not serve: they came to both trees at another commit. Whenever a file
 * says the same in both trees, its version of then is a base that loses nothing; the latest known time is the best one,
 * for what one side took back since is not brought again. Where they differed when they met, nobody knows which side
 * is the older: then the base stays what it is (and without one, two versions are a conflict).
 * @throws EngineError `git` when git fails.
 */
export async function basesByMeeting(
  git: Git,
  atBase: AtBase,
  history: { readonly base: Base; readonly meetings: readonly Meeting[]; readonly pair: TreePair },
  token?: CancellationToken,
): Promise<Map<string, BaseFile>> {
  const { base, meetings, pair } = history;
  const begin = meetings.findIndex(({ commit }) => commit === base.commit);
  const others = meetings.flatMap((meeting, at) => {
    const isElsewhere = meeting.commit !== base.commit && meeting.legacy !== atBase.legacy.get(meeting.path)?.blob;
    return isElsewhere ? [{ meeting, standsAtBase: at < begin ? standing(atBase, meeting.path) : undefined }] : [];
  });
  const standings = others.flatMap(({ meeting, standsAtBase }) => [meeting, ...(standsAtBase ? [standsAtBase] : [])]);
  const blobs = await readBlobs(
    git,
    standings.flatMap(({ legacy, canonical }) => [legacy, canonical]),
    token,
  );
  const namespaces = [new Names(pair)];
  const isSame = (one: Standing): boolean => saysTheSame(one, blobs, namespaces);
  const met = others.filter(({ meeting, standsAtBase }) => isSame(meeting) && !(standsAtBase && isSame(standsAtBase)));
  return new Map(met.map(({ meeting }) => [meeting.path, fileOf(meeting, atBase.legacy.get(meeting.path))]));
}

function fileOf({ legacy }: Meeting, atBase: BaseFile | undefined): BaseFile {
  if (atBase === undefined) return { blob: legacy, executable: false, cameLater: true };
  return { blob: legacy, executable: atBase.executable };
}

function standing({ legacy, canonical }: AtBase, path: string): Standing | undefined {
  const [left, right] = [legacy.get(path), canonical.get(path)];
  return left && right && { path, legacy: left.blob, canonical: right.blob };
}

function saysTheSame(one: Standing, blobs: ReadonlyMap<string, Uint8Array>, namespaces: readonly Names[]): boolean {
  const [legacy, canonical] = [blobs.get(one.legacy), blobs.get(one.canonical)];
  if (legacy === undefined || canonical === undefined) return false;
  return compareCopies({ path: one.path, legacy, canonical }, namespaces).status !== 'diverged';
}
