import type { CancellationToken, Git } from '../ports.ts';
import { splitPieces } from './objects.ts';

/** A commit, for people. */
export interface CommitName {
  /** Short id. */
  readonly commit: string;
  readonly subject: string;
}

/** Arguments of one process: far below what any system takes. */
const PATHS_AT_ONCE = 500;

/** Stands before each commit of a log. */
export const COMMIT_MARK = '\u0001';

/**
 * The commit that last added, or that last deleted, each of these workspace paths; none for a path that no commit did.
 * @param what `A` for added, `D` for deleted
 */
export async function lastCommits(
  git: Git,
  what: 'A' | 'D',
  paths: readonly string[],
  token?: CancellationToken,
): Promise<Map<string, CommitName>> {
  const found = new Map<string, CommitName>();
  const format = `--format=${COMMIT_MARK}%h %s`;
  await inBatches(paths, async (some) => {
    const options = [format, '-z', '--name-only', '--no-renames', '--relative', `--diff-filter=${what}`];
    const { stdout } = await git.run(['--literal-pathspecs', 'log', ...options, 'HEAD', '--', ...some], { token });
    readLog(splitPieces(stdout), found);
  });
  return found;
}

/** One after the other, as many paths each as the arguments of one process take. */
export async function inBatches(
  paths: readonly string[],
  work: (some: readonly string[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < paths.length; at += PATHS_AT_ONCE) await work(paths.slice(at, at + PATHS_AT_ONCE));
}

/** Newest first: the first that names a path counts. */
function readLog(pieces: readonly string[], found: Map<string, CommitName>): void {
  let current: CommitName | undefined;
  for (const piece of pieces) {
    const [, commit, subject = ''] = new RegExp(`^\\n?${COMMIT_MARK}(\\S+) ([^]*)$`, 'u').exec(piece) ?? [];
    if (commit !== undefined) current = { commit, subject: subject.trim() };
    else if (current !== undefined && piece !== '') {
      const path = piece.replace(/^\n/u, '');
      if (!found.has(path)) found.set(path, current);
    }
  }
}

/** Whether any commit reachable from HEAD has touched a file below the folder. */
export async function wasThere(git: Git | undefined, root: string): Promise<boolean> {
  if (git === undefined) return false;
  const { code, stdout } = await git.run(['--literal-pathspecs', 'log', '-1', '--format=%H', 'HEAD', '--', root]);
  return code === 0 && stdout.length > 0;
}
