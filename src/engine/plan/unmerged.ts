import type { ComparedFile, PairInventory } from '../compare/model.ts';
import type { MergedFile } from '../history/merge/model.ts';
import type { MeasuredPair } from '../measuredPair.ts';
import type { CancellationToken } from '../ports.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { pathInTree } from '../tree/pair.ts';
import type { Blocker } from './model.ts';

/** Why a file that nobody can read keeps its tree. */
export const unreadReason = 'It cannot be read, so nobody knows what would be deleted.';

/**
 * The legacy files that hold what the canonical tree lacks: the merge would still change the canonical copy, is in
 * conflict, or (without a base, or without the right to read either copy) nobody can tell. Each is a reason not to delete
 * the legacy tree.
 */
export async function unmergedFiles(
  pair: MeasuredPair,
  files: WorkspaceFiles,
  token?: CancellationToken,
): Promise<Blocker[]> {
  const inventory = await pair.inventory(token);
  if (inventory.unified !== undefined) return [];
  const open = openFiles(inventory, (await pair.merged(token))?.files);
  const { legacy, canonical } = pair.names.pair;
  const inTrees = files
    .unread()
    .filter(({ path }) => (pathInTree(legacy, path) ?? pathInTree(canonical, path)) !== undefined);
  const unread = new Set(inTrees.map(({ path }) => path));
  return [
    ...open.filter(({ path }) => !unread.has(path)),
    ...[...unread].map((path) => ({ path, reason: unreadReason })),
  ];
}

function openFiles({ legacy, canonical, files }: PairInventory, merged: readonly MergedFile[] | undefined): Blocker[] {
  const compared = new Map(files.map((file) => [file.path, file]));
  if (merged === undefined) {
    const open = files.filter(({ status }) => status === 'diverged' || status === 'legacyOnly');
    return open.map(({ path }) => ({
      path: `${legacy.root}/${path}`,
      reason: 'It differs from canonical, and without a merge base nothing tells whose change that is.',
    }));
  }
  return merged.flatMap((file) => {
    const reason = openReason(file, compared.get(file.path));
    const root = compared.get(file.path)?.status === 'canonicalOnly' ? canonical.root : legacy.root;
    return reason === undefined ? [] : [{ path: `${root}/${file.path}`, reason }];
  });
}

function openReason({ result }: MergedFile, compared: ComparedFile | undefined): string | undefined {
  switch (result) {
    case 'conflict':
      return 'Both sides changed it in the same place: the conflict is not resolved.';
    case 'takesLegacy':
      return compared?.status === 'legacyOnly'
        ? 'Only the legacy tree has it.'
        : 'It has changes that the canonical copy lacks.';
    case 'merged':
      return 'Both sides changed it, and the changes are not merged yet.';
    case 'deleted':
      // What canonical deleted is settled; what legacy deleted or renamed is still in canonical.
      return compared?.status === 'canonicalOnly' ? 'Legacy deleted or renamed it; canonical still has it.' : undefined;
    case 'takesCanonical':
      return undefined;
  }
}
