import type { CancellationToken } from '../../ports.ts';
import { throwIfCancelled } from '../../errors.ts';
import { isShim } from '../../shim/marker.ts';
import type { TreePair } from '../../tree/pair.ts';
import { pathInTree } from '../../tree/pair.ts';
import type { ComposeProject, ReadText, ReadYaml } from './compose.ts';
import { isComposeFile, readProjects } from './compose.ts';
import { readDockerignore } from './dockerignore.ts';
import type { EntryPoint } from './entryPoint.ts';
import { findEntryPoints, findInShell } from './entryPoint.ts';
import type { Build, Image, Invocation } from './image.ts';
import { baseImage, buildImage } from './image.ts';
import type { Layer, Place } from './layers.ts';
import { ContainerFiles } from './layers.ts';
import type { EagerImport, Outcome } from './outcome.ts';
import { judgeEntryPoint } from './outcome.ts';
import { Listing, folderOf, joinPath, resolvePath } from './paths.ts';
import type { Service } from './service.ts';
import { readEnvFile } from './variables.ts';

/** What a service of a compose file, or an image alone, would run. */
export interface ContainerVerdict {
  /** The compose file's service; absent for a Dockerfile that no compose file builds. */
  readonly service?: string;
  /** Where its command is written. */
  readonly place: Place;
  /** `uvicorn pixsim7.backend.main.main:app`. */
  readonly command: string;
  readonly entry: EntryPoint;
  /** As compose starts it. */
  readonly outcome: Outcome;
  /** The same command without the volumes; absent when nothing is mounted over an image of the workspace. */
  readonly unmounted?: Outcome;
  /** What the image starts by itself, without volumes; absent when that is the command above. */
  readonly imageOwn?: ImageVerdict;
}

export interface ImageVerdict {
  readonly place: Place;
  readonly command: string;
  readonly outcome: Outcome;
}

export interface DockerScene {
  /** Workspace paths, as listed. */
  readonly paths: readonly string[];
  readonly pairs: readonly TreePair[];
  readonly read: ReadText;
  readonly readYaml: ReadYaml;
}

export interface DockerReading {
  readonly projects: readonly ComposeProject[];
  readonly verdicts: readonly ContainerVerdict[];
  /** `COPY` sources that the build context does not hold. */
  readonly missingSources: readonly { readonly source: string; readonly place: Place }[];
  /** Compose files that do not parse. */
  readonly unread: readonly string[];
  /** Legacy trees that only forward to the canonical one. */
  readonly shims: ReadonlySet<string>;
}

/** Reads the compose files and Dockerfiles outside of the legacy trees, and judges what each service would run. */
export async function readContainers(scene: DockerScene, token?: CancellationToken): Promise<DockerReading> {
  const isLegacy = (path: string): boolean => scene.pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined);
  const composeFiles = scene.paths.filter((path) => isComposeFile(path) && !isLegacy(path));
  const { projects, unread } = await readProjects(composeFiles, scene.read, scene.readYaml);
  const judge = new ContainerJudge(scene);
  const verdicts: ContainerVerdict[] = [];
  const judged = new Set<string>();
  for (const service of projects.flatMap(({ services }) => services)) {
    throwIfCancelled(token);
    for (const verdict of await judge.service(service)) {
      const key = JSON.stringify([verdict.service, verdict.place, verdict.command]);
      if (!judged.has(key)) verdicts.push(verdict);
      judged.add(key);
    }
  }
  for (const dockerfile of scene.paths.filter(
    (path) => isDockerfile(path) && !isLegacy(path) && !judge.built.has(path),
  )) {
    throwIfCancelled(token);
    verdicts.push(...(await judge.dockerfileAlone(dockerfile)));
  }
  return { projects, verdicts, missingSources: judge.missingSources, unread, shims: await shimsOf(scene) };
}

async function shimsOf({ pairs, read }: DockerScene): Promise<Set<string>> {
  const shims = new Set<string>();
  for (const { legacy } of pairs) if (isShim((await read(`${legacy.root}/__init__.py`)) ?? '')) shims.add(legacy.root);
  return shims;
}

function isDockerfile(path: string): boolean {
  return (
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.dockerfile$/iu.test(path) && !path.endsWith('.dockerignore')
  );
}

class ContainerJudge {
  readonly #scene: DockerScene;
  readonly #listing: Listing;
  readonly built = new Set<string>();
  readonly #imports = new Map<string, readonly EagerImport[]>();
  readonly missingSources: { source: string; place: Place }[] = [];

  constructor(scene: DockerScene) {
    this.#scene = scene;
    this.#listing = new Listing(scene.paths);
  }

