import type { TreePair } from '../../engine/index.ts';

/** A file's place in both trees. */
export interface Twins {
  /** Workspace paths. */
  readonly legacy: string;
  readonly canonical: string;
  readonly side: 'legacy' | 'canonical';
  /** Relative to either root. */
  readonly path: string;
}

/** `undefined` for a path outside both trees of every pair. */
export function twinsOf(pairs: readonly TreePair[], path: string): Twins | undefined {
  for (const { legacy, canonical } of pairs) {
    for (const [side, { root }] of [
      ['legacy', legacy],
      ['canonical', canonical],
    ] as const) {
      if (!path.startsWith(`${root}/`)) continue;
      const inside = path.slice(root.length + 1);
      return { legacy: `${legacy.root}/${inside}`, canonical: `${canonical.root}/${inside}`, side, path: inside };
    }
  }
  return undefined;
}
