import type { WorkspaceFiles } from '../tree/files.ts';

/** For which CPython names what it builds; a version that is missing here costs a finding too many, no more. */
const VERSIONS = ['39', '310', '311', '312', '313', '314'];

/** What a module's file may end in: source, package, and built for a version and a machine. */
const ENDINGS = [
  ...['.py', '/__init__.py', '.so', '.abi3.so', '.pyd'],
  ...VERSIONS.flatMap((version) => [
    ...['x86_64-linux-gnu', 'aarch64-linux-gnu', 'darwin'].map((machine) => `.cpython-${version}-${machine}.so`),
    `.cp${version}-win_amd64.pyd`,
  ]),
];

/**
 * Whether a module is on the disk though it is not listed: a build made it and git ignores it, or a link leads to it.
 *
 * @param path of the workspace, without an ending
 */
export async function isUnlistedModule(files: WorkspaceFiles, path: string): Promise<boolean> {
  const unlisted = ENDINGS.map((ending) => path + ending).filter((file) => !files.has(file));
  return (await Promise.all(unlisted.map(async (file) => await files.exists(file)))).includes(true);
}
