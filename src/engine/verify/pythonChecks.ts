import type { CancellationToken, Git } from '../ports.ts';
import { isPython } from '../python/syntax.ts';
import { WorkspaceFiles } from '../tree/files.ts';
import { pathInTree } from '../tree/pair.ts';
import type { Check, CheckFinding, VerifyWorld } from './check.ts';
import { resultOf, runnerOf } from './check.ts';
import { checkSyntax as findSyntaxErrors } from './syntax.ts';

/** Every import of the canonical packages resolves; with an earlier state, what broke since is told apart. */
export const checkImports: Check = async ({ session, ports }, { since }, token) => {
  const findings =
    since === undefined
      ? await session.brokenImports(token)
      : await session.brokenImportsSince(await treeOf(ports.git, since, token), token);
  return resultOf(
    findings.map(({ path, line, column, message, optional, new: isNew }): CheckFinding => {
      const level = optional ? 'note' : 'problem';
      return { path, line, column, message, level, ...(isNew === undefined ? {} : { new: isNew }) };
    }),
  );
};

/** A checkpoint by its name holds the files in a folder of its own; anything else is git's to understand. */
async function treeOf(git: Git | undefined, since: string, token: CancellationToken | undefined): Promise<string> {
  const checkpoint = `refs/tree-unifier/checkpoints/${since}:files`;
  const found = await git?.run(['rev-parse', '--verify', '--quiet', checkpoint], { token });
  return found?.code === 0 ? checkpoint : since;
}

/** The Python files of the canonical trees, and those changed since the last commit, parse; Python is asked too. */
export const checkSyntax: Check = async (world, _, token) => {
  const paths = await pythonFiles(world, token);
  const files = new WorkspaceFiles(world.ports.files);
  const { findings, note } = await findSyntaxErrors(files, paths, runnerOf(world), token);
  return resultOf(
    findings.map((finding): CheckFinding => ({ ...finding, level: 'problem' })),
    [note],
  );
};

async function pythonFiles({ session, ports }: VerifyWorld, token?: CancellationToken): Promise<string[]> {
  const changed = await ports.git?.run(['diff', '--name-only', '-z', '--relative', 'HEAD'], { token });
  const names = new Set(new TextDecoder().decode(changed?.stdout ?? new Uint8Array()).split('\0'));
  const listed = await ports.files.list(token);
  return listed.filter(
    (path) =>
      isPython(path) &&
      (names.has(path) || session.pairs.some(({ canonical }) => pathInTree(canonical, path) !== undefined)),
  );
}
