import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { CancelledError, EngineError, throwIfCancelled } from '../engine/index.ts';
import type { CancellationToken, Git, GitOptions, GitResult, ScratchGit } from '../engine/index.ts';
import { findOutside, pathOutside } from './program.ts';

/** No setting of the repository may start a program, reach the network or change what is printed. */
const neutralSettings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'log.showSignature=false',
  'protocol.allow=never',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

const neutralEnvironment = {
  LC_ALL: 'C',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PAGER: 'cat',
  GIT_TERMINAL_PROMPT: '0',
};

/**
 * `git rev-parse --local-env-vars`, and the switches for pathspecs. A hook that runs us sets some of them, relative to
 * a folder that need not be our root; {@link GitOptions.env} sets back what a caller means.
 */
const inherited =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|CONFIG|CONFIG_PARAMETERS|CONFIG_COUNT|GRAFT_FILE|NO_REPLACE_OBJECTS|REPLACE_REF_BASE|SHALLOW_FILE|IMPLICIT_WORK_TREE|INTERNAL_SUPER_PREFIX|(?:LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS)$/u;

/** How often a running git is checked against its token: the port's token has no event to wait for. */
const cancelEveryMs = 20;

/**
 * Git in the folder `root`.
 * @param program Where git is; looked up on the path when absent.
 */
export function createGit(root: string, program = findOutside(root, 'git')): Git {
  const machinePath = pathOutside(root);
  const runIn = async (folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitResult> => {
    throwIfCancelled(options.token);
    if (program === undefined) throw new EngineError('git', 'Cannot run git: it is not installed, or not on the PATH.');
    return runGit(folder, program, args, { ...options, env: { ...machinePath, ...options.env } });
  };
  let found: Promise<Record<string, string>> | undefined;
  return {
    run: async (args, options = {}) => {
      const withoutFilters = await (found ??= noFilters((given) => runIn(root, given)));
      return await runIn(root, args, { ...options, env: { ...withoutFilters, ...options.env } });
    },
    scratch: () => makeScratch(runIn),
  };
}

/**
 * Variables by which no filter of the configuration has a program: a comparison of the disk with a commit would start it.
 * By variables, for a filter may be called anything, which `-c` cannot take.
 */
async function noFilters(run: (args: readonly string[]) => Promise<GitResult>): Promise<Record<string, string>> {
  const listed = text(await run(['config', '--null', '--name-only', '--get-regexp', String.raw`^filter\.`]));
  const names = new Set(listed.split('\0').flatMap((key) => /^filter\.([^]+)\.[^.]+$/u.exec(key)?.[1] ?? []));
  const settings = [...names].flatMap((name) =>
    [
      ['clean', ''],
      ['smudge', ''],
      ['process', ''],
      ['required', 'false'],
    ].map(([key = '', value = '']) => [`filter.${name}.${key}`, value] as const),
  );
  const variables = settings.flatMap(([key, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { ...Object.fromEntries(variables), GIT_CONFIG_COUNT: String(settings.length) } as Record<string, string>;
}

/** The settings of the user, who may merge by other rules, stay out. */
const ownSettingsOnly = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', GIT_ATTR_NOSYSTEM: '1' };

async function makeScratch(
  runIn: (folder: string, args: readonly string[], options?: GitOptions) => Promise<GitResult>,
): Promise<ScratchGit> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tree-unifier-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const run: ScratchGit['run'] = (args, options = {}) =>
    runIn(folder, args, { ...options, env: { ...options.env, ...ownSettingsOnly, GIT_DIR: folder } });
  try {
    const { code, stderr } = await run(['init', '--quiet', '--bare', '--template=', '.']);
    if (code !== 0) throw new EngineError('git', `Git cannot make a repository in ${folder}: ${stderr.trim()}.`);
    return { run, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Git in `root`, or `undefined` when git is not installed, or `root` is in no work tree or ignored by the one it is in. */
export async function findGit(root: string): Promise<Git | undefined> {
  const program = findOutside(root, 'git');
  if (program === undefined) return undefined;
  const git = createGit(root, program);
  try {
    const found = await git.run(['rev-parse', '--is-inside-work-tree', '--show-prefix']);
    const [inside, prefix] = text(found).split('\n');
    if (found.code !== 0 || inside !== 'true') return undefined;
    return prefix !== '' && (await isForeign(git)) ? undefined : git;
  } catch (error) {
    // A root that is not there: whoever reads it says so better than we can.
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** A folder that the repository around it ignores and tracks nothing of: its listing would be empty. */
async function isForeign(git: Git): Promise<boolean> {
  const ignored = await git.run(['check-ignore', '--quiet', '.']);
  return ignored.code === 0 && (await git.run(['ls-files'])).stdout.length === 0;
}

function text(result: GitResult): string {
  return Buffer.from(result.stdout).toString('utf8');
}

function runGit(root: string, program: string, args: readonly string[], options: GitOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...neutralSettings, ...args], {
      cwd: root,
      env: { ...environment(process.env), ...options.env },
      stdio: 'pipe',
      windowsHide: true,
    });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    child.stdin.on('error', () => {
      // Git ended before it had read all its input (EPIPE); its exit code says why.
    });
    child.stdin.end(options.input);
    const stopWatching = whenCancelled(options.token, () => {
      end(child);
    });
    child.on('error', (cause) => {
      stopWatching();
      reject(new EngineError('git', `Cannot run git in ${root}: ${cause.message}.`));
    });
    child.on('close', (code) => {
      stopWatching();
      if (options.token?.isCancellationRequested === true) reject(new CancelledError());
      else resolve({ code: code ?? 128, stdout: stdout(), stderr: stderr().toString('utf8') });
    });
  });
}

function collect(stream: Readable): () => Buffer {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
}

/** What git started may hold the pipes open: closing ours is what lets `close` come at once. */
function end(child: ChildProcessWithoutNullStreams): void {
  child.kill();
  child.stdout.destroy();
  child.stderr.destroy();
}

function environment(inheritedFrom: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(inheritedFrom).filter(([name]) => !inherited.test(name));
  return { ...Object.fromEntries(kept), ...neutralEnvironment };
}

/** Calls `stop` once when the token is cancelled; answers how to give up waiting for that. */
function whenCancelled(token: CancellationToken | undefined, stop: () => void): () => void {
  if (token === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (!token.isCancellationRequested) return;
    clearInterval(timer);
    stop();
  }, cancelEveryMs);
  return () => {
    clearInterval(timer);
  };
}
