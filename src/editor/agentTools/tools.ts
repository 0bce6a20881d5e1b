import type * as vscode from 'vscode';
import { inventoryJson, phaseIds, planJson, referencesJson, statusJson } from '../../engine/index.ts';
import type { PhaseId, Reference, Session } from '../../engine/index.ts';
import type { toolNames } from '../ids.ts';

/** What a model may give; each tool's schema in package.json says what it takes. */
export interface ToolInput {
  /** Name of a workspace folder; the first one with a tree pair when absent. */
  readonly folder?: string;
  readonly phase?: string;
  readonly category?: string;
  readonly kind?: string;
  readonly standing?: string;
  /** A workspace path. */
  readonly path?: string;
  readonly limit?: number;
}

export interface Ask {
  /** Shown while it is at work. */
  readonly doing: string;
  readonly answer: (session: Session, input: ToolInput, token: vscode.CancellationToken) => Promise<string>;
}

/** Of references: a whole repository's would fill a model's window. */
const usualLimit = 200;

export const askTools: Readonly<Record<(typeof toolNames)[number], Ask>> = {
  'tree-unifier_inventory': {
    doing: 'Comparing both trees',
    answer: async (session, _, token) => inventoryJson(await session.inventory(token)),
  },
  'tree-unifier_references': { doing: 'Looking for legacy references', answer: references },
  'tree-unifier_plan': { doing: 'Planning a phase', answer: plan },
  'tree-unifier_status': {
    doing: 'Measuring the phases',
    answer: async (session, _, token) => statusJson(await session.status(token)),
  },
  'tree-unifier_verify': {
    doing: 'Resolving the imports of the canonical package',
    answer: async (session, _, token) => {
      const findings = await session.brokenImports(token);
      const depth = await session.depthSensitive(token);
      return JSON.stringify({
        checks: {
          imports: { ok: findings.every(({ optional }) => optional), findings },
          paths: {
            ok: depth.length === 0,
            findings: depth.map(({ path, line, text, legacyFolder, canonicalFolder }) => ({
              ...{ path, line },
              message: `\`${text}\` reached \`${legacyFolder || '.'}\` from the legacy tree; here it reaches \`${canonicalFolder || '.'}\`.`,
            })),
          },
        },
      });
    },
  },
};

async function references(session: Session, input: ToolInput, token: vscode.CancellationToken): Promise<string> {
  const report = await session.references(token);
  const isWanted = ({ category, kind, standing, path }: Reference): boolean =>
    isAny(input.category, category) &&
    isAny(input.kind, kind) &&
    isAny(input.standing, standing) &&
    isAny(input.path, path);
  const all = report.references.filter(isWanted);
  const shown = all.slice(0, Math.max(0, input.limit ?? usualLimit));
  const answer = JSON.parse(referencesJson({ ...report, occurrences: all.length, references: shown })) as object;
  return JSON.stringify({ ...answer, left: all.length - shown.length });
}

function isAny(wanted: string | undefined, value: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === value.toLowerCase();
}

async function plan(session: Session, { phase }: ToolInput, token: vscode.CancellationToken): Promise<string> {
  const id = phaseIds.find((one): one is PhaseId => one === phase);
  if (id === undefined) return JSON.stringify({ error: `Say which phase: ${phaseIds.join(', ')}.` });
  return planJson(await session.plan(id, {}, token));
}
