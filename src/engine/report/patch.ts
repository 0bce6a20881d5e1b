import { EngineError } from '../errors.ts';
import { importStream } from '../history/merge/fastImport.ts';
import type { Version } from '../history/merge/model.ts';
import type { FileOutcome } from '../plan/outcome.ts';
import type { CancellationToken, Git } from '../ports.ts';

/**
 * The outcomes as a patch that `git apply` takes, written by git itself: modes, binary files and odd names included.
 * @throws EngineError `git` when git fails.
 */
export async function patchOf(
  git: Git,
  outcomes: readonly FileOutcome[],
  wasExecutable: (path: string) => Promise<boolean>,
  token?: CancellationToken,
): Promise<Uint8Array> {
  const [before, after] = [new Map<string, Version>(), new Map<string, Version>()];
  for (const { path, before: old, after: now, executable } of outcomes) {
    const was = old === undefined ? false : await wasExecutable(path);
    if (old !== undefined) before.set(path, { bytes: old, executable: was });
    if (now !== undefined) after.set(path, { bytes: now, executable: executable ?? was });
  }
  const scratch = await git.scratch();
  try {
    const input = importStream([
      { name: 'before', files: before },
      { name: 'after', files: after },
    ]);
    const imported = await scratch.run(['fast-import', '--quiet', '--date-format=raw'], { input, token });
    const args = ['diff', '--binary', '--full-index', '--no-renames', '--no-color', '--no-ext-diff', 'before', 'after'];
    const { code, stdout, stderr } = imported.code === 0 ? await scratch.run(args, { token }) : imported;
    if (code !== 0) throw new EngineError('git', `Git cannot write the patch: ${stderr.trim()}.`);
    return stdout;
  } finally {
    await scratch.dispose();
  }
}
