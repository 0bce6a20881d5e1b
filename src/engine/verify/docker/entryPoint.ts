import { resolvePath } from './paths.ts';
import { interpolate, isOpen } from './variables.ts';
import { commandsOf } from './words.ts';

/** A Python program that a command starts. */
export interface EntryPoint {
  /** `module`: imported by its dotted name; `file`: run by its path. */
  readonly kind: 'module' | 'file';
  /** `pixsim7.backend.main.main`, or an absolute path. */
  readonly name: string;
  /** `app` of `main:app`; absent when the module itself runs. */
  readonly attribute?: string;
  /** What imports it: `python`, `uvicorn`. */
  readonly tool: string;
  /** The tool imports the file by its package, and puts the folder around that on the path. */
  readonly isInPackage?: true;
  /** Folders that the tool itself puts before PYTHONPATH, absolute. */
  readonly search: readonly string[];
  /** Folders that the tool looks in after PYTHONPATH. */
  readonly searchLast: readonly string[];
  readonly workdir: string;
  /** Variables that the command sets for it. */
  readonly env: ReadonlyMap<string, string>;
}

export interface CommandScene {
  readonly workdir: string;
  readonly env: ReadonlyMap<string, string>;
}

/** Programs that start another one: the words of their own before it. */
const WRAPPERS: ReadonlyMap<string, RegExp> = new Map([
  ['exec', /^-[acl]+$/u],
  ['nohup', /^$/u],
  ['time', /^-/u],
  ['env', /^-/u],
  ['tini', /^-/u],
  ['dumb-init', /^-/u],
  ['ddtrace-run', /^-/u],
  ['opentelemetry-instrument', /^-/u],
  ['newrelic-admin', /^run-program$/u],
  ['poetry', /^run$/u],
  ['pipenv', /^run$/u],
  ['pdm', /^run$/u],
  ['uv', /^(?:run|--\S*)$/u],
]);
/** These take one word, the user, before it. */
const AS_USER = /^(?:gosu|su-exec)$/u;
/** These have arguments of their own: what they start follows `--`, or is the first program that is known. */
const STARTERS =
  /^(?:wait-for(?:-it)?(?:\.sh)?|dockerize|watchmedo|nodemon|entr|timeout|nice|ionice|stdbuf|setpriv|sudo|chroot|strace|catatonit|s6-setuidgid)$/u;

const SHELLS = /^(?:ba|da|a|z|k)?sh$/u;
const PYTHON = /^(?:python[\d.]*|pythonw?|py|pypy[\d.]*)(?:\.exe)?$/u;

/** The Python programs that a list of words starts, and those that a shell line in it starts. */
export function findEntryPoints(words: readonly string[], scene: CommandScene): EntryPoint[] {
  const env = new Map(scene.env);
  let at = 0;
  while (at < words.length) {
    const [name, value] = assignment(words[at]);
    const tool = toolName(words[at] ?? '');
    const ownWords = WRAPPERS.get(tool);
    if (name !== undefined) env.set(name, value);
    else if (AS_USER.test(tool)) at++;
    else if (STARTERS.test(tool)) at = startedBy(words, at) - 1;
    else if (ownWords === undefined) return fromTool(words.slice(at), { ...scene, env });
    else while (ownWords.test(words[at + 1] ?? '-') && at + 1 < words.length) at++;
    at++;
  }
  return [];
}

/** Where the words of the program begin that another starts; their end when there is none. */
function startedBy(words: readonly string[], at: number): number {
  const marked = words.indexOf('--', at);
  if (marked >= 0) return marked + 1;
  const known = words.findIndex((word, index) => index > at && isProgram(toolName(word)));
  return known < 0 ? words.length : known;
}

function isProgram(tool: string): boolean {
  return SHELLS.test(tool) || PYTHON.test(tool) || WRAPPERS.has(tool) || Object.hasOwn(SERVERS, tool);
}

/** The Python programs of a shell text: `cd`, `export` and assignments are followed from command to command. */
export function findInShell(text: string, scene: CommandScene): EntryPoint[] {
  const found: EntryPoint[] = [];
  let { workdir } = scene;
  const env = new Map(scene.env);
  for (const written of commandsOf(text)) {
    const words = expanded(written, env);
    const [tool = '', ...rest] = words;
    if (tool === 'cd') workdir = isOpen(rest[0] ?? '') ? workdir : resolvePath(workdir, rest[0] ?? '/');
    else if (tool === 'export' || (words.length > 0 && words.every((word) => assignment(word)[0] !== undefined))) {
      for (const [name, value] of words.map(assignment)) if (name !== undefined) env.set(name, value);
    } else found.push(...findEntryPoints(words, { workdir, env }));
  }
  return found;
}

/** The shell puts values in place of variables, and takes one that stands alone apart into words. */
function expanded(words: readonly string[], env: ReadonlyMap<string, string>): string[] {
  return words.flatMap((word) => {
    const text = interpolate(word, (name) => env.get(name));
    return text !== word && /^\$(?:\w+|\{[^}]*\})$/u.test(word) ? text.split(/\s+/u).filter(Boolean) : [text];
  });
}

