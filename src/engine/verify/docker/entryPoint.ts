import { resolvePath } from './paths.ts';
import { interpolate, isOpen } from './variables.ts';
import { fromServer, isModuleName, isServer, splitOption } from './servers.ts';
import { commandsOf, splitPlain } from './words.ts';

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
]);
/** These take one word, the user, before it. */
const AS_USER = /^(?:gosu|su-exec)$/u;
/** These have arguments of their own: what they start follows `--`, or is the first program that is known. */
const STARTERS =
  /^(?:uv|wait-for(?:-it)?(?:\.sh)?|dockerize|watchmedo|nodemon|entr|timeout|nice|ionice|stdbuf|setpriv|sudo|chroot|strace|catatonit|s6-setuidgid)$/u;

const SHELLS = /^(?:ba|da|a|z|k)?sh$/u;
const PYTHON = /^(?:python[\d.]*|pythonw?|py|pypy[\d.]*)(?:\.exe)?$/u;

/** The Python programs that a list of words starts, and those that a shell line in it starts. */
export function findEntryPoints(words: readonly string[], scene: CommandScene): EntryPoint[] {
  const env = new Map(scene.env);
  let { workdir } = scene;
  let at = 0;
  while (at < words.length) {
    const [name, value] = assignment(words[at]);
    const tool = toolName(words[at] ?? '');
    const ownWords = WRAPPERS.get(tool);
    if (name !== undefined) env.set(name, value);
    else if (AS_USER.test(tool)) at++;
    else if (STARTERS.test(tool)) {
      const program = startedBy(words, at);
      workdir = resolvePath(workdir, tool === 'uv' ? optionOf(words.slice(at, program), '--directory') : '');
      at = program - 1;
    } else if (ownWords === undefined) return fromTool(words.slice(at), { workdir, env });
    else while (ownWords.test(words[at + 1] ?? '-') && at + 1 < words.length) at++;
    at++;
  }
  return [];
}

/** The value of an option, in either form; `''` when it is not among the words. */
function optionOf(words: readonly string[], option: string): string {
  const at = words.findIndex((word) => splitOption(word)[0] === option);
  return at < 0 ? '' : (splitOption(words[at] ?? '')[1] ?? words[at + 1] ?? '');
}

/** Where the words of the program begin that another starts; their end when there is none. */
function startedBy(words: readonly string[], at: number): number {
  const marked = words.indexOf('--', at);
  if (marked >= 0) return marked + 1;
  const known = words.findIndex((word, index) => index > at && isProgram(toolName(word)));
  return known < 0 ? words.length : known;
}

function isProgram(tool: string): boolean {
  return SHELLS.test(tool) || PYTHON.test(tool) || WRAPPERS.has(tool) || isServer(tool);
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
  if (tool === 'watchfiles') return findEntryPoints(splitPlain(rest.find((word) => /\s/u.test(word)) ?? ''), scene);
  const one = fromServer(tool, rest, scene);
  return one === undefined ? [] : [one];
}

function fromPython(words: readonly string[], scene: CommandScene): EntryPoint[] {
  let at = 0;
  while (/^-(?![mc]$)/u.test(words[at] ?? '')) at += /^-[WX]$/u.test(words[at] ?? '') ? 2 : 1;
  const first = words[at];
  if (first === undefined || first === '-c') return [];
  const rest = words.slice(at + 1);
  const { workdir, env, isIsolated } = isolatedBy(words.slice(0, at), scene);
  if (first !== '-m') {
    if (!first.endsWith('.py') || isOpen(first)) return [];
    const name = resolvePath(workdir, first);
    const search = isIsolated ? [] : [resolvePath(name, '..')];
    return [{ kind: 'file', name, tool: 'python', search, searchLast: [], workdir, env }];
  }
  const module = rest[0] ?? '';
  if (/^(?:debugpy|coverage|cProfile|pdb|watchfiles|viztracer)$/u.test(module)) {
    const again = rest.findIndex((word, index) => index > 0 && (word === '-m' || word.endsWith('.py')));
    return again < 0 ? [] : fromPython(rest.slice(again), scene);
  }
  const server = fromServer(module, rest.slice(1), scene);
  if (server !== undefined) return [{ ...server, tool: `python -m ${module}` }];
  return isModuleName(module)
    ? [
        {
          kind: 'module',
          name: module,
          tool: 'python -m',
          search: isIsolated ? [] : [workdir],
          searchLast: [],
          workdir,
          env,
        },
      ]
    : [];
}

/** `-I` and `-P` leave out the program's folder, `-I` and `-E` the variables. */
function isolatedBy(flags: readonly string[], { workdir, env }: CommandScene): CommandScene & { isIsolated: boolean } {
  const has = (letters: string): boolean =>
    flags.some((flag) => new RegExp(`^-[a-zA-Z]*[${letters}]`, 'u').test(flag) && !/^-[WX]/u.test(flag));
  const kept = [...env].filter(([name]) => name !== 'PYTHONPATH' || !has('IE'));
  return { workdir, env: new Map(kept), isIsolated: has('IP') };
}

/** `fastapi run pkg/main.py --port 80` */
function fromFastapi([command = '', ...rest]: readonly string[], { workdir, env }: CommandScene): EntryPoint[] {
  const file = rest.find((word) => word.endsWith('.py'));
  if (!/^(?:run|dev)$/u.test(command) || file === undefined || isOpen(file)) return [];
  const name = resolvePath(workdir, file);
  const tool = `fastapi ${command}`;
  return [{ kind: 'file', name, tool, isInPackage: true, search: [], searchLast: [], workdir, env }];
}

function assignment(word: string | undefined): [string | undefined, string] {
  const { name, value = '' } = /^(?<name>[A-Za-z_]\w*)=(?<value>[^]*)$/u.exec(word ?? '')?.groups ?? {};
  return [name, value];
}

function toolName(word: string): string {
  return word.replace(/^.*[\\/](?=.)/u, '').replace(/\.exe$/iu, '');
}
