import { EngineError } from '../../errors.ts';
import type { CancellationToken, Git } from '../../ports.ts';
import { sameBytes } from '../../text/decode.ts';
import { compareText } from '../../tree/files.ts';
import { asCommits } from './fastImport.ts';
import { mergeFiles } from './mergeFiles.ts';
import { mergeTrees, type TreeMerge } from './mergeTree.ts';
import type { MergedFile, MergeResult, Sides, Version } from './model.ts';

/** What is read once and thrown away is not worth compressing. */
const quickly = ['core.compression=0', 'pack.compression=0', 'fastimport.unpackLimit=1'].flatMap((one) => ['-c', one]);

/**
 * Merges the two trees on the canonical namespace by git's own rules, renames included, in a repository of its own.
 * @returns every path on which the trees are not the same or the merge changes something, sorted.
 * @throws EngineError `git` when git fails.
 */
export async function mergeSides(git: Git, sides: Sides, token?: CancellationToken): Promise<MergedFile[]> {
  const scratch = await git.scratch();
  try {
    const { code, stderr } = await scratch.run(
      [...quickly, 'fast-import', '--quiet', '--depth=0', '--date-format=raw'],
      {
        input: asCommits(sides),
        token,
      },
    );
    if (code !== 0) throw new EngineError('git', `Git cannot take the trees to merge: ${stderr.trim()}.`);
    const merge = (await mergeTrees(scratch, token)) ?? (await mergeFiles(scratch, token));
    return readResults(sides, merge);
  } finally {
    await scratch.dispose();
  }
}

function readResults({ canonical, legacy }: Sides, { changed, conflicts }: TreeMerge): MergedFile[] {
  const paths = new Set([...canonical.keys(), ...legacy.keys(), ...changed.keys(), ...conflicts.keys()]);
  const files: MergedFile[] = [];
  for (const path of paths) {
    const [ours, theirs] = [canonical.get(path), legacy.get(path)];
    const version = changed.has(path) ? changed.get(path) : ours;
    const conflict = conflicts.get(path);
    if (conflict === undefined && isSame(version, ours) && isSame(version, theirs)) continue;
    const result = conflict === undefined ? resultOf(version, ours, theirs) : 'conflict';
    files.push({ path, result, ...(version && { version }), ...(conflict === undefined ? {} : { conflict }) });
  }
  return files.sort((a, b) => compareText(a.path, b.path));
}

function resultOf(
  version: Version | undefined,
  canonical: Version | undefined,
  legacy: Version | undefined,
): MergeResult {
  if (version === undefined) return 'deleted';
  if (isSame(version, canonical)) return 'takesCanonical';
  return isSame(version, legacy) ? 'takesLegacy' : 'merged';
}

function isSame(a: Version | undefined, b: Version | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.executable === b.executable && sameBytes(a.bytes, b.bytes);
}
