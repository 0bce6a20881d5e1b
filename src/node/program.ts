import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  isProgram(file: string): boolean;
  /** The folder without links; itself where there is none. */
  realFolder(folder: string): string;
}

const thisMachine: Machine = { env: process.env, platform: process.platform, isProgram, realFolder };

/**
 * The absolute path of a program on the PATH. Looked up here because the system's own search would also find a
 * `git.exe` that lies in the (untrusted) folder we run it in.
 */
export function findProgram(name: string, machine: Machine = thisMachine): string | undefined {
  return findIn(absoluteFolders(machine), name, machine);
}

/**
 * The same, of the machine alone: what the workspace `root` holds is passed over, though its folder is on the PATH
 * (`node_modules/.bin` under npm, `.venv/bin`, a folder that the shell adds by itself).
 */
export function findOutside(root: string, name: string, machine: Machine = thisMachine): string | undefined {
  return findIn(foldersOutside(root, machine), name, machine);
}

/**
 * Variables by which a program of the machine finds others of the machine alone: one that is a script has its first line
 * look for its shell.
 */
export function pathOutside(root: string, machine: Machine = thisMachine): Record<string, string> {
  const path = foldersOutside(root, machine).join(pathsOf(machine).delimiter);
  const names = Object.keys(machine.env).filter((name) => name.toUpperCase() === 'PATH');
  return Object.fromEntries(names.map((name) => [name, path]));
}

function findIn(folders: readonly string[], name: string, machine: Machine): string | undefined {
  // Only .exe: a .cmd or .bat cannot be started without a shell.
  const fileName = machine.platform === 'win32' ? `${name}.exe` : name;
  return folders.map((folder) => pathsOf(machine).join(folder, fileName)).find((file) => machine.isProgram(file));
}

function foldersOutside(root: string, machine: Machine): string[] {
  const paths = pathsOf(machine);
  const isInside = (folder: string, top: string): boolean => {
    const way = paths.relative(top, folder);
    return way.split(paths.sep)[0] !== '..' && !paths.isAbsolute(way);
  };
  // Of a workspace that is the whole disk, nothing would be left.
  if (paths.dirname(root) === root) return absoluteFolders(machine);
  const real = machine.realFolder(root);
  return absoluteFolders(machine).filter(
    (folder) => !isInside(folder, root) && !isInside(machine.realFolder(folder), real),
  );
}

function absoluteFolders(machine: Machine): string[] {
  const paths = pathsOf(machine);
  return (machine.env['PATH'] ?? machine.env['Path'] ?? '')
    .split(paths.delimiter)
    .map((folder) => folder.replace(/^"(.*)"$/u, '$1'))
    .filter((folder) => paths.isAbsolute(folder));
}

function pathsOf({ platform }: Machine): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