function fromTool(words: readonly string[], scene: CommandScene): EntryPoint[] {
  const [given = '', ...rest] = words;
  const tool = toolName(given);
  if (SHELLS.test(tool)) {
    const at = rest.findIndex((word) => /^-\w*c$/u.test(word));
    return at < 0 ? [] : findInShell(rest[at + 1] ?? '', scene);
  }
  if (PYTHON.test(tool)) return fromPython(rest, scene);
  if (tool === 'fastapi') return fromFastapi(rest, scene);
  const one = fromServer(tool, rest, scene);
  return one === undefined ? [] : [one];
}

function fromPython(words: readonly string[], scene: CommandScene): EntryPoint[] {
  let at = 0;
  while (/^-(?![mc]$)/u.test(words[at] ?? '')) at += /^-[WX]$/u.test(words[at] ?? '') ? 2 : 1;
  const first = words[at];
  if (first === undefined || first === '-c') return [];
  const rest = words.slice(at + 1);
  const { workdir, env } = scene;
  if (first !== '-m') {
    if (!first.endsWith('.py') || isOpen(first)) return [];
    const name = resolvePath(workdir, first);
    return [{ kind: 'file', name, tool: 'python', search: [resolvePath(name, '..')], searchLast: [], workdir, env }];
  }
  const module = rest[0] ?? '';
  if (/^(?:debugpy|coverage|cProfile|pdb|watchfiles|viztracer)$/u.test(module)) {
    const again = rest.findIndex((word, index) => index > 0 && (word === '-m' || word.endsWith('.py')));
    return again < 0 ? [] : fromPython(rest.slice(again), scene);
  }
  const server = fromServer(module, rest.slice(1), scene);
  if (server !== undefined) return [{ ...server, tool: `python -m ${module}` }];
  return MODULE.test(module)
    ? [{ kind: 'module', name: module, tool: 'python -m', search: [workdir], searchLast: [], workdir, env }]
    : [];
}

/** `fastapi run pkg/main.py --port 80` */
function fromFastapi([command = '', ...rest]: readonly string[], { workdir, env }: CommandScene): EntryPoint[] {
  const file = rest.find((word) => word.endsWith('.py'));
  if (!/^(?:run|dev)$/u.test(command) || file === undefined || isOpen(file)) return [];
  const name = resolvePath(workdir, file);
  const tool = `fastapi ${command}`;
  return [{ kind: 'file', name, tool, isInPackage: true, search: [], searchLast: [], workdir, env }];
}

const MODULE = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

interface Server {
  /** Options that say where to look, relative to the working directory. */
  readonly folders: readonly string[];
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
    folders: ['--chdir', '--pythonpath'],
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

function fromServer(tool: string, words: readonly string[], { workdir, env }: CommandScene): EntryPoint | undefined {
  const server = Object.hasOwn(SERVERS, tool) ? SERVERS[tool] : undefined;
  if (server === undefined) return undefined;
  const folders: string[] = [];
  let named: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [option, attached] = splitOption(word);
    const takes = word.startsWith('-') && server.flags?.test(word) !== true && attached === undefined;
    const value = attached ?? words[at + 1];
    if (server.folders.includes(option) && value !== undefined) folders.push(value);
    else if (server.option?.includes(option) === true) named ??= value;
    else if (!word.startsWith('-') && server.option === undefined) named ??= word;
    if (takes) at++;
  }
  const { module, attribute } =
    /^(?<module>[\w.\p{L}]+?)(?::(?<attribute>[\w.()]+))?$/u.exec(named ?? '')?.groups ?? {};
  if (module === undefined || !MODULE.test(module) || folders.some(isOpen)) return undefined;
  const [name, last] = server.dotted === true ? splitLast(module) : [module, attribute];
  const own = folders.length > 0 ? folders.map((folder) => resolvePath(workdir, folder)) : [workdir];
  const search = server.last === true ? { search: [], searchLast: own } : { search: own, searchLast: [] };
  return { kind: 'module', name, ...(last === undefined ? {} : { attribute: last }), tool, ...search, workdir, env };
}

/** `--app-dir=src`. */
function splitOption(word: string): [string, string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function splitLast(dotted: string): [string, string | undefined] {
  const at = dotted.lastIndexOf('.');
  return at < 0 ? [dotted, undefined] : [dotted.slice(0, at), dotted.slice(at + 1)];
}

function assignment(word: string | undefined): [string | undefined, string] {
  const { name, value = '' } = /^(?<name>[A-Za-z_]\w*)=(?<value>[^]*)$/u.exec(word ?? '')?.groups ?? {};
  return [name, value];
}

function toolName(word: string): string {
  return word.replace(/^.*[\\/](?=.)/u, '').replace(/\.exe$/iu, '');
}