  async service(service: Service): Promise<ContainerVerdict[]> {
    const image = (await this.#imageOf(service)) ?? baseImage(service.image ?? 'unknown');
    const environment = await this.#environmentOf(service, image);
    const workdir = service.workdir === undefined ? image.workdir : resolvePath(image.workdir, service.workdir);
    const layers = [...image.layers, ...mountLayers(service)];
    const container = { image: { ...image, layers }, environment, workdir };
    const entrypoint = service.entrypoint ?? image.entrypoint;
    // An entry point of the service's own forgets the image's command.
    const command = service.command ?? (service.entrypoint === undefined ? image.command : undefined);
    const isMounted = service.mounts.some(({ kind }) => kind === 'bind') && service.build !== undefined;
    const bare = { image, environment, workdir };
    const unmounted = isMounted ? await this.#judge(entrypoint, command, bare) : [];
    const own = isMounted && command !== image.command ? await this.#own(image) : undefined;
    const judged = await this.#judge(entrypoint, command, container);
    return judged.map(({ entry, outcome, place }) => {
      const without = unmounted.find((one) => one.entry.name === entry.name)?.outcome;
      const verdict = { service: service.name, place, command: commandText(entry), entry, outcome };
      return { ...verdict, ...(without && { unmounted: without }), ...(own && { imageOwn: own }) };
    });
  }

  async #own(image: Image): Promise<ImageVerdict | undefined> {
    const container = { image, environment: image.env, workdir: image.workdir };
    const [first] = await this.#judge(image.entrypoint, image.command, container);
    return first && { place: first.place, command: commandText(first.entry), outcome: first.outcome };
  }

  /** A Dockerfile that no compose file builds: from its own folder, and from the root; the better of the two counts. */
  async dockerfileAlone(dockerfile: string): Promise<ContainerVerdict[]> {
    const all = [];
    for (const context of new Set([folderOf(dockerfile), ''])) {
      const image = await this.#build({ context, dockerfile, args: new Map() });
      if (image === undefined || image.missing.length > 0) continue;
      all.push(
        await this.#judge(image.entrypoint, image.command, { image, environment: image.env, workdir: image.workdir }),
      );
    }
    const best = all.find((judged) => judged.some(({ outcome }) => outcome.kind !== 'fails')) ?? all[0] ?? [];
    return best.map(({ entry, outcome, place }) => ({ place, command: commandText(entry), entry, outcome }));
  }

