import { CancelledError, throwIfCancelled } from '../../errors.ts';
import type { HttpAnswer, ProbeTools, RunningBackend } from './host.ts';
import { argumentsOf } from './launch.ts';
import type { BackendTarget, Probe } from './model.ts';
import { pluginsOf, readRoutes } from './openApi.ts';

/** Between two questions for its health, in milliseconds. */
const ASK_EVERY = 50;
/** Lines of a failed backend's output that are shown. */
const SHOWN_LINES = 20;

type Answered = Omit<Extract<Probe, { kind: 'answered' }>, 'leftBehind'>;
type Failed = Omit<Extract<Probe, { kind: 'failed' }>, 'leftBehind' | 'output'>;

/** Starts a backend, asks it, and ends it, whatever happens. */
export async function probeBackend(target: BackendTarget, tools: ProbeTools): Promise<Probe> {
  throwIfCancelled(tools.token);
  const { host } = tools;
  const scratch = target.shim === undefined ? undefined : await host.scratch(target.shim);
  try {
    const port = await host.freePort();
    const running = await host.start({
      args: argumentsOf(target, port, scratch?.path),
      cwd: target.cwd,
      pythonPath: [...(scratch === undefined ? [] : [scratch.path]), ...target.pythonPath],
      env: { HOST: '127.0.0.1', PORT: String(port), ...withPort(target.env, port) },
    });
    let found: Answered | Failed | undefined;
    let leftBehind = 0;
    try {
      found = await ask(target, port, running, tools);
    } finally {
      ({ leftBehind } = await running.stop());
    }
    // Read once it has ended: its last words may come late.
    return found.kind === 'answered'
      ? { ...found, leftBehind }
      : { ...found, output: lastLines(running.output()), leftBehind };
  } finally {
    await scratch?.dispose();
  }
}

function withPort(env: Readonly<Record<string, string>>, port: number): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replaceAll('{port}', String(port))]),
  );
}

async function ask(
  target: BackendTarget,
  port: number,
  running: RunningBackend,
  tools: ProbeTools,
): Promise<Answered | Failed> {
  const { host, limits, token } = tools;
  const health = await waitForHealth(target, port, running, tools);
  if ('kind' in health) return health;
  const document = await host.get(port, '/openapi.json', limits.request);
  if (token?.isCancellationRequested === true) throw new CancelledError();
  const routes = document?.status === 200 ? readRoutes(document.body) : undefined;
  const listed = routes?.find(({ method, path }) => method === 'GET' && path.endsWith('/plugins'));
  const answer = listed === undefined ? undefined : await host.get(port, listed.path, limits.request);
  const plugins = pluginsOf(health.body) ?? (answer?.status === 200 ? pluginsOf(answer.body) : undefined);
  return { kind: 'answered', health, ...(routes && { routes }), ...(plugins && { plugins }) };
}

/** A `404` is an answer as well: this backend tells nothing of its health. */
async function waitForHealth(
  target: BackendTarget,
  port: number,
  running: RunningBackend,
  { host, limits, token }: ProbeTools,
): Promise<HttpAnswer | Failed> {
  const started = Date.now();
  let unwellSince: number | undefined;
  let last: HttpAnswer | undefined;
  for (;;) {
    throwIfCancelled(token);
    const ended = running.ended();
    if (ended !== undefined) return { kind: 'failed', reason: `It ended before it answered: ${ended}.` };
    const left = started + limits.start - Date.now();
    if (left <= 0 || (unwellSince !== undefined && Date.now() - unwellSince >= limits.unwell)) break;
    const answer = await host.get(port, target.health, Math.min(left, limits.request));
    if (answer !== undefined && (answer.status < 400 || answer.status === 404)) return answer;
    if (answer !== undefined) unwellSince ??= Date.now();
    last = answer ?? last;
    await host.wait(ASK_EVERY);
  }
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const reason =
    last === undefined
      ? `It did not answer ${target.health} within ${seconds} s.`
      : `It answers ${target.health} with ${last.status}: ${shortened(last.body)}`;
  return { kind: 'failed', reason };
}

function lastLines(output: string): string[] {
  const lines = output.split(/\r\n|\r|\n/u).map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return lines.slice(-SHOWN_LINES).map((line) => line.slice(0, 500));
}

function shortened(body: string): string {
  const line = body.replace(/\s+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
