import type { Base } from '../compare/model.ts';
import { EngineError } from '../errors.ts';
import type { CancellationToken, Git } from '../ports.ts';

const utf8 = new TextDecoder('utf-8');

/** What git printed with `-z`; the last piece is what follows the last NUL. */
export function splitPieces(bytes: Uint8Array): string[] {
  return utf8.decode(bytes).split('\0');
}

/** What git printed with `-z`, without empty pieces. */
export function splitZ(bytes: Uint8Array): string[] {
  return splitPieces(bytes).filter((piece) => piece !== '');
}

/** Names a path at a commit for git, relative to the workspace root, which may be a folder of the repository. */
export function objectName(commit: string, path: string): string {
  return `${commit}:./${path}`;
}

/** A regular file at a commit. */
export interface BaseFile {
  readonly blob: string;
  readonly executable: boolean;
  /** It came to the trees after the commit of the base. */
  readonly cameLater?: boolean;
}

/**
 * The regular files of the base, by path inside the legacy tree.
 * @throws EngineError `git` when the commit or the folder in it cannot be read.
 */
export async function readBaseTree(git: Git, base: Base, token?: CancellationToken): Promise<Map<string, BaseFile>> {
  const tree = objectName(base.commit, base.legacyRoot);
  const { code, stdout, stderr } = await git.run(['ls-tree', '-r', '-z', '--full-tree', tree], { token });
  if (code !== 0)
    throw new EngineError('git', `Cannot read ${base.legacyRoot} at commit ${base.commit}: ${stderr.trim()}.`);
  const files = new Map<string, BaseFile>();
  for (const entry of splitZ(stdout)) {
    const [, mode, blob, path] = /^100(\d{3}) blob ([0-9a-f]+)\t([^]+)$/u.exec(entry) ?? [];
    if (blob !== undefined && path !== undefined) files.set(path, { blob, executable: mode === '755' });
  }
  return files;
}

/**
 * Contents by blob id, with one git process for all of them. Ids that the repository does not hold (a partial clone,
 * a damaged one) are left out.
 * @throws EngineError `git` when git fails.
 */
export async function readBlobs(
  git: Pick<Git, 'run'>,
  ids: Iterable<string>,
  token?: CancellationToken,
): Promise<Map<string, Uint8Array>> {
  const wanted = [...new Set(ids)];
  const blobs = new Map<string, Uint8Array>();
  if (wanted.length === 0) return blobs;
  const output = await catFile(git, '--batch', wanted, token);
  let at = 0;
  for (const id of wanted) {
    const lineEnd = output.indexOf(0x0a, at);
    const size = /^\S+ blob (\d+)$/u.exec(utf8.decode(output.subarray(at, lineEnd)))?.[1];
    at = lineEnd + 1;
    if (size === undefined) continue;
    blobs.set(id, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return blobs;
}

/**
 * The ids of the blobs that these names stand for (see {@link objectName}); `undefined` where there is no such file.
 * @throws EngineError `git` when git fails.
 */
export async function resolveBlobs(
  git: Git,
  names: readonly string[],
  token?: CancellationToken,
): Promise<(string | undefined)[]> {
  if (names.length === 0) return [];
  // Git takes one name a line; a path with a line break in it cannot be asked for.
  const asked = names.map((name) => (name.includes('\n') ? 'unaskable' : name));
  const output = await catFile(git, '--batch-check=%(objecttype) %(objectname)', asked, token);
  const lines = utf8.decode(output).split('\n');
  return names.map((_, i) => /^blob ([0-9a-f]+)$/u.exec(lines[i] ?? '')?.[1]);
}

async function catFile(
  git: Pick<Git, 'run'>,
  mode: string,
  names: readonly string[],
  token: CancellationToken | undefined,
): Promise<Uint8Array> {
  const input = new TextEncoder().encode(names.map((name) => `${name}\n`).join(''));
  const { code, stdout, stderr } = await git.run(['cat-file', mode, '--buffer'], { input, token });
  if (code !== 0) throw new EngineError('git', `Cannot read from the git history: ${stderr.trim()}.`);
  return stdout;
}
