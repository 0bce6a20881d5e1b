import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Command, CommandOption } from './command.ts';
import { choice, UsageError } from './usage.ts';

export type Format = 'text' | 'json' | 'markdown' | 'diff' | 'sarif';

export const commonFormats: readonly Format[] = ['text', 'json', 'markdown'];

/** What the command line says. */
export interface Arguments {
  /** Absent for `--help` and `--version` alone. */
  readonly command: Command | undefined;
  readonly root: string;
  readonly format: Format;
  readonly pairs: readonly string[];
  readonly useGit: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
  readonly version: boolean;
  /** The command's own options as they were given, by name without dashes. */
  readonly own: Readonly<Record<string, readonly string[]>>;
  readonly operands: readonly string[];
}

const common = {
  root: { type: 'string', default: '.' },
  format: { type: 'string', default: 'text' },
  pair: { type: 'string', multiple: true },
  'no-git': { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

/** @throws UsageError with the sentence to show. */
export function parseArguments(argv: readonly string[], commands: readonly Command[]): Arguments {
  const names = commands.map(({ name }) => name).join(', ');
  const { values, own, positionals } = parse(argv, commands);
  const [name, ...operands] = positionals;
  const command = commands.find((one) => one.name === name);
  if (name !== undefined && command === undefined) {
    throw new UsageError(`There is no command "${name}": expected one of ${names}.`);
  }
  if (command === undefined && !values.help && !values.version) {
    throw new UsageError(`No command given: expected one of ${names}. See tree-unifier --help.`);
  }
  const surplus = operands[command?.operands?.most ?? 0];
  if (surplus !== undefined) throw new UsageError(`Unexpected argument "${surplus}": one command at a time.`);
  return {
    command,
    root: values.root,
    format: choice('format', values.format, command?.formats ?? commonFormats),
    pairs: values.pair ?? [],
    useGit: !values['no-git'],
    verbose: values.verbose,
    help: values.help,
    version: values.version,
    own: checkOwn(own, command),
    operands,
  };
}

interface Parsed {
  readonly values: ReturnType<typeof parseCommon>['values'];
  readonly own: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

function parse(argv: readonly string[], commands: readonly Command[]): Parsed {
  try {
    return parseCommon(
      argv,
      commands.flatMap(({ options }) => options),
    );
  } catch (error) {
    // Node's own message goes on with advice on `--`, which no command of ours takes.
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message.split(/\.\s|\n/u, 1)[0] ?? error.message}. See tree-unifier --help.`);
  }
}

/** @throws TypeError for an option that is not known, or lacks its value. */
function parseCommon(argv: readonly string[], ownOptions: readonly CommandOption[]) {
  const own = Object.fromEntries(
    ownOptions.map(
      ({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string', multiple: true }] as const,
    ),
  );
  const ownNames = ownOptions.map(({ name }) => name);
  const options: typeof common = { ...own, ...common };
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  return {
    values,
    positionals,
    own: Object.fromEntries(Object.entries(values).filter(([name]) => ownNames.includes(name))),
  };
}

/** @throws UsageError for an option of another command. */
function checkOwn(own: Parsed['own'], command: Command | undefined): Record<string, readonly string[]> {
  const names = command?.options.map(({ name }) => name) ?? [];
  const foreign = Object.keys(own).find((name) => !names.includes(name));
  if (foreign !== undefined) throw new UsageError(`${command?.name ?? 'This'} has no option --${foreign}.`);
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => (one === true ? '' : String(one))) : [],
    ]),
  );
}
