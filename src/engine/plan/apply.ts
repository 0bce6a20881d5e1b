import type { Applier, CancellationToken, Checkpoints } from '../ports.ts';
import type { PhaseId } from '../references/model.ts';
import { handover, type Handover } from '../report/handover.ts';
import { visible } from '../report/visible.ts';
import type { Session } from '../session.ts';
import type { ImportFinding } from '../verify/model.ts';
import type { Blocker, Change, Plan } from './model.ts';
import type { FileOutcome } from './outcome.ts';
import { createdBy, outcomesOf } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import type { PhaseState } from './status.ts';

/** What applying a plan writes with; either face has its own applier. */
export interface Writers {
  readonly checkpoints: Pick<Checkpoints, 'create'>;
  readonly applier: Applier;
}

/** What came of applying a plan. */
export interface ApplyReport {
  readonly phase: PhaseId;
  /** Of the phase, measured afterwards. */
  readonly state: PhaseState;
  /** Changes, not files. */
  readonly applied: number;
  /** Workspace paths of the files changed, sorted. */
  readonly files: readonly string[];
  /** Name of the checkpoint taken before; `null` when there was nothing to apply. */
  readonly checkpoint: string | null;
  readonly conflicts: readonly string[];
  /** What the plan left out, and why. */
  readonly blockers: readonly Blocker[];
  /** Files that had changed since the plan was made: left as they are. */
  readonly refused: readonly Refusal[];
  /** Imports that resolved before, and do not now. */
  readonly brokenImports: readonly ImportFinding[];
  /** Sentences: what the phase still lacks, measured afterwards. */
  readonly left: readonly string[];
  /** Sentences: what only a person can do. */
  readonly checklist: readonly string[];
  /** Texts for version control, from what was really changed; absent when nothing was. */
  readonly handover?: Handover;
}

/**
 * Takes a checkpoint, applies the changes, and measures again.
 * @param changes those of the plan that are wanted
 * @throws EngineError as the writers do
 */
export async function applyPlan(
  session: Session,
  { checkpoints, applier }: Writers,
  plan: Plan,
  changes: readonly Change[],
  token?: CancellationToken,
): Promise<ApplyReport> {
  const outcomes = outcomesOf(changes);
  const { phase, conflicts, blockers, checklist } = plan;
  const planned = { phase, conflicts, blockers, checklist };
  if (outcomes.length === 0) {
    const { state, left } = await session.phase(phase, token);
    return { ...planned, state, applied: 0, files: [], checkpoint: null, refused: [], brokenImports: [], left };
  }
  const checkpoint = await checkpoints.create(phase, createdBy(changes), token);
  const { applied, refused } = await applier.apply(outcomes, { phase, checkpoint: checkpoint.name }, token);
  // What is written is written: from here on nothing is cancelled.
  await session.refresh(applied);
  const paths = new Set(applied);
  const made = changes.filter(({ path }) => paths.has(path));
  const { state, left } = await session.phase(phase);
  return {
    ...planned,
    state,
    applied: made.length,
    files: applied,
    checkpoint: checkpoint.name,
    refused,
    brokenImports: await newlyBroken(
      session,
      phase,
      outcomes.filter(({ path }) => paths.has(path)),
    ),
    left,
    handover: handover(visible({ phase, pairs: session.pairs, changes: made, blockers, left })),
  };
}

async function newlyBroken(
  session: Session,
  phase: PhaseId,
  outcomes: readonly FileOutcome[],
): Promise<readonly ImportFinding[]> {
  // Of the other phases none changes what is imported, or what there is to import.
  if (phase !== 'canonicalize' && phase !== 'align') return [];
  const before = new Map(outcomes.map((outcome) => [outcome.path, outcome.before]));
  return (await session.brokenImportsSince(before)).filter((one) => one.new);
}
