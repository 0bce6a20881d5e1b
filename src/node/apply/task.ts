import type { Stats } from 'node:fs';

/** What a file is to become, and how to know the state that this starts from. */
export interface Wanted {
  readonly path: string;
  /** Whether these bytes are those that the plan was made from; absent when there must be no file. */
  readonly isBefore: ((bytes: Uint8Array) => boolean) | undefined;
  /** `undefined`: the file goes. */
  readonly after: Uint8Array | undefined;
  /** As it is when absent. */
  readonly executable?: boolean | undefined;
}

/** A file that is as the plan knows it, and not yet as it is to become. */
export interface Task extends Omit<Wanted, 'isBefore'> {
  readonly absolute: string;
  /** What is on the disk; both `undefined` when there is no file. */
  readonly before: Uint8Array | undefined;
  readonly found: Stats | undefined;
}

/** Whether its bytes change, and not only its executable bit. */
export function changesBytes({ before, after }: Task): boolean {
  return after !== undefined && (before === undefined || !sameBytes(before, after));
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The permission bits that a file of this mode gets. */
export function modeAfter(mode: number, executable: boolean | undefined): number {
  const bits = mode & 0o7777;
  if (executable === undefined) return bits;
  // Who may read it may run it.
  return executable ? bits | ((bits & 0o444) >> 2) : bits & ~0o111;
}
