import type { FileRules } from '../references/standing.ts';
import { LineMap } from '../text/lines.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import type { ImportFinding } from './model.ts';

/** Those of the imports that are in live code: not in a legacy tree, which goes, nor in records of the past, nor marked as meant. */
export async function liveImports(
  findings: readonly ImportFinding[],
  {
    files,
    rules,
    pairs,
  }: { readonly files: WorkspaceFiles; readonly rules: FileRules; readonly pairs: readonly TreePair[] },
): Promise<ImportFinding[]> {
  const lists = await mapBounded(findings, async (finding) => {
    const { path, line } = finding;
    if (pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined)) return [];
    const text = (await files.text(path))?.text ?? '';
    return rules.standing(path, text, new LineMap(text).startOf(line)) === 'live' ? [finding] : [];
  });
  return lists.flat();
}
