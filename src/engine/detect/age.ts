import { splitZ } from '../history/objects.ts';
import type { CancellationToken, Git } from '../ports.ts';

/** Which of two folders had its files first; `undefined` where history does not tell. */
export type Older = 'left' | 'right' | undefined;

/** One more file that came first on a side must not decide: copies are made by the folder. */
const clearMajority = 0.75;

/**
 * Asks git when these files, which both folders have, were first added to each.
 * @param shared Paths below both folders; a few are enough.
 */
export async function olderOf(
  git: Git,
  { left, right }: { readonly left: string; readonly right: string },
  shared: readonly string[],
  token?: CancellationToken,
): Promise<Older> {
  const paths = shared.flatMap((path) => [`${left}/${path}`, `${right}/${path}`]);
  const args = ['log', '--format=time:%ct', '--diff-filter=A', '--no-renames', '--name-only', '-z', '--relative', '--'];
  const { code, stdout } = await git.run([...args, ...paths.map((path) => `:(literal)${path}`)], { token });
  if (code !== 0) return undefined;
  const first = firstTimes(splitZ(stdout));
  const votes = shared.map((path) => {
    const [a, b] = [first.get(`${left}/${path}`), first.get(`${right}/${path}`)];
    return a === undefined || b === undefined ? 0 : Math.sign(b - a);
  });
  const leftFirst = votes.filter((vote) => vote > 0).length;
  const rightFirst = votes.filter((vote) => vote < 0).length;
  if (leftFirst + rightFirst === 0) return undefined;
  if (leftFirst >= clearMajority * votes.length) return 'left';
  return rightFirst >= clearMajority * votes.length ? 'right' : undefined;
}

/** The log goes from the newest commit to the oldest: the last addition named is the first one made. */
function firstTimes(pieces: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  let time = 0;
  for (const piece of pieces) {
    const [, seconds] = /^\n*time:(\d+)\n*$/u.exec(piece) ?? [];
    if (seconds === undefined) times.set(piece.replace(/^\n+/u, ''), time);
    else time = Number(seconds);
  }
  return times;
}
