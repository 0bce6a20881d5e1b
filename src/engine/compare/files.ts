import type { DecodedText } from '../text/decode.ts';
import { decode, sameBytes } from '../text/decode.ts';
import type { Names } from '../tree/names.ts';
import { isPython } from '../python/syntax.ts';
import { findHunks } from './hunks.ts';
import { comparisonLines, setAside } from './lines.ts';
import type { Ahead, ComparedFile, Hunk } from './model.ts';

/** Both copies of one file, as bytes. */
export interface Copies {
  readonly path: string;
  readonly legacy: Uint8Array;
  readonly canonical: Uint8Array;
}

/** Identical, equivalent, or diverged with its hunks; who is ahead is history's to say. */
export function compareCopies({ path, legacy, canonical }: Copies, namespaces: readonly Names[]): ComparedFile {
  if (sameBytes(legacy, canonical)) return { path, status: 'identical' };
  const [left, right] = [decode(legacy), decode(canonical)];
  if (left.kind === 'binary' || right.kind === 'binary') return { path, status: 'diverged', hunks: [] };
  const hunks = compareTexts(path, left, right, namespaces);
  return hunks.length === 0 ? { path, status: 'equivalent' } : { path, status: 'diverged', hunks };
}

function compareTexts(path: string, legacy: DecodedText, canonical: DecodedText, namespaces: readonly Names[]): Hunk[] {
  const [left, right] = [setAside(legacy.text, namespaces), setAside(canonical.text, namespaces)];
  if (left === right) return [];
  const python = isPython(path);
  return findHunks(comparisonLines(left, python), comparisonLines(right, python));
}

/** Whether two versions of a file say the same once the namespace is set aside; `undefined` is a file that is not there. */
function sameMeaning(
  path: string,
  a: Uint8Array | undefined,
  b: Uint8Array | undefined,
  namespaces: readonly Names[],
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return compareCopies({ path, legacy: a, canonical: b }, namespaces).status !== 'diverged';
}

/** Which side changed since the base: each side is compared with the base's version. */
export function aheadOf(
  path: string,
  versions: {
    readonly base: Uint8Array | undefined;
    readonly legacy: Uint8Array | undefined;
    readonly canonical: Uint8Array | undefined;
  },
  namespaces: readonly Names[],
): Exclude<Ahead, 'unknown'> {
  const legacyChanged = !sameMeaning(path, versions.base, versions.legacy, namespaces);
  const canonicalChanged = !sameMeaning(path, versions.base, versions.canonical, namespaces);
  if (legacyChanged && canonicalChanged) return 'both';
  return legacyChanged ? 'legacy' : 'canonical';
}
