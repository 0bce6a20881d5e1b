import { EngineError, throwIfCancelled } from '../../errors.ts';
import type { CancellationToken } from '../../ports.ts';
import { compareText } from '../../tree/files.ts';
import type { Check, CheckFinding, CheckResult, VerifyWorld } from '../check.ts';
import { compareBackends } from './compare.ts';
import { backendTargets } from './entries.ts';
import type { BackendLimits, ProbeTools } from './host.ts';
import { defaultLimits } from './host.ts';
import { commandOf } from './launch.ts';
import type { BackendComparison, BackendTarget, Probe, ProbedBackend } from './model.ts';
import { probeBackend } from './probe.ts';

/** Starts the backends of a trusted workspace one after the other, and compares what they answer. */
export const checkBackend: Check = async (world, _, token) => await runBackends(world, defaultLimits, token);

/** The same with other limits. */
export async function runBackends(
  world: VerifyWorld,
  limits: BackendLimits,
  token?: CancellationToken,
): Promise<CheckResult> {
  // A caller in plain JavaScript, or a cast, must not get past this.
  if (world.backends?.trusted !== true)
    return { ok: false, findings: [], skipped: 'Backends are started in trusted workspaces alone.' };
  const tools: ProbeTools = { host: world.backends.host, limits, token };
  const targets = world.backends.targets ?? (await planBackends(world, token));
  if (targets.length === 0)
    return {
      ok: false,
      findings: [],
      skipped: 'There is no backend to start: name one in the setting treeUnifier.entryPoints.',
    };
  const backends: ProbedBackend[] = [];
  for (const target of targets) {
    throwIfCancelled(token);
    const { name, role, launch, places } = target;
    backends.push({ name, role, command: commandOf(launch), places, probe: await probe(target, world, tools) });
  }
  const comparison = compareBackends(backends);
  const findings = findingsOf(comparison, targets);
  return { ok: findings.length === 0, findings, backends: comparison };
}

/**
 * The backends that the check would start, in its order. Starts nothing of the workspace: Python alone is asked,
 * isolated from it, whether it has uvicorn. None where the workspace is not trusted.
 * @throws EngineError `backend` when there is no Python.
 */
export async function planBackends(world: VerifyWorld, token?: CancellationToken): Promise<readonly BackendTarget[]> {
  if (world.backends?.trusted !== true) return [];
  return await backendTargets(world, await world.backends.host.hasModule('uvicorn'), token);
}

async function probe(target: BackendTarget, world: VerifyWorld, tools: ProbeTools): Promise<Probe> {
  const unfit = await whyNotStarted(target, world);
  if (unfit !== undefined) return { kind: 'failed', reason: unfit, output: [], leftBehind: 0 };
  try {
    return await probeBackend(target, tools);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { kind: 'failed', reason: error.message, output: [], leftBehind: 0 };
  }
}

/**
 * A sentence for a backend that is planned and never started, `undefined` for any other: the settings may name a module of
 * the workspace; any other that Python finds is none of ours to start.
 */
export async function whyNotStarted(
  { launch, cwd, role }: BackendTarget,
  { ports }: Pick<VerifyWorld, 'ports'>,
): Promise<string | undefined> {
  if (role !== 'other' || launch.kind === 'file') return undefined;
  const path = launch.module.replaceAll('.', '/');
  for (const folder of new Set([cwd, ''])) {
    const place = folder === '' ? path : `${folder}/${path}`;
    for (const file of [`${place}.py`, `${place}/__init__.py`])
      if ((await ports.files.stat(file)).kind === 'file') return undefined;
  }
  return `There is no module ${launch.module} in the workspace.`;
}

function findingsOf({ backends, differences }: BackendComparison, targets: readonly BackendTarget[]): CheckFinding[] {
  const places = new Map(targets.map((target) => [target.name, placeOf(target)]));
  const finding = (name: string, message: string): CheckFinding => ({
    ...(places.get(name) ?? { path: '', line: 1 }),
    ...{ level: 'problem', message: `${name}: ${message}` },
  });
  const failed = backends.flatMap(({ name, command, probe }) => [
    ...(probe.kind === 'failed' ? [finding(name, `\`${command}\` does not answer. ${probe.reason}`)] : []),
    ...(probe.leftBehind > 0 ? [finding(name, leftText(probe.leftBehind))] : []),
  ]);
  const different = differences.map(({ backend, message }) => finding(backend, message));
  return [...failed, ...different].sort((a, b) => compareText(a.path, b.path) || a.line - b.line);
}

function leftText(count: number): string {
  return `It left ${count === 1 ? 'a process' : `${count} processes`} behind when it was stopped; what was left was ended.`;
}

/** Where somebody starts it, else the module itself. */
function placeOf({ places, launch, pythonPath }: BackendTarget): { path: string; line: number } {
  const [first] = places;
  if (first !== undefined) return first;
  if (launch.kind === 'file') return { path: launch.path, line: 1 };
  const file = `${launch.module.replaceAll('.', '/')}.py`;
  const [folder = ''] = pythonPath;
  return { path: folder === '' ? file : `${folder}/${file}`, line: 1 };
}
