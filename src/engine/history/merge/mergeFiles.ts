import { EngineError } from '../../errors.ts';
import type { CancellationToken, ScratchGit } from '../../ports.ts';
import { readBlobs, splitZ } from '../objects.ts';
import { sameBytes } from '../../text/decode.ts';
import type { TreeMerge } from './mergeTree.ts';
import type { Version } from './model.ts';

/** Git's exit code counts conflicts up to here; beyond, it failed. */
const mostConflicts = 127;

/** One side's version, and the blob that holds it. */
interface Stored extends Version {
  readonly blob: string;
}

/**
 * The same merge file by file, with `git merge-file`, for a git older than 2.38: renames are not seen, so a renamed file
 * that the other side changed is a conflict.
 * @throws EngineError `git` when git fails.
 */
export async function mergeFiles(git: ScratchGit, token?: CancellationToken): Promise<TreeMerge> {
  const [base, canonical, legacy] = [
    await readSide(git, 'base', token),
    await readSide(git, 'canonical', token),
    await readSide(git, 'legacy', token),
  ];
  const changed = new Map<string, Version | undefined>();
  const conflicts = new Map<string, string>();
  for (const path of new Set([...base.keys(), ...legacy.keys()])) {
    const merged = await mergeOne(git, [base.get(path), canonical.get(path), legacy.get(path)], token);
    if (merged.conflict !== undefined) conflicts.set(path, merged.conflict);
    if (!sameVersion(merged.version, canonical.get(path))) changed.set(path, merged.version);
  }
  return { changed, conflicts };
}

interface Merged {
  readonly version: Version | undefined;
  readonly conflict?: string;
}

async function mergeOne(
  git: ScratchGit,
  [base, canonical, legacy]: readonly [Stored | undefined, Stored | undefined, Stored | undefined],
  token: CancellationToken | undefined,
): Promise<Merged> {
  if (sameVersion(base, legacy) || sameVersion(canonical, legacy)) return { version: canonical };
  if (sameVersion(base, canonical)) return { version: legacy };
  if (canonical === undefined) return { version: legacy, conflict: 'Canonical deleted it, legacy changed it.' };
  if (legacy === undefined) return { version: canonical, conflict: 'Legacy deleted it, canonical changed it.' };
  const executable = (base?.executable === canonical.executable ? legacy : canonical).executable;
  const [ours, ancestor, theirs] = [
    await unpack(git, canonical.blob, token),
    await unpack(git, base?.blob ?? (await emptyBlob(git, token)), token),
    await unpack(git, legacy.blob, token),
  ];
  const labels = ['canonical', 'base', 'legacy'].flatMap((label) => ['-L', label]);
  const { code, stdout, stderr } = await git.run(
    ['merge-file', '-p', '-q', '--diff3', ...labels, ours, ancestor, theirs],
    { token },
  );
  // Binary files: git answers an error and nothing else.
  if (code > mostConflicts && /binary/iu.test(stderr))
    return { version: canonical, conflict: 'A binary file that both sides changed.' };
  if (code > mostConflicts) throw new EngineError('git', `Git cannot merge a file: ${stderr.trim()}.`);
  const conflict = base === undefined ? 'Both sides added it.' : 'Both sides changed the same place.';
  return { version: { bytes: stdout, executable }, ...(code === 0 ? {} : { conflict }) };
}

function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.executable === b.executable && sameBytes(a.bytes, b.bytes);
}

async function readSide(
  git: ScratchGit,
  side: string,
  token: CancellationToken | undefined,
): Promise<Map<string, Stored>> {
  const { stdout } = await git.run(['ls-tree', '-r', '-z', '--full-tree', side], { token });
  const entries = splitZ(stdout).flatMap((entry) => {
    const [, mode, blob = '', path = ''] = /^100(\d{3}) blob ([0-9a-f]+)\t([^]+)$/u.exec(entry) ?? [];
    return mode === undefined ? [] : [{ path, blob, executable: mode === '755' }];
  });
  const blobs = await readBlobs(
    git,
    entries.map(({ blob }) => blob),
    token,
  );
  return new Map(
    entries.map(({ path, blob, executable }) => [
      path,
      { blob, executable, bytes: blobs.get(blob) ?? new Uint8Array() },
    ]),
  );
}

/** Writes a blob to a file of the scratch folder; answers its name. */
async function unpack(git: ScratchGit, blob: string, token: CancellationToken | undefined): Promise<string> {
  const { code, stdout, stderr } = await git.run(['unpack-file', blob], { token });
  if (code !== 0) throw new EngineError('git', `Git cannot read a file to merge: ${stderr.trim()}.`);
  return new TextDecoder().decode(stdout).trim();
}

async function emptyBlob(git: ScratchGit, token: CancellationToken | undefined): Promise<string> {
  const { stdout } = await git.run(['hash-object', '-w', '--stdin'], { input: new Uint8Array(), token });
  return new TextDecoder().decode(stdout).trim();
}
