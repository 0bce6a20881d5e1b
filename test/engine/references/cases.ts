import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Config } from '../../../src/engine/index.ts';
import { referencesOf, rewritten } from '../../helpers/engine.ts';

/** One rewrite: the text before, the text after, and each reference as `kind` or `kind?` when it needs review. */
export interface Case {
  readonly name: string;
  readonly before: string;
  /** The text after every preferred rewrite; the same text where nothing may change. */
  readonly after: string;
  readonly kinds: string;
  readonly path?: string;
  readonly config?: Partial<Config>;
}

export function table(title: string, defaultPath: string, cases: readonly Case[]): void {
  describe(title, () => {
    for (const { name, before, after, kinds, path = defaultPath, config = {} } of cases) {
      it(name, async () => {
        const references = await referencesOf(path, before, config);
        const found = references.map((one) => (one.standing === 'ownName' ? 'own' : one.kind) + mark(one));
        assert.deepEqual([await rewritten(path, before, config), found.join(' ')], [after, kinds]);
      });
    }
  });
}

function mark(one: { readonly needsReview: boolean; readonly standing: string }): string {
  return one.needsReview && one.standing !== 'ownName' ? '?' : '';
}
