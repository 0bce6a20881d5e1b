import type { Config } from '../config.ts';
import type { CancellationToken } from '../ports.ts';
import { decode } from '../text/decode.ts';
import { containsAscii } from '../text/search.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import { Names } from '../tree/names.ts';
import { pathInTree } from '../tree/pair.ts';
import { FileRules } from './standing.ts';

/** Files outside the legacy trees that use a canonical name, by category: the other half of the reference inventory. */
export async function findCanonicalUses(
  config: Config,
  files: WorkspaceFiles,
  token?: CancellationToken,
): Promise<Record<string, string[]>> {
  const rules = new FileRules(config);
  const pairs = config.pairs.map((pair) => ({
    names: new Names(pair),
    last: pair.canonical.package.split('.').at(-1) ?? '',
  }));
  const paths = (await files.list(token)).filter((path) =>
    config.pairs.every(({ legacy }) => pathInTree(legacy, path) === undefined),
  );
  const used = await mapBounded(
    paths,
    async (path) => {
      const bytes = await files.bytes(path);
      if (bytes === undefined || !pairs.some(({ last }) => containsAscii(bytes, last))) return false;
      const decoded = decode(bytes);
      return decoded.kind === 'text' && pairs.some(({ names }) => names.mentionsCanonical(decoded.text));
    },
    token,
  );
  const uses: Record<string, string[]> = {};
  for (const path of paths.filter((_, at) => used[at])) (uses[rules.category(path)] ??= []).push(path);
  return uses;
}
