import type { TreePair } from '../../tree/pair.ts';
import type { ReadText } from './compose.ts';
import type { EagerImport } from './eagerImports.ts';
import type { CommandScene, EntryPoint } from './entryPoint.ts';
import { findEntryPoints, findInShell } from './entryPoint.ts';
import type { Image, Invocation } from './image.ts';
import type { Mounted, Place } from './layers.ts';
import { ContainerFiles } from './layers.ts';
import type { Outcome } from './outcome.ts';
import { judgeEntryPoint } from './outcome.ts';
import type { Listing } from './paths.ts';
import { resolvePath } from './paths.ts';

/** What every container of a workspace is judged with. */
export interface ContainerScene {
  readonly listing: Listing;
  readonly pairs: readonly TreePair[];
  readonly read: ReadText;
  /** Imports of the files that were read already, by their workspace path. */
  readonly imports: Map<string, readonly EagerImport[]>;
}

/** A Python program that a container starts, and what comes of it. */
export interface Started {
  readonly entry: EntryPoint;
  readonly outcome: Outcome;
  /** Where it is written. */
  readonly place: Place;
}

/** An image as it is run: with mounts, variables and a working directory. */
export class Container {
  readonly #image: Image;
  readonly #files: ContainerFiles;
  readonly #at: CommandScene;
  readonly #scene: ContainerScene;

  constructor(
    image: Image,
    scene: ContainerScene,
    run: {
      readonly mounts?: readonly Mounted[];
      readonly environment?: ReadonlyMap<string, string>;
      readonly workdir?: string;
    } = {},
  ) {
    this.#image = image;
    this.#scene = scene;
    this.#files = new ContainerFiles(scene.listing, image.layers, { open: image.open, mounts: run.mounts ?? [] });
    this.#at = { env: run.environment ?? image.env, workdir: run.workdir ?? image.workdir };
  }

  /** Judges what it starts of the trees' programs, given no entry point and command of its own, the image's. */
  async start(
    entrypoint: Invocation | undefined = this.#image.entrypoint,
    command: Invocation | undefined = this.#image.command,
  ): Promise<Started[]> {
    const { pairs, read, listing, imports } = this.#scene;
    const scene = { files: this.#files, listing, pairs, read, installs: await this.#installs(), imports };
    const started: Started[] = [];
    for (const { entry, place } of await this.#entries(entrypoint, command)) {
      const outcome = await judgeEntryPoint(entry, scene);
      if (outcome !== undefined) started.push({ entry, outcome, place });
    }
    return started;
  }

  /** Programs of the command that the container starts; a script of ours in its place is read. */
  async #entries(
    entrypoint: Invocation | undefined,
    command: Invocation | undefined,
  ): Promise<{ entry: EntryPoint; place: Place }[]> {
    const placed = (invocation: Invocation, entries: readonly EntryPoint[]): { entry: EntryPoint; place: Place }[] =>
      entries.map((entry) => ({ entry, place: invocation.place }));
    const ofCommand = command === undefined ? [] : placed(command, this.#inInvocation(command));
    if (entrypoint === undefined || entrypoint.words.length === 0) {
      const script = command === undefined ? undefined : await this.#script(command);
      return command === undefined || script === undefined ? ofCommand : placed(command, findInShell(script, this.#at));
    }
    if (entrypoint.isShell) return placed(entrypoint, this.#inInvocation(entrypoint));
    const script = await this.#script(entrypoint);
    if (script !== undefined) {
      const passesOn = /"?\$[@*]"?/u.test(script);
      return [...placed(entrypoint, findInShell(script, this.#at)), ...(passesOn ? ofCommand : [])];
    }
    const words = command?.isShell === true ? ['/bin/sh', '-c', ...command.words] : (command?.words ?? []);
    return placed(command ?? entrypoint, findEntryPoints([...entrypoint.words, ...words], this.#at));
  }

  #inInvocation({ words, isShell }: Invocation): EntryPoint[] {
    return isShell ? findInShell(words[0] ?? '', this.#at) : findEntryPoints(words, this.#at);
  }

  async #script({ words, isShell }: Invocation): Promise<string | undefined> {
    const list = isShell ? (words[0] ?? '').split(/\s+/u) : words;
    const name = list.find((word) => /\.sh$|^\.?\//u.test(word) && !/\/(?:ba|da)?sh$/u.test(word));
    if (name === undefined || list.indexOf(name) > 1 || name.endsWith('.py')) return undefined;
    const found = this.#files.find(resolvePath(this.#at.workdir, name));
    return found.kind === 'file' ? await this.#scene.read(found.source) : undefined;
  }

  /** What the image installs: the commands, and the requirement files that they name. */
  async #installs(): Promise<string> {
    const texts: string[] = [];
    for (const run of this.#image.runs.filter((one) => /\b(?:pip|uv|poetry|conda|pdm)\b/u.test(one))) {
      texts.push(run);
      for (const [, name = ''] of run.matchAll(/\s(?:-r|--requirement)[\s=]*(\S+)/gu)) {
        const found = this.#files.find(resolvePath(this.#image.workdir, name));
        const text = found.kind === 'file' ? await this.#scene.read(found.source) : undefined;
        // A comment installs nothing.
        texts.push((text ?? '').replace(/(?:^|\s)#[^\n]*/gu, ''));
      }
    }
    return texts.join('\n');
  }
}

/** `uvicorn pixsim7.backend.main.main:app` */
export function commandText({ kind, tool, name, attribute }: EntryPoint): string {
  const separator = tool.endsWith('arq') ? '.' : ':';
  const what = kind === 'module' && attribute !== undefined ? `${name}${separator}${attribute}` : name;
  return `${tool}${tool.endsWith('celery') ? ' -A' : ''} ${what}`;
}
