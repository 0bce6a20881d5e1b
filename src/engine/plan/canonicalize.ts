import type { Version } from '../history/merge/model.ts';
import type { CancellationToken } from '../ports.ts';
import { ReferenceScan } from '../references/scan.ts';
import type { Reference } from '../references/model.ts';
import { isSure } from '../references/model.ts';
import { applyEdits } from '../text/edit.ts';
import { decode } from '../text/decode.ts';
import { WorkspaceFiles } from '../tree/files.ts';
import { OverlayFiles } from '../tree/overlay.ts';
import { DepthScan } from '../verify/depthScan.ts';
import { fileChange, inOrder } from './changes.ts';
import type { Change, Plan } from './model.ts';
import type { PlanOptions } from './options.ts';
import { isWanted } from './options.ts';
import type { Reconciled, Settlement } from './reconcile.ts';
import { reconcile } from './reconcile.ts';
import { planReferences, remainingOf } from './references.ts';
import { withTaskFile } from './taskDocument.ts';
import type { PlanWorld } from './world.ts';

/**
 * The plan of phase `canonicalize`: the merge of each tree pair, and on what it gives the references in code and
 * documents and the stale ones in the canonical trees.
 */
export async function planCanonicalize(
  world: PlanWorld,
  options: PlanOptions,
  token?: CancellationToken,
): Promise<Plan> {
  const reconciled: Reconciled[] = [];
  for (const pair of world.pairs) reconciled.push(await reconcile(world, pair, options, token));
  const settlements = reconciled
    .flatMap((one) => one.settlements)
    .filter(({ path }) => isWanted(options, world.rules.category(path), 'merge'));
  const merged = await mergeChanges(world, settlements, options);
  const written = settlements.filter(({ needsReview }) => options.includeReview === true || !needsReview);
  const after = afterwards(world, written);
  const isOther = outside(settlements);
  const references = (await after.references(token)).filter(({ phase }) => phase === 'canonicalize');
  const depth = await after.depthSensitive(token);
  const found = { references: references.filter(isOther), depth: depth.filter(isOther) };
  const others = await planReferences(world, found, options);
  const plan = {
    phase: 'canonicalize' as const,
    changes: inOrder([...merged, ...others]),
    blockers: reconciled.flatMap((one) => one.blockers),
    conflicts: reconciled.flatMap((one) => one.conflicts),
    checklist: [],
    notes: reconciled.flatMap((one) => one.notes),
  };
  const remaining = remainingOf({ references, depth: depth.length }, others, options, outside(written));
  const waiting = settlements.length - written.length;
  return await withTaskFile(world, plan, { ...remaining, others: remaining.others + waiting }, options, token);
}

/** Tells what is not about a file that is settled here. */
function outside(settlements: readonly Settlement[]): (found: { readonly path: string }) => boolean {
  const paths = new Set(settlements.map(({ path }) => path));
  return ({ path }) => !paths.has(path);
}

/** The workspace as it will be once the trees are merged: what a reference points at is judged against that. */
interface Afterwards extends Pick<PlanWorld, 'references' | 'depthSensitive'> {
  readonly referencesIn: (path: string) => Promise<readonly Reference[]>;
}

function afterwards(world: PlanWorld, settlements: readonly Settlement[]): Afterwards {
  if (settlements.length === 0) return { ...world, referencesIn: () => Promise.resolve([]) };
  const contents = new Map(settlements.map(({ path, after }) => [path, after?.bytes]));
  const files = new WorkspaceFiles(new OverlayFiles(world.fileSystem, contents));
  const scan = new ReferenceScan(world.config, files);
  const depth = new DepthScan(world.config.pairs, files);
  return {
    references: (token) => scan.all(token),
    depthSensitive: (token) => depth.all(token),
    referencesIn: (path) => scan.scan(path),
  };
}

/** One change a file, with the references in the merged text rewritten as well: they have no place in the file of now. */
async function mergeChanges(
  world: PlanWorld,
  settlements: readonly Settlement[],
  options: PlanOptions,
): Promise<Change[]> {
  const { referencesIn } = afterwards(world, settlements);
  const changes: Change[] = [];
  for (const { path, after, reason, needsReview } of settlements) {
    const isWritten = (one: Reference): boolean =>
      one.rewrite !== undefined && (isSure(one) || (options.includeReview === true && one.standing === 'live'));
    const references = after === undefined ? [] : (await referencesIn(path)).filter(isWritten);
    const about = { path, category: world.rules.category(path), kind: 'merge' as const, reason, needsReview };
    const change = fileChange(about, await versionNow(world, path), after && rewritten(after, references));
    if (change !== undefined) changes.push(change);
  }
  return changes;
}

function rewritten(version: Version, references: readonly Reference[]): Version {
  const decoded = decode(version.bytes);
  if (references.length === 0 || decoded.kind !== 'text') return version;
  const edits = references.flatMap(({ rewrite }) => rewrite?.edits ?? []);
  return { ...version, bytes: new TextEncoder().encode(applyEdits(decoded.text, edits)) };
}

async function versionNow({ files }: PlanWorld, path: string): Promise<Version | undefined> {
  const bytes = files.has(path) ? await files.bytes(path) : undefined;
  return bytes && { bytes, executable: (await files.isExecutable(path)) ?? false };
}
