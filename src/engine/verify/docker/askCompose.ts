import { throwIfCancelled } from '../../errors.ts';
import type { CancellationToken, ProcessResult, ProcessRunner } from '../../ports.ts';
import type { CheckFinding } from '../check.ts';
import type { ComposeProject, ReadText } from './compose.ts';
import { compareReadings } from './compareReadings.ts';

/** For one question, in milliseconds. */
const LIMIT = 10_000;

export interface Asked {
  /** Where docker compose reads a file otherwise than we do. */
  readonly findings: readonly CheckFinding[];
  /** A sentence on who was asked. */
  readonly note: string;
}

/**
 * Has docker compose, where there is one, read the same files, and compares. It starts nothing and asks no daemon; files
 * that take in something by the network are not given to it.
 *
 * The form of its answers is taken from the source of Compose 2 (`types.Project` as JSON); it was run
 * against stand-ins that answer so, not against a Docker yet.
 */
export async function askCompose(
  runner: ProcessRunner,
  projects: readonly ComposeProject[],
  read: ReadText,
  token?: CancellationToken,
): Promise<Asked> {
  const options = { limitMs: LIMIT, token };
  const version = await runner.run('docker', ['compose', 'version', '--short'], options);
  if (version?.code !== 0) return { findings: [], note: `Read without docker compose, ${whyNot(version)}.` };
  const findings: CheckFinding[] = [];
  for (const project of projects) {
    throwIfCancelled(token);
    findings.push(...(await askFor(project, runner, read, token)));
  }
  return { findings, note: `Compared with docker compose ${textOf(version.stdout).trim()}.` };
}

function whyNot(version: ProcessResult | undefined): string {
  if (version === undefined) return 'for there is no docker on the PATH';
  return version.code === undefined ? 'for docker did not answer in time' : 'which this docker does not have';
}

async function askFor(
  project: ComposeProject,
  runner: ProcessRunner,
  read: ReadText,
  token?: CancellationToken,
): Promise<CheckFinding[]> {
  const note = (message: string): CheckFinding[] => [{ path: project.path, line: 1, level: 'note', message }];
  if (project.isOpen) return note('Docker compose is not asked: the file takes in what is not in the workspace.');
  const files = project.files.flatMap((file) => ['-f', `${runner.root}/${file}`]);
  const args = ['compose', ...files, '--profile', '*', 'config', '--format', 'json'];
  const ran = await runner.run('docker', args, { limitMs: LIMIT, token });
  if (ran?.code === undefined) return note('Docker compose did not answer in time.');
  if (ran.code !== 0) return note(`Docker compose does not take the file as it is here: ${reason(ran.stderr)}.`);
  const theirs = readJson(textOf(ran.stdout));
  if (theirs === undefined) return note('Docker compose answered with something else than its JSON.');
  return await compareReadings(project, theirs, { root: runner.root, read });
}

/** The last line that says something: warnings come before it. */
function reason(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line !== '' && !line.startsWith('time=')) ?? 'it does not say why';
  return last.replace(/\.$/u, '');
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
