import { addChangelogEntry } from '../document/changelog.ts';
import type { Version } from '../history/merge/model.ts';
import type { MeasuredPair } from '../measuredPair.ts';
import type { CancellationToken } from '../ports.ts';
import { isPython } from '../python/syntax.ts';
import { isScript, shimFiles } from '../shim/files.ts';
import { isShim } from '../shim/marker.ts';
import { mapBounded } from '../tree/files.ts';
import type { Tree, TreePair } from '../tree/pair.ts';
import { isOneName, pathInTree, sourceRoot } from '../tree/pair.ts';
import { fileChange, inOrder } from './changes.ts';
import { daysAfter } from './day.ts';
import { useBlockers } from './measure.ts';
import type { Blocker, Change, Note, Plan } from './model.ts';
import { namesakes } from './namesakes.ts';
import type { PlanOptions } from './options.ts';
import { submodulesToSearch } from './outOfSight.ts';
import { proseToEdit } from './prose.ts';
import { withTaskFile } from './taskDocument.ts';
import { unmergedFiles, unreadReason } from './unmerged.ts';
import type { PlanWorld } from './world.ts';

/** How long a shim stays unless somebody says otherwise. */
const SHIM_DAYS = 90;

const utf8 = new TextEncoder();

/**
 * The plan of phase `deduplicate`: on proof that nothing is unmerged and nothing refers to it, the legacy tree becomes a
 * shim; planned again after the shim's last day, the shim goes. Any reason against it blocks the whole.
 */
export async function planDeduplicate(
  world: PlanWorld,
  options: PlanOptions,
  token?: CancellationToken,
): Promise<Plan> {
  const work = new Deduplication(world, options);
  for (const pair of world.pairs) await work.add(pair, token);
  const plan = await work.plan(token);
  if (plan.blockers.length > 0) return plan;
  return await withTaskFile(world, plan, { references: 0, others: 0 }, options, token);
}

class Deduplication {
  readonly #world: PlanWorld;
  readonly #options: PlanOptions;
  readonly #day: string;
  readonly #changes: Change[] = [];
  readonly #blockers: Blocker[] = [];
  readonly #notes: Note[] = [];
  #unifies = false;

  constructor(world: PlanWorld, options: PlanOptions) {
    this.#world = world;
    this.#options = options;
    this.#day = world.today;
  }

  async add(pair: MeasuredPair, token?: CancellationToken): Promise<void> {
    const inventory = await pair.inventory(token);
    if (inventory.unified === undefined) {
      this.#blockers.push(...(await unmergedFiles(pair, this.#world.files, token)));
      await (pair.names.isOneName ? this.#removeTree(pair) : this.#replaceByShim(pair, token));
    } else if (inventory.unified === 'shim') await this.#removeShim(pair);
  }

  get #expires(): string {
    return this.#options.expires ?? daysAfter(this.#day, SHIM_DAYS);
  }

