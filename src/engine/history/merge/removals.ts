import { groupBy } from '../../groupBy.ts';
import type { CancellationToken, Git } from '../../ports.ts';
import { decode } from '../../text/decode.ts';
import type { TreePair } from '../../tree/pair.ts';
import { objectName, readBlobs, resolveBlobs } from '../objects.ts';
import type { CommitName } from '../oneSided.ts';
import { COMMIT_MARK, inBatches } from '../oneSided.ts';
import type { LostDefinition } from './definitions.ts';

/**
 * Adds to each the commit that removed it on the other side: the last one in which the count of its definitions changed.
 * The history is read once for all of them.
 */
export async function withCommits(
  git: Git,
  pair: TreePair,
  lost: readonly LostDefinition[],
  token?: CancellationToken,
): Promise<LostDefinition[]> {
  const placeOf = ({ side, path }: LostDefinition): string =>
    `${(side === 'legacy' ? pair.canonical : pair.legacy).root}/${path}`;
  const removals = new Removals(groupBy(lost, placeOf));
  await inBatches([...removals.paths], async (paths) => {
    await removals.leaveOutThoseAtHead(git, paths, token);
    await removals.readLog(git, paths, token);
  });
  return lost.map((one) => {
    const removedBy = removals.of(one);
    return removedBy === undefined ? one : { ...one, removedBy };
  });
}

/** Nothing that is configured changes how they look. */
const AS_PATCHES = [
  ...['-p', '-U0', '--text', '--no-renames', '--relative', '--no-color', '--no-ext-diff', '--no-textconv'],
  ...['--src-prefix=a/', '--dst-prefix=b/'],
];

/** By the path at which the definitions are no more. */
class Removals {
  readonly #open: Map<string, Map<LostDefinition, RegExp>>;
  readonly #found = new Map<LostDefinition, CommitName>();

  constructor(lost: ReadonlyMap<string, readonly LostDefinition[]>) {
    const linesOf = (all: readonly LostDefinition[]): Map<LostDefinition, RegExp> =>
      new Map(all.map((one) => [one, definitionLine(one.name)]));
    this.#open = new Map([...lost].map(([path, all]) => [path, linesOf(all)]));
  }

  get paths(): Iterable<string> {
    return this.#open.keys();
  }

  of(lost: LostDefinition): CommitName | undefined {
    return this.#found.get(lost);
  }

  /** Nobody has committed the removal of what HEAD still has. */
  async leaveOutThoseAtHead(git: Git, paths: readonly string[], token: CancellationToken | undefined): Promise<void> {
    const names = paths.map((path) => objectName('HEAD', path));
    const ids = await resolveBlobs(git, names, token);
    const blobs = await readBlobs(
      git,
      ids.filter((id) => id !== undefined),
      token,
    );
    for (const [at, path] of paths.entries()) {
      const decoded = decode(blobs.get(ids[at] ?? '') ?? new Uint8Array());
      const lines = decoded.kind === 'text' ? decoded.text.split('\n') : [];
      for (const [one, pattern] of this.#open.get(path) ?? [])
        if (lines.some((line) => pattern.test(line))) this.#open.get(path)?.delete(one);
    }
  }

  async readLog(git: Git, paths: readonly string[], token: CancellationToken | undefined): Promise<void> {
    const asked = paths.filter((path) => (this.#open.get(path)?.size ?? 0) > 0);
    if (asked.length === 0) return;
    const args = [
      '-c',
      'core.quotePath=false',
      '--literal-pathspecs',
      'log',
      `--format=${COMMIT_MARK}%h %s`,
      ...AS_PATCHES,
      'HEAD',
      '--',
      ...asked,
    ];
    const { stdout } = await git.run(args, { token });
    for (const one of patches(new TextDecoder().decode(stdout))) this.#take(one);
  }

  /** Newest first: the first patch that changes how often a definition is there counts. */
  #take({ commit, path, removed, added }: Patch): void {
    const open = this.#open.get(path);
    for (const [one, pattern] of open ?? []) {
      const count = (lines: readonly string[]): number => lines.filter((line) => pattern.test(line)).length;
      if (count(removed) === count(added)) continue;
      this.#found.set(one, commit);
      open?.delete(one);
    }
  }
}

/** Lines that define a name: its uses may go on. */
function definitionLine(name: string): RegExp {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return new RegExp(
    `^[ \\t]*(?:(?:async[ \\t]+)?def|class)[ \\t]+${last}(?![A-Za-z0-9_])|^[ \\t]*${last}[ \\t]*[:=]`,
    'u',
  );
}

/** What one commit did to one file, line by line. */
interface Patch {
  readonly commit: CommitName;
  readonly path: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

function* patches(log: string): Iterable<Patch> {
  for (const text of log.split(new RegExp(`(?<=^|\\n)${COMMIT_MARK}`, 'u')).slice(1)) {
    const [, id = '', subject = ''] = /^(\S+) (.*)/u.exec(text) ?? [];
    const commit = { commit: id, subject: subject.trim() };
    for (const file of text.split(/(?<=\n)diff --git /u).slice(1)) yield { commit, ...readPatch(file) };
  }
}

function readPatch(text: string): Omit<Patch, 'commit'> {
  const at = text.search(/(?<=\n)@@ /u);
  const [head, body] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
  const lines = body.split('\n');
  const having = (mark: string): string[] => lines.flatMap((line) => (line.startsWith(mark) ? line.slice(1) : []));
  return { path: pathIn(head), removed: having('-'), added: having('+') };
}

/** The old name is that of a file that went, the new one that of any other; git ends a name with spaces by a tab. */
function pathIn(head: string): string {
  const names = [...head.matchAll(/(?<=\n)(?:--- |\+\+\+ )("?)[ab]\/([^\t\n]+?)\1(?=\t?\n)/gu)];
  const [, quote = '', name = ''] = names.at(-1) ?? [];
  return quote === '' ? name : unquoted(name);
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** `a \"b\".py` → `a "b".py`; a byte as `\001` is a control character, since other bytes are printed as they are. */
function unquoted(name: string): string {
  return name.replace(/\\([0-7]{3}|.)/gu, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
  );
}
