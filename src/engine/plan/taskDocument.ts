import { phaseName, type PhaseName } from '../document/phases.ts';
import { phaseSummary } from '../document/summary.ts';
import { updateTaskFile, type PhaseEntry } from '../document/taskFile.ts';
import type { CancellationToken } from '../ports.ts';
import type { PhaseId } from '../references/model.ts';
import { phaseIds } from '../references/model.ts';
import { inventoryMarkdown } from '../report/inventoryMarkdown.ts';
import { visible } from '../report/visible.ts';
import { fileChange, withoutReview } from './changes.ts';
import type { Change, Plan } from './model.ts';
import { nextSteps } from './nextSteps.ts';
import type { PlanOptions } from './options.ts';
import { isWanted } from './options.ts';
import type { PlanWorld } from './world.ts';

/** What is left of a phase once the plan is applied. */
export interface Remaining {
  /** Live references of the phase. */
  readonly references: number;
  /** Depth-sensitive paths, and files whose merge waits for a person. */
  readonly others: number;
}

/** The plan with what it means for the task file: summary section, checkbox and status line. */
export async function withTaskFile(
  world: PlanWorld,
  plan: Plan & { readonly phase: Exclude<PhaseId, 'inventory'> },
  remaining: Remaining,
  options: PlanOptions,
  token?: CancellationToken,
): Promise<Plan> {
  if (!isWanted(options, world.rules.category(world.config.taskFile), 'document')) return plan;
  const made = options.includeReview === true ? plan.changes : withoutReview(plan.changes);
  const isComplete = plan.blockers.length === 0 && remaining.references + remaining.others === 0;
  const { phase, blockers } = plan;
  const change = await taskRecord(world, { phase, blockers, made, left: remaining.references, isComplete }, token);
  return change === undefined ? plan : { ...plan, changes: [...plan.changes, change] };
}

/** What there is to tell of a phase. */
export interface PhaseRecord {
  readonly phase: Exclude<PhaseId, 'inventory'>;
  readonly made: readonly Change[];
  readonly blockers: Plan['blockers'];
  /** Live references of the phase. */
  readonly left: number;
  readonly isComplete: boolean;
}

/** The change that tells it in the task file; `undefined` when nothing is new. */
export async function taskRecord(
  world: PlanWorld,
  work: PhaseRecord,
  token?: CancellationToken,
): Promise<Change | undefined> {
  if (work.made.length === 0 && !work.isComplete) return undefined;
  const text = await taskText(world);
  return await taskChange(world, text, await entryOf(world, work, text, token));
}

async function entryOf(
  world: PlanWorld,
  { phase, made, blockers, left, isComplete }: PhaseRecord,
  text: string | undefined,
  token?: CancellationToken,
): Promise<PhaseEntry> {
  const name = phaseName(world.config, phase);
  const isContinued = text !== undefined && hasSummary(text, name);
  const date = world.today;
  const bases = [];
  for (const pair of world.pairs) bases.push((await pair.inventory(token)).base);
  const { pairs } = world.config;
  const next = isComplete ? await nextSteps(world, phase, made, token) : [];
  const body = phaseSummary({
    phase,
    pairs,
    bases,
    changes: made,
    blockers,
    left,
    isComplete,
    date,
    isContinued,
    next,
  });
  // Nothing is done: there is nothing to tell, unless the phase is complete and the file does not say so.
  const isSilent = made.length === 0 && (isContinued || !isComplete);
  return { name, body: isSilent ? '' : body, mode: 'append', isComplete, date };
}

/** What tells a summary that we wrote, and may write again, from one that a person wrote. */
const OWN_MARK = '<!-- tree-unifier: this summary is written anew by phase inventory -->';

/** Phase `inventory`: the summary of both trees and of who refers to which. */
export async function planInventory(world: PlanWorld, token?: CancellationToken): Promise<Plan> {
  const { taskFile } = world.config;
  const name = phaseName(world.config, 'inventory');
  const text = await taskText(world);
  const none: Plan = { phase: 'inventory', changes: [], blockers: [], conflicts: [], checklist: [], notes: [] };
  if (text !== undefined && hasSummary(text, name) && !text.includes(OWN_MARK)) {
    return { ...none, notes: [{ path: taskFile, reason: 'Its summary was written by hand: it stays as it is.' }] };
  }
  const date = world.today;
  const body = `${OWN_MARK}\n\n${await inventorySummary(world, date, token)}`;
  const change = await taskChange(world, text, { name, body, mode: 'replace', isComplete: true, date });
  return { ...none, changes: change === undefined ? [] : [change] };
}

async function inventorySummary(world: PlanWorld, date: string, token?: CancellationToken): Promise<string> {
  const { taskFile } = world.config;
  const pairs = [];
  for (const pair of world.pairs) pairs.push(await pair.inventory(token));
  // The task file tells of the move itself, this summary included.
  const references = (await world.references(token)).filter(({ path }) => path !== taskFile);
  const uses = Object.entries(await world.canonicalUses(token));
  const summary = inventoryMarkdown(
    visible({
      inventory: { pairs, problems: world.files.problems() },
      references: { occurrences: references.length, references, problems: [] },
      canonicalUses: Object.fromEntries(
        uses.map(([category, all]) => [category, all.filter((path) => path !== taskFile)]),
      ),
      date,
    }),
  );
  return summary.replace(/^## .*\n+/u, '');
}

function hasSummary(text: string, { number }: PhaseName): boolean {
  return new RegExp(`^## Phase ${number.replaceAll('.', '\\.')} Summary\\b`, 'mu').test(text);
}

async function taskText({ config, files }: PlanWorld): Promise<string | undefined> {
  return files.has(config.taskFile) ? (await files.text(config.taskFile))?.text : undefined;
}

async function taskChange(
  { config, files, rules }: PlanWorld,
  text: string | undefined,
  entry: PhaseEntry,
): Promise<Change | undefined> {
  const path = config.taskFile;
  const all = phaseIds.map((id) => phaseName(config, id));
  const after = new TextEncoder().encode(updateTaskFile(text, entry, all));
  const reason = `Phase ${entry.name.number}: ${entry.isComplete ? 'complete' : 'in progress'}; its summary says what was done.`;
  const about = { path, category: rules.category(path), kind: 'document' as const, reason };
  const before = text === undefined ? undefined : await files.bytes(path);
  return fileChange(about, before && { bytes: before, executable: false }, { bytes: after, executable: false });
}
