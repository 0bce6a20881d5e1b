import type { CommandScene, EntryPoint } from './entryPoint.ts';
import { resolvePath } from './paths.ts';
import { isOpen } from './variables.ts';

const MODULE = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

export function isModuleName(text: string): boolean {
  return MODULE.test(text);
}

interface Server {
  /** Options that say where to look, relative to the working directory. */
  readonly folders: readonly string[];
  /** Options that name folders, with commas between, to look in before that. */
  readonly further?: readonly string[];
  /** The option that the module follows; the first operand when absent. */
  readonly option?: readonly string[];
  /** Options without a value: what follows them is no value. */
  readonly flags?: RegExp;
  readonly last?: boolean;
  /** The attribute stands after a dot: `pkg.workers.WorkerSettings`. */
  readonly dotted?: boolean;
}

/** Whether and where each puts its working directory on the path: from their own documentation of the options. */
const SERVERS: Readonly<Record<string, Server>> = {
  uvicorn: {
    folders: ['--app-dir'],
    flags: /^--(?:reload|no-.*|factory|proxy-headers|server-header|date-header|use-colors|access-log)$/u,
  },
  gunicorn: {
    folders: ['--chdir'],
    further: ['--pythonpath'],
    flags:
      /^(?:--(?:reload|preload|daemon|check-config|print-config|spew|reuse-port|capture-output|enable-stdio-inheritance|no-\S+)|-[DR])$/u,
  },
  hypercorn: { folders: [], flags: /^--(?:reload|debug)$/u },
  daphne: { folders: [], flags: /^--(?:proxy-headers|no-.*)$/u },
  granian: { folders: ['--working-dir'], flags: /^--(?:reload|no-.*|factory|access-log)$/u },
  arq: { folders: [], last: true, dotted: true, flags: /^--(?:burst|check|no-.*)$/u },
  dramatiq: { folders: ['--path', '-P'], flags: /^(?:--(?:use-spawn|skip-logging|watch-use-polling)|-v)$/u },
  celery: { folders: ['--workdir'], option: ['-A', '--app'] },
  flask: { folders: [], option: ['--app', '-A'] },
};

export function isServer(tool: string): boolean {
  return Object.hasOwn(SERVERS, tool);
}

/** The program that a server's words name; `undefined` when they name none, or a variable stands in for it. */
export function fromServer(
  tool: string,
  words: readonly string[],
  { workdir, env }: CommandScene,
): EntryPoint | undefined {
  const server = isServer(tool) ? SERVERS[tool] : undefined;
  if (server === undefined) return undefined;
  const folders: string[] = [];
  const further: string[] = [];
  let named: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [option, attached] = splitOption(word);
    const takes = word.startsWith('-') && server.flags?.test(word) !== true && attached === undefined;
    const value = attached ?? words[at + 1];
    if (server.folders.includes(option) && value !== undefined) folders.push(value);
    else if (server.further?.includes(option) === true) further.unshift(...(value ?? '').split(',').reverse());
    else if (server.option?.includes(option) === true) named ??= value;
    else if (!word.startsWith('-') && server.option === undefined) named ??= word;
    if (takes) at++;
  }
  const { module, attribute } = /^(?<module>[\w.\p{L}]+?)(?::(?<attribute>.+))?$/u.exec(named ?? '')?.groups ?? {};
  if (module === undefined || !MODULE.test(module) || [...folders, ...further].some(isOpen)) return undefined;
  const [name, last] = server.dotted === true ? splitLast(module) : [module, attribute];
  const own = [...further, ...(folders.length > 0 ? folders : ['.'])].map((folder) => resolvePath(workdir, folder));
  const search = server.last === true ? { search: [], searchLast: own } : { search: own, searchLast: [] };
  return { kind: 'module', name, ...(last === undefined ? {} : { attribute: last }), tool, ...search, workdir, env };
}

/** `--app-dir=src`. */
export function splitOption(word: string): [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function splitLast(dotted: string): [string, string | undefined] {
  const at = dotted.lastIndexOf('.');
  return at < 0 ? [dotted, undefined] : [dotted.slice(0, at), dotted.slice(at + 1)];
}
