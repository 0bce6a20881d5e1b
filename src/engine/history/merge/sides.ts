import { besideCanonical } from '../../compare/sideBySide.ts';
import type { CancellationToken } from '../../ports.ts';
import { sameBytes } from '../../text/decode.ts';
import { mapBounded } from '../../tree/files.ts';
import type { Names } from '../../tree/names.ts';
import type { Sides, Version, Versions } from './model.ts';
import { suggestRenames } from './renames.ts';
import { inStyleOf, textOf } from './text.ts';

/** Writes a legacy text in the canonical namespace: the one rewriter, with what it is sure of. */
export type Rewriter = (path: string, text: string) => Promise<string>;

export { textOf } from './text.ts';

/** The versions of one path, as they are on disk and in history. */
export interface Copies {
  readonly base: Version | undefined;
  readonly canonical: Version | undefined;
  readonly legacy: Version | undefined;
}

/** {@link sidesInOneNamespace} for one path. */
export async function inOneNamespace(
  path: string,
  copies: Copies,
  rewrite: Rewriter,
  namespaces: readonly Names[],
): Promise<Copies> {
  const side = (version: Version | undefined): Versions => new Map(version && [[path, version]]);
  const sides = { base: side(copies.base), canonical: side(copies.canonical), legacy: side(copies.legacy) };
  const { base, canonical, legacy } = await sidesInOneNamespace(sides, rewrite, namespaces);
  return { base: base.get(path), canonical: canonical.get(path), legacy: legacy.get(path) };
}

/**
 * Brings the three sides into one namespace, so that what still differs is what somebody changed. A line that says the
 * same as canonical's (or as the base's) is written in its words: spelling of the name, wrapping of an import, line
 * endings, byte order mark; also where a side renamed the file. Files that are not UTF-8 text stay as they are.
 * @param sides as they are on disk and in history
 */
export async function sidesInOneNamespace(
  sides: Sides,
  rewrite: Rewriter,
  namespaces: readonly Names[],
  token?: CancellationToken,
): Promise<Sides> {
  const cameFrom = suggestRenames(sides.base, sides.legacy, namespaces);
  const wentTo = inverse(suggestRenames(sides.base, sides.canonical, namespaces));
  const canonicalText = (path: string): string | undefined =>
    textOf(sides.canonical.get(path) ?? sides.canonical.get(wentTo.get(path) ?? path));
  const legacyAt = inverse(cameFrom);
  const spelling: Spelling = { rewrite, namespaces };

  const base = await mapVersions(sides.base, token, async (path, version) => {
    const canonical = canonicalText(path);
    const model = canonical ?? textOf(sides.legacy.get(path) ?? sides.legacy.get(legacyAt.get(path) ?? path));
    return await respell(path, version, { model, canonical }, spelling);
  });
  const legacy = await mapVersions(sides.legacy, token, async (path, version) => {
    const before = sides.base.get(path);
    // Not changed since: it has become what the base has become.
    if (before !== undefined && sameBytes(before.bytes, version.bytes))
      return { ...version, bytes: base.get(path)?.bytes ?? version.bytes };
    const origin = base.has(path) ? path : (cameFrom.get(path) ?? path);
    const canonical = canonicalText(origin);
    return await respell(path, version, { model: canonical, canonical, base: textOf(base.get(origin)) }, spelling);
  });
  return { base, canonical: sides.canonical, legacy };
}

interface Spelling {
  readonly rewrite: Rewriter;
  readonly namespaces: readonly Names[];
}

/** Texts whose words are taken over; `model` gives line endings and byte order mark. */
interface Neighbours {
  readonly model: string | undefined;
  readonly canonical: string | undefined;
  readonly base?: string | undefined;
}

async function respell(
  path: string,
  version: Version,
  { model, canonical, base }: Neighbours,
  { rewrite, namespaces }: Spelling,
): Promise<Version> {
  const text = textOf(version);
  if (text === undefined) return version;
  const beside = (own: string, rewritten: string, other: string | undefined): string =>
    other === undefined ? rewritten : besideCanonical(path, own, rewritten, other, namespaces);
  const own = inStyleOf(model ?? text, text);
  const written = beside(own, await rewrite(path, own), canonical);
  // What a rewrite makes of a line may hang on the lines around it: one that is the base's stays the base's.
  const settled = beside(written, written, base);
  return settled === text ? version : { ...version, bytes: new TextEncoder().encode(settled) };
}

async function mapVersions(
  versions: Versions,
  token: CancellationToken | undefined,
  change: (path: string, version: Version) => Promise<Version>,
): Promise<Map<string, Version>> {
  const changed = await mapBounded(
    [...versions],
    async ([path, version]) => [path, await change(path, version)] as const,
    token,
  );
  return new Map(changed);
}

function inverse(renames: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...renames].map(([from, to]) => [to, from]));
}
