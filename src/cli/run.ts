import { EngineError, openSession, parseConfig, parsePairFlag, visible } from '../engine/index.ts';
import type { BackendHost, Config, Paint, Ports, ProcessRunner, Session } from '../engine/index.ts';
import { parseArguments, type Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { helpText } from './help.ts';
import { terminalPaint } from './paint.ts';
import { readSettings } from './settings.ts';
import { UsageError } from './usage.ts';
import type { DiskWriters, World } from './world.ts';

/** Runs one command line, the program's name left out; answers the exit code. Never rejects. */
export async function run(argv: readonly string[], world: World): Promise<number> {
  try {
    const args = parseArguments(argv, commands);
    const { command } = args;
    if (args.version) await world.writeOut(`${world.version}\n`);
    else if (args.help || command === undefined) await world.writeOut(helpText(commands, command));
    else return await runCommand(command, args, world);
    return 0;
  } catch (error) {
    world.writeError(errorText(error, argv.includes('--verbose')));
    return 2;
  }
}

async function runCommand(command: Command, args: Arguments, world: World): Promise<number> {
  const root = await world.resolveFolder(args.root);
  if (root === undefined) throw new UsageError(`There is no folder ${args.root}: give the repository with --root.`);
  const config = await readConfig(root, args, world);
  const progress = createProgress(world);
  try {
    let opened: Promise<Ports> | undefined;
    const ports = (): Promise<Ports> =>
      (opened ??= world.openPorts(root, { useGit: args.useGit, exclude: config.exclude }));
    const open = async (): Promise<Session> => openSession(await ports(), config);
    const openWriters = (): Promise<DiskWriters> => world.openWriters(root, { useGit: args.useGit });
    const openBackends = (): BackendHost | undefined => world.openBackends?.(root);
    const openPrograms = (): ProcessRunner | undefined => world.openPrograms?.(root);
    const paint: Paint = world.hasColors && args.format === 'text' ? terminalPaint : (_, text) => text;
    const { format, own: options, operands } = args;
    const context = {
      config,
      open,
      ports,
      openWriters,
      openBackends,
      openPrograms,
      format,
      paint,
      options,
      operands,
      progress: progress.show,
    };
    const { output, exitCode } = await command.run(context);
    progress.clear();
    await world.writeOut(output);
    return exitCode;
  } finally {
    progress.clear();
  }
}

/** The workspace's settings, with the options of the command line in their place. */
async function readConfig(root: string, args: Arguments, world: World): Promise<Config> {
  const pairs = args.pairs.map((pair) => parsePairFlag(pair));
  const { files } = await world.openPorts(root, { useGit: false, exclude: [] });
  const settings = await readSettings(files);
  const { config, problems } = parseConfig(pairs.length === 0 ? settings : { ...settings, pairs });
  if (problems.length === 0) return config;
  // Each is one line; the first is the error, the others come before it.
  for (const { message } of problems.slice(1)) world.writeError(`tree-unifier: ${visible(message)}\n`);
  throw new UsageError(problems[0]?.message ?? '');
}

interface Progress {
  show: (message: string) => void;
  clear: () => void;
}

/** One line on standard error that is gone in the end; nothing unless that is a terminal. */
function createProgress({ showsProgress, writeError }: World): Progress {
  let isShown = false;
  const write = (text: string): void => {
    if (text !== '' || isShown) writeError(`\r\u001b[K${text}`);
    isShown = text !== '';
  };
  return {
    show: (message) => {
      if (showsProgress) write(message);
    },
    clear: () => {
      write('');
    },
  };
}

function errorText(error: unknown, verbose: boolean): string {
  if (verbose && error instanceof Error) return `${error.stack ?? error.message}\n`;
  const message = error instanceof Error ? error.message : String(error);
  const line = visible(message.replace(/\s+/gu, ' ').trim());
  const hint = error instanceof EngineError ? '' : ' This is a defect; --verbose shows where it comes from.';
  return `tree-unifier: ${line}${hint}\n`;
}
