import { EngineError } from '../errors.ts';
import { objectName, readBlobs, resolveBlobs, splitZ } from '../history/objects.ts';
import type { CancellationToken, Git } from '../ports.ts';
import type { OverlaidContent } from '../tree/overlay.ts';

/** What became of the files since a revision, as the work tree is now: staged or not, untracked ones included. */
export class ChangedFiles {
  readonly commit: string;
  /** Of files that are there now. */
  readonly #now: ReadonlySet<string>;
  /** Of files that were there then, by their path of that time: the path now where it was renamed. */
  readonly #then: ReadonlyMap<string, string>;

  constructor(commit: string, now: Iterable<string>, then: ReadonlyMap<string, string>) {
    this.commit = commit;
    this.#now = new Set(now);
    this.#then = then;
  }

  /** Whether this file, by its path now, is not as it was. */
  isChanged(path: string): boolean {
    return this.#now.has(path) || this.#then.has(path);
  }

  /** By the path of that time: whether the file changed, went or moved. */
  wasChanged(path: string): boolean {
    return this.#then.has(path);
  }

  /** Where a file of that time is now; the same path where it was not renamed. */
  pathNow(path: string): string {
    return this.#then.get(path) ?? path;
  }

  /** What the changed files held; `undefined` for those that were not there. */
  async contentsThen(git: Git, token?: CancellationToken): Promise<Map<string, OverlaidContent>> {
    const paths = [...this.#then.keys()];
    const ids = await resolveBlobs(
      git,
      paths.map((path) => objectName(this.commit, path)),
      token,
    );
    const blobs = await readBlobs(
      git,
      ids.filter((id) => id !== undefined),
      token,
    );
    const contents = new Map<string, OverlaidContent>([...this.#now].map((path) => [path, undefined]));
    for (const [at, path] of paths.entries()) contents.set(path, blobs.get(ids[at] ?? ''));
    return contents;
  }
}

/**
 * The files that changed since a revision.
 * @param revision Anything that names a commit to git.
 * @throws EngineError `git` when there is no such commit, or git fails.
 */
export async function changesSince(git: Git, revision: string, token?: CancellationToken): Promise<ChangedFiles> {
  const commit = await resolveCommit(git, revision, token);
  const diff = ['diff', '--name-status', '-z', '--find-renames', '--relative', '--ignore-submodules', '--no-ext-diff'];
  const [now, then] = readStatus(splitZ(await output(git, [...diff, commit, '--'], token)));
  const untracked = splitZ(await output(git, ['ls-files', '-z', '--others', '--exclude-standard'], token));
  return new ChangedFiles(commit, [...now, ...untracked], then);
}

/** `M\0path`, `R096\0old\0new` and so on, one after the other. */
function readStatus(pieces: readonly string[]): [now: string[], then: Map<string, string>] {
  const [now, then] = [[] as string[], new Map<string, string>()];
  for (let at = 0; at < pieces.length;) {
    const [status = '', path = '', renamed = ''] = pieces.slice(at, at + 3);
    const isRename = status.startsWith('R') || status.startsWith('C');
    if (status !== 'D') now.push(isRename ? renamed : path);
    if (status !== 'A' && !status.startsWith('C')) then.set(path, isRename ? renamed : path);
    at += isRename ? 3 : 2;
  }
  return [now, then];
}

async function resolveCommit(git: Git, revision: string, token?: CancellationToken): Promise<string> {
  const name = `${revision}^{commit}`;
  const args = ['rev-parse', '--verify', '--quiet', name];
  const { code, stdout } = revision.startsWith('-')
    ? { code: 1, stdout: new Uint8Array() }
    : await git.run(args, { token });
  if (code === 0) return new TextDecoder().decode(stdout).trim();
  throw new EngineError(
    'git',
    `There is no revision ${revision} in this repository. Give a branch, tag or commit with --since; a shallow clone may have to fetch it first.`,
  );
}

async function output(git: Git, args: readonly string[], token?: CancellationToken): Promise<Uint8Array> {
  const { code, stdout, stderr } = await git.run(args, { token });
  if (code !== 0) throw new EngineError('git', `Git cannot tell what changed: ${stderr.trim()}.`);
  return stdout;
}
