import { defaultPair } from '../../../../src/engine/index.ts';
import type { CheckFinding } from '../../../../src/engine/index.ts';
import type { DockerReading } from '../../../../src/engine/verify/docker/check.ts';
import { readContainers } from '../../../../src/engine/verify/docker/check.ts';
import { dockerFindings } from '../../../../src/engine/verify/docker/findings.ts';
import { readYaml } from '../../../../src/engine/verify/docker/readYaml.ts';

export type Files = Readonly<Record<string, string>>;

/** Both trees, each with a program and a worker that import their own package. */
export const trees: Files = {
  'pixsim7/__init__.py': '',
  'pixsim7/backend/__init__.py': '',
  'pixsim7/backend/main/__init__.py': '',
  'pixsim7/backend/main/main.py': 'from pixsim7.backend.main.core import app\n',
  'pixsim7/backend/main/core.py': 'app = 1\n',
  'pixsim7/backend/main/jobs.py': 'class Settings: ...\n',
  'pixsim7_backend/__init__.py': '',
  'pixsim7_backend/main.py': 'from pixsim7_backend.core import app\n',
  'pixsim7_backend/core.py': 'app = 1\n',
};

export async function readingOf(files: Files): Promise<DockerReading> {
  const all: Files = { ...trees, ...files };
  return await readContainers({
    paths: Object.keys(all).sort(),
    pairs: [defaultPair],
    read: (path) => Promise.resolve(Object.hasOwn(all, path) ? all[path] : undefined),
    readYaml,
  });
}

/** `path:line level message`, one a line. */
export async function findingsOf(files: Files): Promise<string[]> {
  return dockerFindings(await readingOf(files)).map(line);
}

export function line({ path, line: at, level, message }: CheckFinding): string {
  return `${path}:${at} ${level} ${message}`;
}

/**
 * What becomes of one Dockerfile (built by a service from the root) and the service's other lines: `canonical` or `legacy`
 * with `copy` or `mount`, `fails`, `unknown`, or nothing when no program of ours is started.
 */
export async function outcomeOf(dockerfile: string, service = '', files: Files = {}): Promise<string> {
  const compose = `services:\n  app:\n    build: { context: . }\n${service.replace(/^(?=.)/gmu, '    ')}\n`;
  const { verdicts } = await readingOf({ 'docker-compose.yml': compose, Dockerfile: dockerfile, ...files });
  return verdicts
    .map(({ outcome }) => (outcome.kind === 'runs' ? `${outcome.tree} ${outcome.how}` : outcome.kind))
    .join(', ');
}
