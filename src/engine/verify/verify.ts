import type { CancellationToken } from '../ports.ts';
import { checkBackend } from './backend/index.ts';
import type { Check, CheckName, VerifyOptions, VerifyReport, VerifyWorld } from './check.ts';
import { makeChecks, quickChecks } from './check.ts';
import { checkDocker } from './docker/index.ts';
import { checkPaths } from './paths.ts';
import { checkImports, checkSyntax } from './pythonChecks.ts';

/** Every check by its name: a new one is a function and a line here. */
export const checks: Readonly<Record<CheckName, Check>> = {
  imports: checkImports,
  syntax: checkSyntax,
  paths: checkPaths,
  docker: checkDocker,
  backend: checkBackend,
};

/**
 * Makes the checks that are wanted and known, {@link quickChecks} when none is named. `backend` starts programs of the
 * workspace: it is skipped, and says so, unless the world holds {@link VerifyWorld.backends}.
 * @throws CancelledError
 */
export async function verify(
  world: VerifyWorld,
  wanted: readonly CheckName[] = quickChecks,
  options: VerifyOptions = {},
  token?: CancellationToken,
): Promise<VerifyReport> {
  // A world of its own for each run: what the checks share of it is measured anew.
  return await makeChecks(checks, wanted, { ...world }, options, token);
}
