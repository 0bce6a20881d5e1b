import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listFiles, PackageManager } from '@vscode/vsce';
import { cached } from './cache.ts';
import { run } from './run.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs VS Code's server from the npm registry, once per lock file, and returns the path of its `server-main.js`.
 *
 * No install script runs: they would compile native modules (terminal, Kerberos, logging) that no test needs and that want
 * a compiler. Server, workbench, extension host and the git extension do without them.
 */
export async function installServer(): Promise<string> {
  const lock = await readFile(join(import.meta.dirname, 'package-lock.json'));
  const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const dir = await cached('server', version, async (partial) => {
    console.log("Installing VS Code's server into .vscode-host/, which happens once ...");
    for (const file of ['package.json', 'package-lock.json']) {
      await cp(join(import.meta.dirname, file), join(partial, file));
    }
    await npm(partial, 'ci');
    // Not `ci`, which finds the published shrinkwrap incomplete. It is followed all the same.
    await npm(vscodeIn(partial), 'install', '--omit=dev');
  });
  return join(vscodeIn(dir), 'out', 'server-main.js');
}

/** Copies the files that a packaged extension would have into a folder of installed extensions. */
export async function installPackaged(extensionDir: string, extensionsDir: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(extensionDir, 'package.json'), 'utf8')) as Manifest;
  const target = join(extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  const files = await listFiles({ cwd: extensionDir, packageManager: PackageManager.None });
  if (files.length > MANY_FILES) {
    throw new Error(
      `The packaged extension would have ${files.length} files: .vscodeignore has to leave more of them out.`,
    );
  }
  for (const file of files) await cp(join(extensionDir, file), join(target, file));
}

/** Installs a package into a folder of installed extensions, as VS Code itself does it. */
export async function installVsix(vsix: string, extensionsDir: string): Promise<void> {
  const main = await installServer();
  const { path: data, remove } = await temporaryFolder('install');
  const args = ['--install-extension', vsix, '--extensions-dir', extensionsDir, '--server-data-dir', data];
  try {
    // Its output says that a native module is missing, which nothing here needs; a failure shows it.
    await promisify(execFile)(process.execPath, [main, ...args, '--accept-server-license-terms']);
  } finally {
    await remove();
  }
}

/** More than the extension will ever have, and fewer than the folders of caches and tests have. */
const MANY_FILES = 100;

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

const vscodeIn = (dir: string): string => join(dir, 'node_modules', 'code-server', 'lib', 'vscode');

/** The npm that started this run, under this Node; else the one on the path. */
async function npm(cwd: string, ...args: string[]): Promise<void> {
  const self = process.env['npm_execpath'];
  const [command, ...first] = self?.endsWith('.js') ? [process.execPath, self] : ['npm'];
  const shell = command === 'npm' && process.platform === 'win32'; // npm is a batch file there
  const code = await run(command, [...first, ...args, ...QUIET], {
    cwd,
    shell,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (code !== 0) throw new Error(`"npm ${args.join(' ')}" failed in ${cwd}. Its own message is above.`);
}
