import { groupBy } from '../groupBy.ts';
import type { FindingKind, Level } from './rules.ts';

/** A place in a file: lines and columns from 1, columns in UTF-16 units, the end not included. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Absent: to the end of the line. */
  readonly endColumn?: number;
}

/** One thing that keeps the gate shut. */
export interface Finding {
  /** An id of `rules`. */
  readonly rule: string;
  /** Workspace path. */
  readonly path: string;
  /** Absent where the file as a whole is meant. */
  readonly region?: Region;
  readonly kind: FindingKind;
  readonly category: string;
  /** What is there, without its place: `pixsim7_backend/main.py`. With path and kind, the key of a baseline. */
  readonly text: string;
  /** How much of it: 1, or for two copies the number of lines in which they differ. More than was known is new. */
  readonly size: number;
  /** A sentence for people. */
  readonly message: string;
  readonly level: Level;
  /** Further workspace paths that it is about. */
  readonly related?: readonly string[];
}

/** What a baseline knows a finding by: the same wherever in the file it stands. */
export interface FindingKey {
  readonly path: string;
  readonly kind: FindingKind;
  readonly text: string;
}

/** A key with how much of it there is. */
export interface KnownFinding extends FindingKey {
  readonly count: number;
}

/** The key as one string, for maps. */
export function keyText({ path, kind, text }: FindingKey): string {
  return JSON.stringify([path, kind, text]);
}

/** How much of each key there is, sorted by path, kind and text. */
export function tally(findings: readonly Finding[]): KnownFinding[] {
  const groups = [...groupBy(findings, keyText).values()];
  return sorted(groups.flatMap((group) => counted(group)));
}

/** Sorted by UTF-16 units, the same on every machine. */
export function sorted(known: readonly KnownFinding[]): KnownFinding[] {
  return [...known].sort(
    (a, b) => compare(a.path, b.path) || compare(a.kind, b.kind) || compare(a.text, b.text) || a.count - b.count,
  );
}

function counted(group: readonly Finding[]): KnownFinding[] {
  const [first] = group;
  if (first === undefined) return [];
  const { path, kind, text } = first;
  return [{ path, kind, text, count: group.reduce((sum, { size }) => sum + size, 0) }];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
