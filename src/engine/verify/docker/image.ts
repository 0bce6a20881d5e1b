import type { Instruction } from './dockerfile.ts';
import { readDockerfile } from './dockerfile.ts';
import { readCopy } from './copy.ts';
import type { IsSent } from './dockerignore.ts';
import type { Layer, Place } from './layers.ts';
import type { Listing } from './paths.ts';
import { below, resolvePath } from './paths.ts';
import { commandsOf, splitPlain } from './words.ts';
import { interpolate } from './variables.ts';

/** What is started: words as they are, or a line for a shell. */
export interface Invocation {
  readonly words: readonly string[];
  readonly isShell: boolean;
  readonly place: Place;
}

/** An image, as far as its Dockerfile tells. */
export interface Image {
  readonly layers: readonly Layer[];
  readonly env: ReadonlyMap<string, string>;
  readonly workdir: string;
  readonly entrypoint?: Invocation;
  readonly command?: Invocation | undefined;
  /** Why it may hold files that no layer shows. */
  readonly open: string | undefined;
  /** Commands that it runs while it is built. */
  readonly runs: readonly string[];
  /** Sources of a `COPY` that are not in the build context. */
  readonly missing: readonly { readonly source: string; readonly place: Place }[];
  /** What an image made from it does first. */
  readonly triggers: readonly Instruction[];
}

export interface Build {
  /** Workspace path. */
  readonly dockerfile: string;
  readonly text: string;
  /** Lines of the file before the text, where that is no Dockerfile's own. */
  readonly linesBefore?: number;
  /** Workspace path; absent when it is not in the workspace. */
  readonly context: string | undefined;
  readonly isSent: IsSent;
  readonly args: ReadonlyMap<string, string>;
  readonly target?: string | undefined;
  /** Further contexts by name: workspace paths, absent for those that are not in the workspace. */
  readonly contexts?: ReadonlyMap<string, string | undefined>;
}