  async #imageOf({ build }: Service): Promise<Image | undefined> {
    if (build === undefined || build.isInline || build.context.path === undefined) return undefined;
    const dockerfile =
      build.dockerfile === undefined ? joinPath(build.context.path, 'Dockerfile') : build.dockerfile.path;
    if (dockerfile === undefined) return undefined;
    const args = new Map(
      [...build.args].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    );
    const image = await this.#build({ context: build.context.path, dockerfile, args, target: build.target });
    for (const { source, place } of image?.missing ?? []) {
      if (
        !this.missingSources.some(
          (known) => known.source === source && known.place.line === place.line && known.place.path === place.path,
        )
      )
        this.missingSources.push({ source, place });
    }
    return image;
  }

  async #build(build: Omit<Build, 'text' | 'isSent'> & { readonly context: string }): Promise<Image | undefined> {
    const text = await this.#scene.read(build.dockerfile);
    if (text === undefined) return undefined;
    this.built.add(build.dockerfile);
    const ignore =
      (await this.#scene.read(`${build.dockerfile}.dockerignore`)) ??
      (await this.#scene.read(joinPath(build.context, '.dockerignore')));
    return buildImage({ ...build, text, isSent: readDockerignore(ignore ?? '') }, this.#listing);
  }

  /** The image's, then the files that the service names, then its own; `$` in a value stands for what is not known. */
  async #environmentOf(service: Service, image: Image): Promise<Map<string, string>> {
    const environment = new Map(image.env);
    for (const { path } of service.envFiles) {
      const text = path === undefined ? undefined : await this.#scene.read(path);
      for (const [name, value] of readEnvFile(text ?? '')) environment.set(name, value);
    }
    for (const [name, value] of service.environment) environment.set(name, value ?? `$${name}`);
    return environment;
  }

  async #judge(
    entrypoint: Invocation | undefined,
    command: Invocation | undefined,
    container: { readonly image: Image; readonly environment: ReadonlyMap<string, string>; readonly workdir: string },
  ): Promise<{ entry: EntryPoint; outcome: Outcome; place: Place }[]> {
    const { image, environment: env, workdir } = container;
    const files = new ContainerFiles(this.#listing, image.layers, image.open);
    const { pairs, read } = this.#scene;
    const scene = {
      files,
      listing: this.#listing,
      pairs,
      read,
      installs: await this.#installs(image, files),
      imports: this.#imports,
    };
    const judged = [];
    for (const { entry, place } of await this.#entries(entrypoint, command, { files, env, workdir })) {
      const outcome = await judgeEntryPoint(entry, scene);
      if (outcome !== undefined) judged.push({ entry, outcome, place });
    }
    return judged;
  }

  /** Programs of the command that the container starts; a script of ours in its place is read. */
  async #entries(
    entrypoint: Invocation | undefined,
    command: Invocation | undefined,
    at: { readonly files: ContainerFiles; readonly env: ReadonlyMap<string, string>; readonly workdir: string },
  ): Promise<{ entry: EntryPoint; place: Place }[]> {
    const placed = (invocation: Invocation, entries: readonly EntryPoint[]): { entry: EntryPoint; place: Place }[] =>
      entries.map((entry) => ({ entry, place: invocation.place }));
    const ofCommand = command === undefined ? [] : placed(command, entriesOf(command, at));
    if (entrypoint === undefined) {
      const script = command === undefined ? undefined : await this.#script(command, at);
      return command === undefined || script === undefined ? ofCommand : placed(command, findInShell(script, at));
    }
    if (entrypoint.isShell) return placed(entrypoint, entriesOf(entrypoint, at));
    const script = await this.#script(entrypoint, at);
    if (script !== undefined) {
      const passesOn = /"?\$[@*]"?/u.test(script);
      return [...placed(entrypoint, findInShell(script, at)), ...(passesOn ? ofCommand : [])];
    }
    const words = [
      ...entrypoint.words,
      ...(command?.isShell === false
        ? command.words
        : command === undefined
          ? []
          : ['/bin/sh', '-c', ...command.words]),
    ];
    return placed(command ?? entrypoint, findEntryPoints(words, at));
  }

  async #script(
    { words, isShell }: Invocation,
    { files, workdir }: { readonly files: ContainerFiles; readonly workdir: string },
  ): Promise<string | undefined> {
    const list = isShell ? (words[0] ?? '').split(/\s+/u) : words;
    const name = list.find((word) => /\.sh$|^\.?\//u.test(word) && !/\/(?:ba|da)?sh$/u.test(word));
    if (name === undefined || list.indexOf(name) > 1 || name.endsWith('.py')) return undefined;
    const found = files.find(resolvePath(workdir, name));
    return found.kind === 'file' ? await this.#scene.read(found.source) : undefined;
  }

  /** What it installs: the commands, and the requirement files that they name. */
  async #installs(image: Image, files: ContainerFiles): Promise<string> {
    const texts: string[] = [];
    for (const run of image.runs.filter((one) => /\b(?:pip|uv|poetry|conda|pdm)\b/u.test(one))) {
      texts.push(run);
      for (const [, name = ''] of run.matchAll(/\s(?:-r|--requirement)[\s=]*(\S+)/gu)) {
        const found = files.find(resolvePath(image.workdir, name));
        const text = found.kind === 'file' ? await this.#scene.read(found.source) : undefined;
        // A comment installs nothing.
        texts.push((text ?? '').replace(/(?:^|\s)#[^\n]*/gu, ''));
      }
    }
    return texts.join('\n');
  }
}

function entriesOf(
  { words, isShell }: Invocation,
  scene: { readonly env: ReadonlyMap<string, string>; readonly workdir: string },
): EntryPoint[] {
  return isShell ? findInShell(words[0] ?? '', scene) : findEntryPoints(words, scene);
}

/** Deeper places lie over those around them. A named volume begins with what the image has at its place. */
function mountLayers({ mounts }: Service): Layer[] {
  return mounts
    .filter(({ kind, at }) => kind === 'bind' && at !== undefined)
    .sort((a, b) => (a.at ?? '').length - (b.at ?? '').length)
    .map(({ at = '/', source, place }): Layer =>
      source?.path === undefined
        ? { kind: 'unknown', at, why: `what ${place.path}:${place.line} mounts is not in the workspace` }
        : { kind: 'files', how: 'mount', at, source: source.path, isSent: () => true, place },
    );
}

function commandText({ kind, tool, name, attribute }: EntryPoint): string {
  const separator = tool.endsWith('arq') ? '.' : ':';
  const what = kind === 'module' && attribute !== undefined ? `${name}${separator}${attribute}` : name;
  return `${tool}${tool.endsWith('celery') ? ' -A' : ''} ${what}`;
}
