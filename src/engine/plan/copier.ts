import { compareCopies } from '../compare/files.ts';
import type { TreesMerge, Version } from '../history/merge/model.ts';
import { inOneNamespace, textOf } from '../history/merge/sides.ts';
import type { MeasuredPair } from '../measuredPair.ts';
import { rewriteSurely } from '../references/rewrite.ts';
import { hasConflictMarkers } from '../text/conflictMarkers.ts';
import { sameBytes } from '../text/decode.ts';
import { Names } from '../tree/names.ts';
import type { Blocker } from './model.ts';
import type { PlanWorld } from './world.ts';

/** Writes either copy of a file in the words of the other tree. */
export class Copier {
  readonly #world: PlanWorld;
  readonly #pair: MeasuredPair;
  /** The pair the other way round: its "legacy" names are the canonical ones. */
  readonly #back: Names;

  constructor(world: PlanWorld, pair: MeasuredPair) {
    this.#world = world;
    this.#pair = pair;
    const { legacy, canonical } = pair.names.pair;
    this.#back = new Names({ legacy: canonical, canonical: legacy });
  }

  /** Workspace paths of the two copies. */
  places(path: string): { readonly legacy: string; readonly canonical: string } {
    const { legacy, canonical } = this.#pair.names.pair;
    return { legacy: `${legacy.root}/${path}`, canonical: `${canonical.root}/${path}` };
  }

  async unreadable(path: string): Promise<Blocker | undefined> {
    for (const place of Object.values(this.places(path))) {
      if (!this.#world.files.has(place) || (await this.#world.files.bytes(place)) !== undefined) continue;
      const problem = this.#world.files.problems().find((one) => one.path === place);
      return { path: place, reason: problem?.message ?? `Cannot read ${place}.` };
    }
    return undefined;
  }

  /** Whether this copy is a conflict that somebody has yet to resolve. */
  async hasMarkers(place: string): Promise<boolean> {
    const text = textOf(await this.#read(place));
    return text !== undefined && hasConflictMarkers(text);
  }

  canonical(path: string): Promise<Version | undefined> {
    return this.#read(this.places(path).canonical);
  }

  /** The legacy copy in the canonical namespace, as the merge has it. */
  async legacyAsCanonical(path: string, merge: TreesMerge | undefined): Promise<Version | undefined> {
    // The merge holds what differs; a file that says the same is written here.
    const known = merge?.sides.legacy.get(path);
    if (known !== undefined) return known;
    const copies = {
      base: undefined,
      canonical: await this.canonical(path),
      legacy: await this.#read(this.places(path).legacy),
    };
    const rewrite = (file: string, text: string): Promise<string> =>
      rewriteSurely(file, text, this.#pair.names, this.#world.config);
    return (await inOneNamespace(path, copies, rewrite, this.#world.namespaces)).legacy;
  }

  /** A canonical version in the legacy namespace; in the canonical words where it cannot be said in legacy's. */
  async asLegacy(path: string, version: Version | undefined): Promise<Version | undefined> {
    const text = textOf(version);
    if (version === undefined || text === undefined) return version;
    const legacy = await this.#read(this.places(path).legacy);
    if (legacy !== undefined && this.#saySame(path, legacy, version)) return legacy;
    const rewritten = await rewriteSurely(path, text, this.#back, this.#world.config);
    const copy = { ...version, bytes: new TextEncoder().encode(rewritten) };
    return this.#saySame(path, copy, version) ? copy : version;
  }

  async isAsItIs(place: string, version: Version | undefined): Promise<boolean> {
    const now = await this.#read(place);
    if (now === undefined || version === undefined) return now === version;
    return now.executable === version.executable && sameBytes(now.bytes, version.bytes);
  }

  #saySame(path: string, legacy: Version, canonical: Version): boolean {
    const copies = { path, legacy: legacy.bytes, canonical: canonical.bytes };
    return compareCopies(copies, this.#world.namespaces).status !== 'diverged';
  }

  async #read(place: string): Promise<Version | undefined> {
    const { files } = this.#world;
    const bytes = files.has(place) ? await files.bytes(place) : undefined;
    return bytes && { bytes, executable: (await files.isExecutable(place)) ?? false };
  }
}
