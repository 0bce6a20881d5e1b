import type { WorkspaceFiles } from '../tree/files.ts';

const VERSIONS = [8, 9, 10, 11, 12, 13, 14].map((minor) => `3${minor}`);
const MACHINES = ['x86_64-linux-gnu', 'aarch64-linux-gnu', 'x86_64-linux-musl', 'aarch64-linux-musl', 'darwin'];

/** What a module's file may end in, as CPython names it: source, package, and built for a version and a machine. */
const ENDINGS = [
  ...['.py', '/__init__.py', '.so', '.abi3.so', '.pyd'],
  ...VERSIONS.flatMap((version) => [
    ...MACHINES.map((machine) => `.cpython-${version}-${machine}.so`),
    ...['win_amd64', 'win_arm64', 'win32'].map((machine) => `.cp${version}-${machine}.pyd`),
  ]),
];

/**
 * Whether a module is on the disk though it is not listed: a build made it and git ignores it, or a link leads to it.
 *
 * @param path of the workspace, without an ending
 */
export async function isUnlistedModule(files: WorkspaceFiles, path: string): Promise<boolean> {
  for (const ending of ENDINGS) {
    const file = path + ending;
    if (!files.has(file) && (await files.exists(file))) return true;
  }
  return false;
}
