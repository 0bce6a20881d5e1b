import type { CancellationToken } from '../../ports.ts';
import type { WorkspaceFiles } from '../../tree/files.ts';
import { mapBounded } from '../../tree/files.ts';
import type { TreePair } from '../../tree/pair.ts';
import type { BaseFile } from '../objects.ts';
import type { Sides, Version } from './model.ts';

/** Stands for a file whose contents the merge need not know: it takes part by its path alone. */
const unchanged = new Uint8Array();

/** The three versions of one path, as they are on disk and in history. */
interface Copies {
  readonly path: string;
  readonly base?: Version | undefined;
  readonly canonical?: Version | undefined;
  readonly legacy?: Version | undefined;
}

/** What takes part in the merge of one tree pair. */
export interface Participants {
  /** Files that differ: contents as they are. */
  readonly drifted: Sides;
  /** Files that are what they should be, in the canonical namespace already. */
  readonly settled: Sides;
  /** What cannot be read may hold anything: it is neither changed nor deleted, and takes no part but by its path. */
  readonly unread: ReadonlySet<string>;
}

/** How the participants are read. */
export interface Reading {
  readonly pair: TreePair;
  readonly files: WorkspaceFiles;
  readonly base: ReadonlyMap<string, BaseFile>;
  /** Paths that say the same in both trees. */
  readonly same: ReadonlySet<string>;
  /** The contents of files of the base. */
  readonly readBase: (files: ReadonlyMap<string, BaseFile>) => Promise<ReadonlyMap<string, Version>>;
}

/** Reads the versions of these paths: no more of them than the merge needs. */
export async function readParticipants(
  paths: readonly string[],
  reading: Reading,
  token?: CancellationToken,
): Promise<Participants> {
  const unread = new Set<string>();
  const read = await mapBounded(paths, async (path) => await readOne(path, reading, unread), token);
  const drifted = read.filter((one) => one.kind === 'drifted');
  const wanted = drifted.flatMap(({ path }) => {
    const file = reading.base.get(path);
    return file === undefined ? [] : [[path, file] as const];
  });
  const contents = await reading.readBase(new Map(wanted));
  return {
    drifted: asSides(drifted.map((one) => ({ ...one, base: contents.get(one.path) }))),
    settled: asSides(read.filter((one) => one.kind === 'settled')),
    unread,
  };
}

async function readOne(
  path: string,
  { pair, files, base, same }: Reading,
  unread: Set<string>,
): Promise<Copies & { readonly kind: 'drifted' | 'settled' }> {
  const inBase = base.get(path);
  const places = { legacy: `${pair.legacy.root}/${path}`, canonical: `${pair.canonical.root}/${path}` };
  const stand = async (place: string): Promise<Version | undefined> =>
    files.has(place)
      ? { bytes: unchanged, executable: (await files.isExecutable(place)) ?? inBase?.executable ?? false }
      : undefined;
  const fill = async (version: Version | undefined, place: string): Promise<Version | undefined> => {
    const bytes = version && (await files.bytes(place));
    if (version !== undefined && bytes === undefined) unread.add(path);
    return version && { ...version, bytes: bytes ?? unchanged };
  };
  const stands = {
    path,
    // What says the same needs no base of its own, and it may be what another file was renamed to.
    base:
      inBase && !(same.has(path) && inBase.cameLater) ? { bytes: unchanged, executable: inBase.executable } : undefined,
    canonical: await stand(places.canonical),
    legacy: await stand(places.legacy),
  };
  const isSame = same.has(path) && stands.legacy?.executable === stands.canonical?.executable;
  if (isSame && stands.base !== undefined) return { kind: 'settled', ...stands };
  const canonical = await fill(stands.canonical, places.canonical);
  if (isSame) return { kind: 'settled', path, canonical, legacy: canonical };
  const legacy = await fill(stands.legacy, places.legacy);
  return unread.has(path) ? { kind: 'settled', ...stands } : { kind: 'drifted', path, canonical, legacy };
}

function asSides(copies: readonly Copies[]): Sides {
  const side = (name: keyof Sides): Map<string, Version> =>
    new Map(copies.flatMap(({ path, [name]: version }) => (version === undefined ? [] : [[path, version] as const])));
  return { base: side('base'), canonical: side('canonical'), legacy: side('legacy') };
}
