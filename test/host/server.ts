import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { installPackaged, installServer } from './install.ts';
import { untilEnd } from './lifetime.ts';
import { CAN_LEAD_GROUP, endGroup, signalGroup } from './processGroup.ts';
import { QUIET_SETTINGS } from './settings.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export interface ServerOptions {
  /** The folder that the workbench opens, or a `.code-workspace` file; `''` for a window without any. */
  readonly folder: string;
  readonly extensionDir: string;
  /**
   * The file whose `run()` the extension host is to call. The extension then runs as one under development, and VS Code
   * shows neither notifications nor dialogs. Without it the extension runs as a packaged one, and everything is shown.
   */
  readonly testsPath?: string;
  /** A folder with installed extensions, to look at those instead of `extensionDir`. */
  readonly extensionsDir?: string;
  readonly userSettings?: Readonly<Record<string, unknown>>;
  /** True: the folder is opened untrusted, in restricted mode. False (the default): everything is trusted. */
  readonly workspaceTrust?: boolean;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Server {
  /** The workbench's address. */
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
  /** Resolves when the server is gone, for whatever reason. */
  readonly ended: Promise<void>;
}

const START_LIMIT_MS = 30_000;

/** Starts VS Code's server on a free port of this machine alone, with a data folder of its own that goes when it ends. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const main = await installServer();
  const { path: dir, remove } = await temporaryFolder('server');
  await mkdir(join(dir, 'data', 'User'), { recursive: true });
  await mkdir(join(dir, 'tmp'));
  if (options.testsPath === undefined && options.extensionsDir === undefined) {
    await installPackaged(options.extensionDir, join(dir, 'extensions'));
  }
  const settings = { ...QUIET_SETTINGS, ...options.userSettings };
  await writeFile(join(dir, 'data', 'User', 'settings.json'), JSON.stringify(settings));

  // A process group of its own: the extension host and what it started end with it, and Ctrl+C reaches us first.
  const child = spawn(process.execPath, [main, ...serverArgs(options, dir)], {
    detached: CAN_LEAD_GROUP,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(options, dir),
  });
  const killAtExit = (): void => {
    signalGroup(child, 'SIGKILL');
  };
  process.once('exit', killAtExit);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const stop = untilEnd(async () => {
    await endGroup(child);
    process.off('exit', killAtExit);
    await remove();
  });
  try {
    const port = await listeningPort(child);
    return { url: workbenchUrl(port, options), pid: child.pid ?? 0, stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArgs(options: ServerOptions, dir: string): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--disable-telemetry', '--server-data-dir', dir],
    ...['--extensions-dir', options.extensionsDir ?? join(dir, 'extensions')],
    // Without the smoke test driver the workbench ignores the payload in its address; with it, it shows no notification.
    ...(options.testsPath === undefined ? [] : ['--enable-smoke-test-driver']),
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
  ];
}

/** Ours, less what a surrounding VS Code or debugger put there. The temporary folder keeps sockets from piling up. */
function environment(options: ServerOptions, dir: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  const temporary = process.platform === 'linux' ? { TMPDIR: join(dir, 'tmp'), XDG_RUNTIME_DIR: join(dir, 'tmp') } : {};
  return { ...Object.fromEntries(inherited), ...temporary, ...options.env };
}

function workbenchUrl(port: number, { folder, testsPath, extensionDir }: ServerOptions): string {
  const authority = `127.0.0.1:${port}`;
  const remote = (path: string): string => `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
  const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const opened = { [kind]: decodeURIComponent(pathToFileURL(folder).pathname) };
  const query = new URLSearchParams(folder === '' ? { ew: 'true' } : opened);
  if (testsPath !== undefined) {
    const payload = [
      ['extensionDevelopmentPath', remote(extensionDir)],
      ['extensionTestsPath', remote(testsPath)],
    ];
    query.set('payload', JSON.stringify(payload));
  }
  return `http://${authority}/?${query.toString()}`;
}

/** The server picks the port itself, which is the only way not to race for it, and prints it. */
async function listeningPort(child: ChildProcess): Promise<number> {
  let output = '';
  const port = new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-20_000);
      const found = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`VS Code's server ended with code ${String(code)}:\n${output}`));
    });
  });
  const timer = new AbortController();
  const tooLate = delay(START_LIMIT_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`VS Code's server did not answer within ${START_LIMIT_MS / 1000} s:\n${output}`);
  });
  try {
    return await Promise.race([port, tooLate]);
  } finally {
    timer.abort();
  }
}
