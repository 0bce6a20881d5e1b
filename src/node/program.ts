import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  isProgram(file: string): boolean;
}

const thisMachine: Machine = { env: process.env, platform: process.platform, isProgram };

/**
 * The absolute path of a program on the PATH. Looked up here because the system's own search would also find a
 * `git.exe` that lies in the (untrusted) folder we run it in.
 */
export function findProgram(name: string, machine: Machine = thisMachine): string | undefined {
  const paths = machine.platform === 'win32' ? path.win32 : path.posix;
  // Only .exe: a .cmd or .bat cannot be started without a shell.
  const fileName = machine.platform === 'win32' ? `${name}.exe` : name;
  const folders = (machine.env['PATH'] ?? machine.env['Path'] ?? '').split(paths.delimiter);
  return folders
    .map((folder) => folder.replace(/^"(.*)"$/u, '$1'))
    .filter((folder) => paths.isAbsolute(folder))
    .map((folder) => paths.join(folder, fileName))
    .find((file) => machine.isProgram(file));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
