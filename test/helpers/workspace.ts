import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { applyPlan, openSession, parseConfig, withoutReview } from '../../src/engine/index.ts';
import type { ApplyReport, PhaseId, Plan, PlanOptions, Session } from '../../src/engine/index.ts';
import { createDiskApplier } from '../../src/node/apply/diskApplier.ts';
import { createCheckpoints } from '../../src/node/checkpoint/checkpoints.ts';
import { createFileSystem } from '../../src/node/fileSystem.ts';
import { findGit } from '../../src/node/git.ts';

export interface Workspace {
  readonly session: Session;
  plan(phase: PhaseId, options?: PlanOptions): Promise<Plan>;
  apply(phase: PhaseId, options?: PlanOptions): Promise<ApplyReport>;
  restore(name?: string): Promise<void>;
  /** Makes it another day. */
  setDay(day: string): void;
  /** `undefined` for a file that is not there. */
  text(file: string): string | undefined;
}

/** The day on which a test begins. */
export const day = '2026-02-03';

/** A repository on the disk with the engine over it, as the command line has it. */
export async function openWorkspace(
  root: string,
  settings: Readonly<Record<string, unknown>> = {},
  useGit = true,
): Promise<Workspace> {
  const git = useGit ? await findGit(root) : undefined;
  let today = day;
  const ports = {
    files: createFileSystem(root, { git }),
    today: () => today,
    ...(git === undefined ? {} : { git }),
  };
  const session = await openSession(ports, parseConfig({ ...settings }).config);
  const writers = { checkpoints: createCheckpoints(root, { git }), applier: createDiskApplier(root, { git }) };
  const plan = (phase: PhaseId, options: PlanOptions = {}): Promise<Plan> => session.plan(phase, options);
  return {
    session,
    plan,
    apply: async (phase, options = {}) => {
      const made = await plan(phase, options);
      const changes = options.includeReview === true ? made.changes : withoutReview(made.changes);
      return await applyPlan(session, writers, made, changes);
    },
    setDay: (other) => {
      today = other;
    },
    restore: async (name) => {
      await writers.checkpoints.restore(name);
      await session.refresh('all');
    },
    text: (file) => {
      const absolute = path.join(root, file);
      return existsSync(absolute) ? readFileSync(absolute, 'utf8') : undefined;
    },
  };
}
