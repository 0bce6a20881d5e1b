import { phaseName } from '../document/phases.ts';
import type { CancellationToken } from '../ports.ts';
import type { PhaseId, Reference } from '../references/model.ts';
import { count as counted } from '../report/format.ts';
import { lossText } from '../verify/failingImports.ts';
import type { ImportFinding } from '../verify/model.ts';
import { depthReason } from './changes.ts';
import type { Blocker } from './model.ts';
import { proofBlockers } from './outOfSight.ts';
import type { PhaseStatus } from './status.ts';
import { unmergedFiles } from './unmerged.ts';
import type { PlanWorld } from './world.ts';

/** One phase, measured from the repository: no more of it than the phase is about. */
export async function measurePhase(world: PlanWorld, id: PhaseId, token?: CancellationToken): Promise<PhaseStatus> {
  switch (id) {
    case 'inventory':
      return await inventoryPhase(world);
    case 'canonicalize':
      return await canonicalizePhase(world, token);
    case 'align':
      return await alignPhase(world, token);
    case 'deduplicate':
      return await deduplicatePhase(world, token);
  }
}

interface Found {
  /** Sentences. */
  readonly left: readonly string[];
  /** Units of work. */
  readonly count: number;
  readonly blockers?: readonly Blocker[];
  readonly places?: readonly Blocker[];
}

function phase({ config }: PlanWorld, id: PhaseId, { left, count, blockers = [], places = [] }: Found): PhaseStatus {
  const { number, title } = phaseName(config, id);
  const state = blockers.length > 0 ? 'blocked' : count > 0 ? 'open' : 'done';
  return { id, number, title, state, blockers, left, ...(places.length > 0 && { places }), count };
}

async function inventoryPhase(world: PlanWorld): Promise<PhaseStatus> {
  const { config, files } = world;
  await files.list();
  const text = files.has(config.taskFile) ? (await files.text(config.taskFile))?.text : undefined;
  const isWritten = text !== undefined && /^##+ .*Summary: Backend Tree Inventory/mu.test(text);
  const left = isWritten ? [] : [`The summary is not in ${config.taskFile} yet.`];
  return phase(world, 'inventory', { left, count: left.length });
}

async function canonicalizePhase(world: PlanWorld, token?: CancellationToken): Promise<PhaseStatus> {
  const unmerged = await unmergedIn(world, token);
  const live = await liveReferences(world, token);
  const references = live.filter((one) => one.phase === 'canonicalize').length;
  const depth = (await world.depthSensitive(token)).map((found): Blocker => ({
    path: found.path,
    line: found.line,
    reason: depthReason(found),
  }));
  const imports = importBlockers(await world.lostImports(token));
  const left = [
    ...(unmerged.length > 0 ? [`${counted(unmerged.length, 'file')} to reconcile.`] : []),
    ...(references > 0 ? [`${counted(references, 'live reference')} in code and documentation to rewrite.`] : []),
    ...(depth.length > 0 ? [`${counted(depth.length, 'depth-sensitive path')} to mend.`] : []),
    ...(imports.length > 0
      ? [`${counted(imports.length, 'import')} to mend, which worked before or which only the legacy tree can serve.`]
      : []),
  ];
  const places = [...unmerged, ...depth, ...imports];
  return phase(world, 'canonicalize', { left, places, count: places.length + references });
}

async function alignPhase(world: PlanWorld, token?: CancellationToken): Promise<PhaseStatus> {
  const count = (await liveReferences(world, token)).filter((one) => one.phase === 'align').length;
  const what = 'in scripts, launcher, Docker and configuration to rewrite.';
  const left = count > 0 ? [`${counted(count, 'live reference')} ${what}`] : [];
  const blockers = importBlockers((await world.lostImports(token)).filter((one) => one.new === true));
  return phase(world, 'align', { left, count, blockers });
}

/** Nothing is deleted but on proof: each file and reference that stands against it is named. */
async function deduplicatePhase(world: PlanWorld, token?: CancellationToken): Promise<PhaseStatus> {
  const left: string[] = [];
  let count = 0;
  for (const pair of world.pairs) {
    const { legacy, unified } = await pair.inventory(token);
    const end = await pair.shimExpiry();
    if (unified === undefined) {
      count += legacy.pythonFiles;
      const what = pair.names.isOneName ? 'remove' : 'replace by the shim';
      left.push(`${counted(legacy.pythonFiles, 'Python file')} of ${legacy.root} to ${what}.`);
    } else if (end !== undefined && end < world.today) {
      count++;
      left.push(`The shim in ${legacy.root} had its last day on ${end}: it can go.`);
    } else if (end !== undefined) left.push(`The shim in ${legacy.root} stays until ${end}.`);
  }
  const blockers = count === 0 ? [] : [...(await unmergedIn(world, token)), ...(await useBlockers(world, token))];
  return phase(world, 'deduplicate', { left, count, blockers });
}

async function unmergedIn({ pairs, files }: PlanWorld, token?: CancellationToken): Promise<Blocker[]> {
  const lists = [];
  for (const pair of pairs) lists.push(await unmergedFiles(pair, files, token));
  return lists.flat();
}

async function liveReferences(world: PlanWorld, token?: CancellationToken): Promise<Reference[]> {
  return (await world.references(token)).filter(({ standing }) => standing === 'live');
}

/** Whatever still uses the legacy tree, by name or because it has what no other tree has. */
export async function useBlockers(world: PlanWorld, token?: CancellationToken): Promise<Blocker[]> {
  const live = await liveReferences(world, token);
  return [
    ...live.map(({ path, line, text }) => ({
      path,
      line,
      reason: `It still refers to \`${text}\`: rewrite it, or mark it as intentional.`,
    })),
    ...importBlockers(await world.lostImports(token)),
    ...proofBlockers(await world.outOfSight(token), world.config.pairs),
  ];
}

function importBlockers(imports: readonly ImportFinding[]): Blocker[] {
  return imports.map((one) => ({ path: one.path, line: one.line, reason: lossText(one) }));
}
