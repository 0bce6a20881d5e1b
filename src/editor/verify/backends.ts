import * as vscode from 'vscode';
import { argumentVector, EngineError } from '../../engine/index.ts';
import type { BackendHost, BackendTarget, CancellationToken, TrustedBackends } from '../../engine/index.ts';
import type { Adapters } from '../adapters.ts';
import type { Progress } from '../apply/atWork.ts';
import { loadEngine } from '../engine.ts';
import type { FolderModel } from '../folders/index.ts';
import { count, unlinked } from '../tree/row.ts';
import { chosenPython } from './interpreter.ts';

/** What would be started in a folder, and what starts it. */
export interface PlannedBackends {
  readonly host: BackendHost;
  readonly targets: readonly BackendTarget[];
  /** A line for each that will be started, for people to agree to. */
  readonly lines: readonly string[];
  /** Why others are not. */
  readonly left: readonly string[];
}

/**
 * The gate of all that starts a program: a command can be run from anywhere, whatever its menu items say.
 * @throws EngineError `backend` in Restricted Mode.
 */
function assertMayStart(): void {
  if (vscode.workspace.isTrusted) return;
  throw new EngineError('backend', 'In Restricted Mode no program is started: trust this workspace first.');
}

/**
 * Looks for the backends of a folder; starts none of them.
 * @throws EngineError `backend` in Restricted Mode, and where there is no pair or no backend.
 */
export async function findBackends(
  { folder, opened }: FolderModel,
  adapters: Adapters,
  token: CancellationToken,
): Promise<PlannedBackends> {
  assertMayStart();
  if (opened === undefined)
    throw new EngineError('backend', `The backend trees in "${folder.name}" are not measured yet: try again.`);
  const { openSession, planBackends, whyNotStarted } = await loadEngine();
  const { config, ports } = opened;
  const host = adapters.createBackendHost(folder.uri.fsPath, await chosenPython(folder.uri));
  const world = {
    session: await openSession(ports, config),
    config,
    ports,
    backends: { trusted: true, host } as const,
  };
  const targets = await planBackends(world, token);
  const refusals = await Promise.all(targets.map((target) => whyNotStarted(target, world)));
  const isStarted = (_: unknown, at: number): boolean => refusals[at] === undefined;
  const lines = targets.filter(isStarted).map((target) => lineOf(target, host.python ?? 'python3'));
  const left = refusals.flatMap((why, at) =>
    why === undefined ? [] : [`Not ${quoted(targets[at]?.name ?? '')}: ${why}`],
  );
  if (lines.length > 0) return { host, targets, lines, left };
  const none = 'There is no backend to start: name one in the setting treeUnifier.entryPoints.';
  throw new EngineError('backend', [none, ...left].join(' '));
}

/** Names every program by its argument vector, and asks. */
export async function isAgreed({ folder }: FolderModel, { lines, left }: PlannedBackends): Promise<boolean> {
  const action = 'Start';
  const how =
    'One after the other, with your rights and on a free port of this machine alone. Each is asked for its health and its routes, and ended.';
  const detail = [how, ...lines, ...left];
  const message = `Start ${count(lines.length, 'backend')} of "${folder.name}"?`;
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail: detail.join('\n\n') }, action);
  return answer === action;
}

/** What was agreed to, and no more; says what it starts. */
export function agreedBackends({ host, targets, lines }: PlannedBackends, progress: Progress): TrustedBackends {
  assertMayStart();
  let started = 0;
  const start: BackendHost['start'] = async (program) => {
    started += 1;
    const words = ['python3', ...program.args].map(quoted).join(' ');
    progress.report({
      message: unlinked(`${started} of ${lines.length}: ${words}`),
    });
    return await host.start(program);
  };
  return { trusted: true, host: { ...host, start }, targets };
}

function lineOf(target: BackendTarget, python: string): string {
  const { cwd, env } = target;
  const variables = Object.entries(env).map(([variable, value]) => `${variable}=${quoted(value)}`);
  return [
    argumentVector(target, python).map(quoted).join(' '),
    ...(cwd === '' ? [] : [`in ${quoted(cwd)}`]),
    ...(variables.length === 0 ? [] : [`with ${variables.join(' ')}`]),
  ].join(', ');
}

/** A word that can be taken for nothing else; what cannot be seen is written out. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./\\<>{}-]+$/u.test(word)) return word;
  return JSON.stringify(word).replace(/\p{C}/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}
