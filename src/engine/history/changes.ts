import { EngineError } from '../errors.ts';
import type { CancellationToken, Git } from '../ports.ts';
import { splitZ } from './objects.ts';

/** Paths relative to the workspace root → blob id. */
export type BlobsByPath = ReadonlyMap<string, string>;

/** The regular files that one commit added. */
export interface Addition {
  readonly commit: string;
  readonly added: BlobsByPath;
}

/** The same output whatever the user's and the repository's settings are. */
const plainDiff = ['--raw', '-z', '--no-abbrev', '--no-renames', '--relative', '--root'];

/**
 * The commits reachable from `tip` that added files below the folders, parents before children. A merge is only among
 * them for files that none of its parents has. The folder `''` is the workspace root.
 * @throws EngineError `git` when git fails.
 */
export async function readAdditions(
  git: Git,
  tip: string,
  folders: readonly string[],
  token?: CancellationToken,
): Promise<Addition[]> {
  const walk = ['--topo-order', '--reverse', '-c', '--diff-filter=A', `--format=${commitMark}%H`];
  const paths = folders.map((folder) => folder || '.');
  const output = await run(git, ['--literal-pathspecs', 'log', ...walk, ...plainDiff, tip, '--', ...paths], token);
  return parseLog(output);
}

/** The regular files that a commit deleted, with the contents they had in (any of) its parents. */
export async function readDeletions(git: Git, commit: string, token?: CancellationToken): Promise<BlobsByPath> {
  const pieces = await run(
    git,
    ['diff-tree', '-r', '-m', '--no-commit-id', '--diff-filter=D', ...plainDiff, commit],
    token,
  );
  const deleted = new Map<string, string>();
  for (const { path, before } of rawEntries(pieces)) {
    if (before.isFile) deleted.set(path, before.blob);
  }
  return deleted;
}

async function run(git: Git, args: readonly string[], token: CancellationToken | undefined): Promise<string[]> {
  const { code, stdout, stderr } = await git.run(args, { token });
  if (code !== 0) throw new EngineError('git', `Cannot read the git history: ${stderr.trim()}.`);
  return splitZ(stdout);
}

const commitMark = '\u0001';

function parseLog(pieces: readonly string[]): Addition[] {
  const additions: { commit: string; pieces: string[] }[] = [];
  for (const piece of pieces) {
    if (piece.startsWith(commitMark)) additions.push({ commit: piece.slice(commitMark.length), pieces: [] });
    else additions.at(-1)?.pieces.push(piece);
  }
  return additions.map(({ commit, pieces }) => {
    const files = rawEntries(pieces).filter(({ after }) => after.isFile);
    return { commit, added: new Map(files.map(({ path, after }) => [path, after.blob])) };
  });
}

interface Side {
  readonly isFile: boolean;
  /** Its executable bit is set. */
  readonly isProgram: boolean;
  readonly blob: string;
}

interface RawEntry {
  readonly path: string;
  readonly before: Side;
  readonly after: Side;
}

/**
 * `:000000 100644 0000… 8ab1… A`, path, and so on (git diff-tree, "Raw output format"). A merge has one colon, one mode
 * and one id more for each further parent; of those the first stands for all here.
 */
export function rawEntries(pieces: readonly string[]): RawEntry[] {
  const entries: RawEntry[] = [];
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const [, colons = '', rest = ''] = /^\s*(:+)(.*)$/u.exec(pieces[i] ?? '') ?? [];
    const parents = colons.length;
    const fields = rest.split(' ');
    const side = (n: number): Side => ({
      isFile: fields[n]?.startsWith('100') ?? false,
      isProgram: fields[n] === '100755',
      blob: fields[parents + 1 + n] ?? '',
    });
    entries.push({ path: pieces[i + 1] ?? '', before: side(0), after: side(parents) });
  }
  return entries;
}