/** Images that hold Python or a system, and nobody's program. */
const PLAIN =
  /^(?:(?:docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(?:library\/)?(?:python|pypy|debian|ubuntu|alpine|busybox|scratch|node|fedora|rockylinux|almalinux|amazonlinux|centos|nvidia\/cuda|continuumio\/(?:mini|ana)conda3?|condaforge\/[\w-]+|mambaorg\/micromamba|ghcr\.io\/astral-sh\/uv)(?:[:@]|$)/u;

export function isPlainImage(name: string): boolean {
  return PLAIN.test(name);
}

/** What is not known of an image by its name alone. */
export function baseImage(name: string): Image {
  const open = isPlainImage(name) ? undefined : `what the image ${name} holds is not known here`;
  return { layers: [], env: new Map(), workdir: '/', open, runs: [], missing: [], triggers: [] };
}

/** Reads a Dockerfile up to its target stage, the last when none is named; `undefined` when it has no stage. */
export function buildImage(build: Build, listing: Listing): Image | undefined {
  const builder = new ImageBuilder(build, listing);
  const { text, linesBefore = 0 } = build;
  for (const one of readDockerfile(text)) builder.take({ ...one, line: one.line + linesBefore });
  return builder.result();
}

interface Stage extends Image {
  readonly names: readonly string[];
}

class ImageBuilder {
  readonly #build: Build;
  readonly #listing: Listing;
  readonly #globals = new Map<string, string>();
  readonly #stages: Stage[] = [];
  #args = new Map<string, string>();

  constructor(build: Build, listing: Listing) {
    this.#build = build;
    this.#listing = listing;
  }

  result(): Image | undefined {
    const { target } = this.#build;
    return target === undefined ? this.#stages.at(-1) : this.#stage(target);
  }

  take(instruction: Instruction): void {
    const { name } = instruction;
    const stage = this.#stages.at(-1);
    if (name === 'FROM') this.#from(instruction);
    else if (name === 'ARG') this.#arg(instruction, stage);
    else if (stage !== undefined)
      this.#stages[this.#stages.length - 1] = { ...stage, ...this.#changed(instruction, stage) };
  }

  #from({ text }: Instruction): void {
    const [given = '', , as] = text.split(/\s+/u);
    const name = interpolate(given, (variable) => this.#globals.get(variable));
    const base = this.#stage(name) ?? baseImage(name);
    this.#args = new Map();
    const names = [String(this.#stages.length), ...(as === undefined ? [] : [as.toLowerCase()])];
    this.#stages.push({ ...base, names, triggers: [] });
    for (const trigger of base.triggers) this.take(trigger);
  }

  /** In a stage, an argument that was declared before the first one has its value. */
  #arg({ text }: Instruction, stage: Stage | undefined): void {
    for (const declared of splitPlain(text)) {
      const [name, value] = split(declared);
      const given =
        this.#build.args.get(name) ??
        (value === undefined ? this.#globals.get(name) : interpolate(value, (one) => this.#value(one, stage)));
      if (given !== undefined) (stage === undefined ? this.#globals : this.#args).set(name, given);
    }
  }

  #value(name: string, stage: Stage | undefined): string | undefined {
    if (stage === undefined) return this.#globals.get(name);
    // What nobody sets is empty in an image; only the variables of the base are not known, PATH among them.
    return (
      stage.env.get(name) ??
      this.#args.get(name) ??
      (name === 'PYTHONPATH' && stage.open === undefined ? '' : undefined)
    );
  }

  #stage(name: string): Stage | undefined {
    return this.#stages.findLast(({ names }) => names.includes(name.toLowerCase()));
  }

  #changed(instruction: Instruction, stage: Stage): Partial<Image> {
    const place = { path: this.#build.dockerfile, line: instruction.line };
    const filled = (text: string): string => interpolate(text, (name) => this.#value(name, stage));
    switch (instruction.name) {
      case 'WORKDIR':
        return { workdir: resolvePath(stage.workdir, filled(unquoted(instruction.text))) };
      case 'ENV':
        return {
          env: new Map([
            ...stage.env,
            ...readEnv(instruction.text).map(([name, value]) => [name, filled(value)] as const),
          ]),
        };
      case 'RUN':
        return this.#run(instruction, stage);
      case 'COPY':
      case 'ADD':
        return this.#copy(instruction, stage, place);
      case 'CMD':
        return { command: invocationOf(instruction, place) };
      case 'ENTRYPOINT':
        return { entrypoint: invocationOf(instruction, place) };
      case 'ONBUILD':
        return { triggers: [...stage.triggers, ...triggersOf(instruction)] };
      default:
        return {};
    }
  }

  #run({ text, json, heredocs, line }: Instruction, stage: Stage): Partial<Image> {
    const command = [json?.join(' ') ?? text, ...heredocs].join('\n');
    const open = MAKES_FILES.test(command.replace(DEPENDENCIES_ALONE, ''))
      ? `${this.#build.dockerfile}:${line} puts files in place that no COPY shows`
      : undefined;
    const gone = removedBy(command, stage.workdir).map((at) => ({ kind: 'gone' as const, at }));
    return { runs: [...stage.runs, command], open: stage.open ?? open, layers: [...stage.layers, ...gone] };
  }

  #copy(instruction: Instruction, stage: Stage, place: Place): Partial<Image> {
    const { context, isSent } = this.#build;
    const { layers, missing } = readCopy(
      instruction,
      {
        listing: this.#listing,
        context,
        isSent: (path) => isSent(context === undefined ? path : (below(context, path) ?? path)),
        lookup: (name) => this.#value(name, stage),
        workdir: stage.workdir,
        layers: stage.layers,
        stage: (name) => this.#stage(name),
        contexts: this.#build.contexts ?? new Map(),
      },
      place,
    );
    return {
      layers: [...stage.layers, ...layers],
      missing: [...stage.missing, ...missing.map((source) => ({ source, place }))],
    };
  }
}

/** What installs others' packages alone: requirement files, and a project's dependencies without the project. */
const DEPENDENCIES_ALONE =
  /\s(?:-[rc]|--requirement|--constraint)[\s=]+\S+|\b(?:poetry\s+install|uv\s+sync|pdm\s+(?:install|sync))\b[^\n;&|]*\s--no-(?:root|install-project|self)\b/gu;

/** What moves, fetches or installs the program itself. */
const MAKES_FILES =
  /(?:^|[\s;&|(])(?:cp|mv|ln|rsync|unzip|tar|git\s+(?:clone|checkout)|svn|(?:python[\d.]*\s+)?setup\.py|poetry\s+install|pdm\s+(?:install|sync)|pipenv\s+(?:install|sync)|uv\s+sync|flit\s+install|hatch\s|conda\s+develop|(?:uv\s+)?pip[\d.]*\s+install\s(?:[^\n;&|]*\s)?(?:-e\s|--editable|\.{1,2}(?:[/\s[;&]|$)|\/|\S+\.whl|\$))/mu;

/** The instruction of an `ONBUILD`, at its line. */
function triggersOf({ text, line }: Instruction): Instruction[] {
  return readDockerfile(text).map((instruction) => ({ ...instruction, line }));
}

/** Places that `rm` names as they are: not by a pattern, nor by a variable. */
function removedBy(command: string, workdir: string): string[] {
  const removed: string[] = [];
  for (const [tool, ...words] of commandsOf(command)) {
    const names = words.filter((word) => !word.startsWith('-') && !/[*?[$]/u.test(word));
    if (tool === 'rm') removed.push(...names.map((name) => resolvePath(workdir, name)));
  }
  return removed;
}

function invocationOf({ json, text }: Instruction, place: Place): Invocation {
  return json === undefined ? { words: [text], isShell: true, place } : { words: json, isShell: false, place };
}

/** `ENV A=1 B="2 3"`, and the old `ENV A any text`. */
function readEnv(text: string): (readonly [string, string])[] {
  if (!/^\S*=/u.test(text)) {
    const [, name = '', value = ''] = /^(\S+)\s+([^]*)$/u.exec(text) ?? [];
    return name === '' ? [] : [[name, unquoted(value.trim())]];
  }
  return splitPlain(text).flatMap((pair) => {
    const [name, value] = split(pair);
    return value === undefined ? [] : [[name, value] as const];
  });
}

function split(pair: string): [string, string | undefined] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, undefined] : [pair.slice(0, at), pair.slice(at + 1)];
}

function unquoted(text: string): string {
  return /^(["']).*\1$/u.test(text) ? text.slice(1, -1) : text;
}
