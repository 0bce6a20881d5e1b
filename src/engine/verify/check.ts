import type { Config } from '../config.ts';
import { throwIfCancelled } from '../errors.ts';
import type { CancellationToken, Ports, ProcessRunner } from '../ports.ts';
import type { Session } from '../session.ts';
import type { BackendComparison, BackendTarget } from './backend/model.ts';
import type { BackendHost } from './backend/host.ts';

export const checkNames = ['imports', 'syntax', 'paths', 'docker', 'backend'] as const;
export type CheckName = (typeof checkNames)[number];

/** Those that start no program of the workspace. */
export const quickChecks: readonly CheckName[] = ['imports', 'syntax', 'paths', 'docker'];

/** Something that a check found, at its place. */
export interface CheckFinding {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units; absent where the line as a whole is meant. */
  readonly column?: number;
  /** One sentence or two, for people. */
  readonly message: string;
  /** `note`: worth knowing, and nothing to mend. */
  readonly level: 'problem' | 'note';
  /** Set by a comparison with an earlier state. */
  readonly new?: boolean;
}

export interface CheckResult {
  /** No finding is a problem. */
  readonly ok: boolean;
  readonly findings: readonly CheckFinding[];
  /** Why the check could not be made; it is not `ok` then. */
  readonly skipped?: string;
  /** How it was made, in sentences: who was asked as well, and who could not be. */
  readonly notes?: readonly string[];
  /** What the backend check measured. */
  readonly backends?: BackendComparison;
}

/** What a check works on. */
export interface VerifyWorld {
  readonly session: Session;
  readonly config: Config;
  readonly ports: Ports;
  /** Starts programs of the workspace: given only for a workspace that its user trusts. */
  readonly backends?: TrustedBackends;
  /** Asks programs of the machine about the workspace's files: given only for a workspace that its user trusts. */
  readonly programs?: TrustedPrograms;
}

/** Whoever makes one says that the user trusts the workspace: the command line's user by calling it, VS Code's by its own question. */
export interface TrustedBackends {
  readonly trusted: true;
  readonly host: BackendHost;
  /** What somebody was shown and agreed to: no other is started. All that are found when absent. */
  readonly targets?: readonly BackendTarget[];
}

/** As {@link TrustedBackends}. */
export interface TrustedPrograms {
  readonly trusted: true;
  readonly runner: ProcessRunner;
}

/** Who may be asked; a caller in plain JavaScript, or a cast, must not get past this. */
export function runnerOf({ programs }: VerifyWorld): ProcessRunner | undefined {
  return programs?.trusted === true ? programs.runner : undefined;
}

export interface VerifyOptions {
  /** A commit or checkpoint: what was broken then already is told apart. */
  readonly since?: string;
  /** Told when a check begins, without a result, and when it is done, with it. */
  readonly onCheck?: (name: CheckName, result?: CheckResult) => void;
}

export type Check = (world: VerifyWorld, options: VerifyOptions, token?: CancellationToken) => Promise<CheckResult>;

export type VerifyReport = Readonly<Partial<Record<CheckName, CheckResult>>>;

/** Makes the checks one after the other, in the order of {@link checkNames}. */
export async function makeChecks(
  checks: Readonly<Partial<Record<CheckName, Check>>>,
  wanted: readonly CheckName[],
  world: VerifyWorld,
  options: VerifyOptions,
  token?: CancellationToken,
): Promise<VerifyReport> {
  const report: Partial<Record<CheckName, CheckResult>> = {};
  for (const name of checkNames) {
    throwIfCancelled(token);
    const check = wanted.includes(name) ? checks[name] : undefined;
    if (check === undefined) continue;
    options.onCheck?.(name);
    const result = await check(world, options, token);
    options.onCheck?.(name, result);
    report[name] = result;
  }
  return report;
}

export function resultOf(findings: readonly CheckFinding[], notes: readonly string[] = []): CheckResult {
  const ok = findings.every(({ level }) => level !== 'problem');
  return { ok, findings, ...(notes.length === 0 ? {} : { notes }) };
}