  async plan(token?: CancellationToken): Promise<Plan & { readonly phase: 'deduplicate' }> {
    const uses = this.#changes.length > 0 ? await useBlockers(this.#world, token) : [];
    const blockers = [...this.#blockers, ...uses];
    const common = { phase: 'deduplicate' as const, blockers, conflicts: [], notes: this.#notes };
    if (blockers.length > 0 || this.#changes.length === 0) return { ...common, changes: [], checklist: [] };
    const changelog = this.#unifies ? await this.#changelog() : undefined;
    const changes = inOrder([...this.#changes, ...(changelog === undefined ? [] : [changelog])]);
    return { ...common, changes, checklist: await this.#checklist(token) };
  }

  async #replaceByShim({ names }: MeasuredPair, token?: CancellationToken): Promise<void> {
    const { legacy, canonical } = names.pair;
    const files = await this.#filesOf(canonical);
    const scripts = await this.#scripts(canonical, files, token);
    const expires = this.#expires;
    const shim = new Map(shimFiles(names.pair, { files, scripts, expires }).map(({ path, text }) => [path, text]));
    await this.#removeTree({ names }, new Set(shim.keys()));
    const reason = `The shim forwards ${legacy.package} to ${canonical.package} until ${expires}.`;
    for (const [path, text] of shim) await this.#change(path, text, 'shim', reason);
  }

  /** Two trees of one name need no shim: each import finds the canonical one from now on. */
  async #removeTree({ names }: Pick<MeasuredPair, 'names'>, kept: ReadonlySet<string> = new Set()): Promise<void> {
    const { legacy, canonical } = names.pair;
    this.#unifies = true;
    for (const path of await this.#filesOf(legacy)) {
      const place = `${legacy.root}/${path}`;
      if (!kept.has(place)) await this.#change(place, undefined, 'tree', `Its contents are in ${canonical.root}.`);
    }
  }

  /** The second step: once its last day is over and nobody uses it, not even on purpose. */
  async #removeShim(pair: MeasuredPair): Promise<void> {
    const { legacy } = pair.names.pair;
    const expires = (await pair.shimExpiry()) ?? '';
    if (this.#day <= expires) {
      this.#notes.push({ path: legacy.root, reason: `The shim stays until ${expires}.` });
      return;
    }
    for (const path of await this.#filesOf(legacy)) {
      const place = `${legacy.root}/${path}`;
      const text = (await this.#world.files.text(place))?.text;
      if (text === undefined || !isShim(text))
        this.#blockers.push({ path: place, reason: 'It is no part of the shim: move it away, or delete it.' });
      await this.#change(place, undefined, 'shim', `The shim had its last day on ${expires}.`);
    }
    const kept = (await this.#world.references()).filter(
      ({ standing, path, kind }) => standing === 'kept' && isPython(path) && kind !== 'prose' && kind !== 'bare',
    );
    for (const { path, line, text } of kept)
      this.#blockers.push({ path, line, reason: `It uses the shim on purpose: \`${text}\`.` });
  }

  async #change(path: string, text: string | undefined, kind: 'tree' | 'shim', reason: string): Promise<void> {
    const before = await this.#read(path);
    const after = text === undefined ? undefined : { bytes: utf8.encode(text), executable: false };
    const about = { path, category: this.#world.rules.category(path), kind, reason };
    const unreadable = before === undefined && this.#world.files.has(path);
    if (unreadable && this.#blockers.every((one) => one.path !== path))
      this.#blockers.push({ path, reason: unreadReason });
    const change = unreadable ? undefined : fileChange(about, before, after);
    if (change !== undefined) this.#changes.push(change);
  }

  async #read(path: string): Promise<Version | undefined> {
    const { files } = this.#world;
    const bytes = files.has(path) ? await files.bytes(path) : undefined;
    return bytes && { bytes, executable: (await files.isExecutable(path)) ?? false };
  }

  async #filesOf(tree: Tree): Promise<string[]> {
    return (await this.#world.files.list()).flatMap((path) => pathInTree(tree, path) ?? []);
  }

  async #scripts(tree: Tree, files: readonly string[], token?: CancellationToken): Promise<string[]> {
    const python = files.filter(isPython);
    const texts = await mapBounded(
      python,
      async (path) => (await this.#world.files.text(`${tree.root}/${path}`))?.text ?? '',
      token,
    );
    return python.filter((_, at) => isScript(texts[at] ?? ''));
  }

  /** Only where the project keeps one. */
  async #changelog(): Promise<Change | undefined> {
    const { config, rules } = this.#world;
    const path = config.changelogFile;
    const before = await this.#read(path);
    if (before === undefined) return undefined;
    const names = config.pairs.map(({ canonical }) => `\`${canonical.package}\``).join(', ');
    const title = `Backend unified under ${names}`;
    const lines = config.pairs.flatMap((pair) => {
      const { legacy, canonical } = pair;
      const told = `- \`${legacy.root}/\` and \`${canonical.root}/\` were two copies of one package; \`${canonical.root}/\` is the only one now, imported as \`${canonical.package}\`.`;
      const shim = `- \`${legacy.root}/\` holds a shim that forwards old imports until ${this.#expires}.`;
      return isOneName(pair) ? [told] : [told, shim];
    });
    const text = (await this.#world.files.text(path))?.text;
    const after = utf8.encode(addChangelogEntry(text, this.#day, title, lines.join('\n')));
    const about = {
      path,
      category: rules.category(path),
      kind: 'document' as const,
      reason: 'Tells that there is one tree.',
    };
    return fileChange(about, before, { ...before, bytes: after });
  }

  async #checklist(token?: CancellationToken): Promise<string[]> {
    const { config, files } = this.#world;
    if (!this.#unifies) return [];
    const noChangelog = files.has(config.changelogFile)
      ? []
      : [`There is no ${config.changelogFile}: note where your project does that there is one tree now.`];
    const failing = (await this.#world.brokenImports(token)).filter(({ optional }) => !optional).length;
    return [
      ...(failing > 0 ? [oldFailures(failing)] : []),
      ...config.pairs.filter(isOneName).map(toInstall),
      ...(await proseToEdit(this.#world, token)),
      ...(await namesakes(this.#world, token)),
      ...submodulesToSearch(await this.#world.outOfSight(token), config.pairs),
      ...noChangelog,
      'After the commit, add its id to .git-blame-ignore-revs, so that git blame looks past the move (git config blame.ignoreRevsFile .git-blame-ignore-revs).',
    ];
  }
}

function toInstall({ canonical }: TreePair): string {
  const from = sourceRoot(canonical) === '' ? 'the root' : `\`${sourceRoot(canonical)}\``;
  return `\`${canonical.package}\` is imported from ${from} from now on: see that the packaging takes it from there, and install it anew.`;
}

/** They are no reason to keep the legacy tree: it has not what they ask for either. */
function oldFailures(count: number): string {
  const many = count === 1 ? '1 import fails' : `${count} imports fail`;
  return `${many} as before, in either tree: tree-unifier verify imports names ${count === 1 ? 'it' : 'them'}.`;
}
