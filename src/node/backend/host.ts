import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineError } from '../../engine/index.ts';
import type { BackendHost, BackendProgram, RunningBackend, ScratchFolder } from '../../engine/index.ts';
import { neededVariables } from '../environment.ts';
import { findProgram } from '../program.ts';
import { BackendProcess } from './backendProcess.ts';
import { FreePorts, get } from './loopback.ts';
import { Running } from './running.ts';

export interface BackendHostOptions {
  /** Absolute path of the Python to use; the first `python3` or `python` on the PATH when absent. */
  readonly python?: string | undefined;
  /** Whether to end what runs when this process gets SIGINT, SIGTERM or SIGHUP, and then to end by it. */
  readonly endsOnSignals?: boolean;
  /** How long a backend may take to stop before it is killed, in milliseconds. */
  readonly stopLimit?: number;
}

/** Starts backends of the workspace `root` with Python, over loopback alone. */
export function createBackendHost(root: string, options: BackendHostOptions = {}): BackendHost {
  const python = options.python ?? findProgram('python3') ?? findProgram('python');
  const ports = new FreePorts();
  const running = new Running(options.endsOnSignals ?? false);
  const start = async (program: BackendProgram): Promise<RunningBackend> => {
    if (python === undefined)
      throw new EngineError('backend', 'Cannot start a backend: there is no python3 on the PATH.');
    const cwd = await insideOf(root, program.cwd);
    const mark = randomUUID();
    const env = environment(process.env, {
      ...program.env,
      PYTHONPATH: program.pythonPath.map((folder) => path.resolve(root, folder)).join(path.delimiter),
      [MARK]: mark,
    });
    const backend = new BackendProcess(
      { python, args: program.args, cwd, env, mark: `${MARK}=${mark}` },
      options.stopLimit,
    );
    running.add(backend);
    await backend.started();
    return { ended: () => backend.ended(), output: () => backend.output(), stop: () => running.stop(backend) };
  };
  return {
    python,
    start,
    freePort: () => ports.next(),
    get,
    wait: (ms) => wait(ms),
    hasModule: (name) => hasModule(start, name),
    scratch,
  };
}

/** Tells a backend's processes from all others, also those that left its process group. */
const MARK = 'TREE_UNIFIER_BACKEND';

function environment(inherited: NodeJS.ProcessEnv, own: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...neededVariables(inherited),
    // Nothing is written beside the sources, and the last words of one that is killed are not lost.
    ...{ PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1', PYTHONIOENCODING: 'utf-8' },
    ...own,
  };
}

/** @throws EngineError when the folder is missing, or leads out of the root, by a link too. */
async function insideOf(root: string, folder: string): Promise<string> {
  const [top, place] = await Promise.all(
    [root, path.resolve(root, folder)].map(async (one) => await realpath(one).catch(() => undefined)),
  );
  if (top !== undefined && place !== undefined && (place === top || place.startsWith(top + path.sep))) return place;
  throw new EngineError('backend', `Cannot start a backend in ${folder}: there is no such folder in the workspace.`);
}

/** Isolated from the working directory: the answer is Python's own. */
async function hasModule(start: BackendHost['start'], name: string): Promise<boolean> {
  const code = 'import importlib.util, sys; print("there" if importlib.util.find_spec(sys.argv[1]) else "missing")';
  const asked = await start({ args: ['-I', '-c', code, name], cwd: '', pythonPath: [], env: {} });
  while (asked.ended() === undefined) await wait(10);
  await asked.stop();
  return asked.output().trim() === 'there';
}

async function scratch(files: readonly { path: string; text: string }[]): Promise<ScratchFolder> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'tree-unifier-')));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    for (const file of files) {
      const place = path.join(folder, ...file.path.split('/'));
      await mkdir(path.dirname(place), { recursive: true });
      await writeFile(place, file.text);
    }
    return { path: folder, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
