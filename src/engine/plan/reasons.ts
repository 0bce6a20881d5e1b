import type { ComparedFile } from '../compare/model.ts';
import type { LostDefinition } from '../history/merge/definitions.ts';
import type { MergedFile } from '../history/merge/model.ts';
import type { CommitName } from '../history/oneSided.ts';
import { lastCommits } from '../history/oneSided.ts';
import type { MeasuredPair } from '../measuredPair.ts';
import type { CancellationToken } from '../ports.ts';
import type { PlanWorld } from './world.ts';

type Side = 'legacy' | 'canonical';

/** What the history says of files that one side alone has, by workspace path. */
interface Commits {
  readonly added: ReadonlyMap<string, CommitName>;
  readonly deleted: ReadonlyMap<string, CommitName>;
  /** No commit has ever had it. */
  readonly neverThere: ReadonlySet<string>;
}

const NO_COMMITS: Commits = { added: new Map(), deleted: new Map(), neverThere: new Set() };

/** Names that a sentence lists before it says how many more there are. */
const mostNames = 8;

/** The sentences that say why a file is merged as it is, with the commits that made it so. */
export class Reasons {
  readonly #compared: ReadonlyMap<string, ComparedFile>;
  readonly #commits: Commits;
  readonly #places: (path: string) => Readonly<Record<Side, string>>;
  readonly #noBase: string | undefined;

  private constructor(
    pair: MeasuredPair,
    files: readonly ComparedFile[],
    commits: Commits,
    noBase: string | undefined,
  ) {
    const { legacy, canonical } = pair.names.pair;
    this.#compared = new Map(files.map((file) => [file.path, file]));
    this.#commits = commits;
    this.#places = (path) => ({ legacy: `${legacy.root}/${path}`, canonical: `${canonical.root}/${path}` });
    this.#noBase = noBase;
  }

  /** Asks the history who added and who deleted the files that one side alone has. */
  static async learn(
    { git }: PlanWorld,
    pair: MeasuredPair,
    files: readonly ComparedFile[],
    token?: CancellationToken,
  ): Promise<Reasons> {
    const { legacy, canonical } = pair.names.pair;
    const only = (status: ComparedFile['status'], root: string): string[] =>
      files.filter((file) => file.status === status).map(({ path }) => `${root}/${path}`);
    const there = [...only('legacyOnly', legacy.root), ...only('canonicalOnly', canonical.root)];
    const gone = [...only('legacyOnly', canonical.root), ...only('canonicalOnly', legacy.root)];
    const { noBase } = await pair.inventory(token);
    if (git === undefined) return new Reasons(pair, files, NO_COMMITS, noBase);
    const added = await lastCommits(git, 'A', there, token);
    const deleted = await lastCommits(git, 'D', gone, token);
    const unknown = gone.filter((place) => !deleted.has(place));
    const once = await lastCommits(git, 'A', unknown, token);
    const neverThere = new Set(unknown.filter((place) => !once.has(place)));
    return new Reasons(pair, files, { added, deleted, neverThere }, noBase);
  }

  readonly markers =
    'It has conflict markers. Resolve them and save; then choose canonical for this file, so that the legacy copy follows.';

  readonly legacyMarkers =
    'It has conflict markers, which the canonical copy must not get. Resolve them and save, or choose canonical for this file.';

  readonly keptWithoutBase = 'Only canonical has it: it stays.';

  noBase({ status }: ComparedFile): string {
    const what = status === 'legacyOnly' ? 'Only legacy has it' : 'The two copies differ';
    return `${what}, and there is no merge base to tell who changed it: choose legacy, canonical or, where both have it, a merge of both by hand. ${this.#noBase ?? ''}`.trim();
  }

  conflict({ conflict = '' }: MergedFile): string {
    return `${conflict} Choose legacy or canonical for this file, or have the conflict written with markers.`;
  }

  /** `lost` is not empty. */
  lost(lost: readonly LostDefinition[]): string {
    const names = lost.slice(0, mostNames).map(({ name, side, line }) => `\`${name}\` (${side}, line ${line})`);
    const more = lost.length > mostNames ? ` and ${lost.length - mostNames} more` : '';
    const commits = new Set(lost.flatMap(({ removedBy }) => (removedBy === undefined ? [] : [cite(removedBy)])));
    const [first] = lost;
    const other = first?.side === 'legacy' ? 'canonical' : 'legacy';
    const by =
      commits.size === 0 ? '' : `: ${other} removed ${lost.length > 1 ? 'them' : 'it'} in ${[...commits].join(', ')}`;
    return `The result does not hold ${names.join(', ')}${more}${by}.`;
  }

  merged(merged: MergedFile): string {
    const { status = 'diverged', ahead } = this.#compared.get(merged.path) ?? {};
    if (merged.result === 'conflict') return `${merged.conflict ?? ''} Written with conflict markers.`.trim();
    if (status === 'legacyOnly') return this.#onlyIn('legacy', merged);
    if (status === 'canonicalOnly') return this.#onlyIn('canonical', merged);
    if (merged.result === 'takesLegacy') return 'Legacy changed it since the base, canonical did not.';
    if (merged.result === 'takesCanonical')
      return ahead === 'canonical'
        ? 'Canonical changed it since the base, legacy did not.'
        : 'Canonical has all that legacy changed since the base.';
    if (merged.result === 'deleted') return 'The merge moves it to another path.';
    return 'Both sides changed it since the base, in different places.';
  }

  #onlyIn(side: Side, { path, result }: MergedFile): string {
    const other = side === 'legacy' ? 'canonical' : 'legacy';
    const added = this.#commits.added.get(this.#places(path)[side]);
    if (result === 'deleted') return this.#gone(side, path);
    if (result === 'merged') return `${capital(side)} renamed it since the base${by(added)}, and ${other} changed it.`;
    return `Only ${side} has it: added there${by(added)}.`;
  }

  /** What one side changed and the other deleted is a conflict: without one it has gone to another path. */
  #gone(side: Side, path: string): string {
    const other = side === 'legacy' ? 'canonical' : 'legacy';
    const place = this.#places(path)[other];
    const isRenamed = this.#compared.get(path)?.ahead !== other;
    const how = this.#commits.neverThere.has(place)
      ? 'The copy has it by another name'
      : `${capital(other)} ${isRenamed ? 'renamed' : 'deleted or renamed'} it since the base${by(this.#commits.deleted.get(place))}`;
    return isRenamed ? `${how}: what ${side} changed goes there.` : `${how}, ${side} did not change it.`;
  }
}

function by(commit: CommitName | undefined): string {
  return commit === undefined ? ' (not committed yet)' : ` in ${cite(commit)}`;
}

function cite({ commit, subject }: CommitName): string {
  return `${commit} “${subject}”`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
