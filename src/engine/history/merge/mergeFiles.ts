import { EngineError } from '../../errors.ts';
import type { CancellationToken, GitResult, ScratchGit } from '../../ports.ts';
import { sameBytes } from '../../text/decode.ts';
import { readBlobs, splitZ } from '../objects.ts';
import type { TreeMerge } from './mergeTree.ts';
import { USAGE } from './mergeTree.ts';
import type { Version } from './model.ts';

/** Git's exit code counts conflicts up to here; beyond, it failed. */
const mostConflicts = 127;

/** One side's version, and the blob that holds it. */
interface Stored extends Version {
  readonly blob: string;
}

type Side = ReadonlyMap<string, Stored>;

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
  keepBothInPlace(canonical, changed, conflicts);
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
  const { executable, conflict: modes } = mergeModes(base, canonical, legacy);
  const { bytes, conflict = modes } = await mergeContents(git, [base, canonical, legacy], token);
  return { version: { bytes, executable }, ...(conflict === undefined ? {} : { conflict }) };
}

/** Where only one side changed it, its change; added on both sides with different modes there is no telling. */
function mergeModes(
  base: Stored | undefined,
  canonical: Stored,
  legacy: Stored,
): { readonly executable: boolean; readonly conflict?: string } {
  if (base !== undefined || canonical.executable === legacy.executable)
    return { executable: base?.executable === canonical.executable ? legacy.executable : canonical.executable };
  return { executable: canonical.executable, conflict: 'Both sides added it, one as a program.' };
}

async function mergeContents(
  git: ScratchGit,
  [base, canonical, legacy]: readonly [Stored | undefined, Stored, Stored],
  token: CancellationToken | undefined,
): Promise<{ readonly bytes: Uint8Array; readonly conflict?: string }> {
  if (base?.blob === legacy.blob || canonical.blob === legacy.blob) return canonical;
  if (base?.blob === canonical.blob) return legacy;
  if ([base, canonical, legacy].some((one) => one !== undefined && isBinary(one.bytes)))
    return { bytes: canonical.bytes, conflict: 'A binary file that both sides changed.' };
  const files = [
    await unpack(git, canonical.blob, token),
    await unpack(git, base?.blob ?? (await emptyBlob(git, token)), token),
    await unpack(git, legacy.blob, token),
  ];
  let merged = await mergeFile(git, '--zdiff3', files, token);
  // Git before 2.35 knows diff3 alone.
  if (merged.code === USAGE) merged = await mergeFile(git, '--diff3', files, token);
  const { code, stdout, stderr } = merged;
  if (code > mostConflicts) throw new EngineError('git', `Git cannot merge a file: ${stderr.trim()}.`);
  const conflict = base === undefined ? 'Both sides added it.' : 'Both sides changed the same place.';
  return { bytes: stdout, ...(code === 0 ? {} : { conflict }) };
}

/** As git has it, also for UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

function mergeFile(
  git: ScratchGit,
  style: string,
  files: readonly string[],
  token: CancellationToken | undefined,
): Promise<GitResult> {
  const labels = ['canonical', 'base', 'legacy'].flatMap((label) => ['-L', label]);
  return git.run(['merge-file', '-p', '-q', style, ...labels, ...files], { token });
}

/** Where one side has a file and the other a folder of the same path, the file goes beside it, as git has it. */
function keepBothInPlace(
  canonical: Side,
  changed: Map<string, Version | undefined>,
  conflicts: Map<string, string>,
): void {
  const result = new Map<string, Version | undefined>([...canonical, ...changed]);
  for (const [path, version] of result) if (version === undefined) result.delete(path);
  const folders = new Set([...result.keys()].flatMap(foldersOf));
  for (const [path, version] of result) {
    if (!folders.has(path)) continue;
    const side = changed.has(path) ? 'legacy' : 'canonical';
    changed.set(path, undefined);
    changed.set(`${path}~${side}`, version);
    conflicts.delete(path);
    conflicts.set(`${path}~${side}`, `There is a folder at ${path} on the other side.`);
  }
}

/** `a/b/c.py` → `a`, `a/b`. */
function foldersOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, at) => segments.slice(0, at + 1).join('/'));
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
  const { code, stdout, stderr } = await git.run(['ls-tree', '-r', '-z', '--full-tree', side], { token });
  if (code !== 0) throw new EngineError('git', `Git cannot read what it is to merge: ${stderr.trim()}.`);
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
