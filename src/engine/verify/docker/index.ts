import type { Check } from '../check.ts';
import { resultOf, runnerOf } from '../check.ts';
import { askCompose } from './askCompose.ts';
import { dockerFindings } from './findings.ts';
import { containersOf, readerOf } from './scene.ts';

/**
 * Whether each service's Python entry point would be imported in its container, and which tree it runs; docker compose is
 * asked whether it reads the files as we do.
 */
export const checkDocker: Check = async (world, _, token) => {
  const reading = await containersOf(world, token);
  const findings = dockerFindings(reading);
  if (reading.projects.length === 0) return resultOf(findings);
  const runner = runnerOf(world);
  if (runner === undefined)
    return resultOf(findings, ['Read without docker compose, which is asked in trusted workspaces alone.']);
  const asked = await askCompose(runner, reading.projects, readerOf(world.ports.files), token);
  return resultOf([...findings, ...asked.findings], [asked.note]);
};
