import type { CancellationToken } from '../../ports.ts';
import { throwIfCancelled } from '../../errors.ts';
import { isShim } from '../../shim/marker.ts';
import type { TreePair } from '../../tree/pair.ts';
import { pathInTree } from '../../tree/pair.ts';
import type { ComposeProject, ReadText, ReadYaml } from './compose.ts';
import { isComposeFile, readProjects } from './compose.ts';
import type { ContainerScene, Started } from './container.ts';
import { commandText, Container } from './container.ts';
import type { EntryPoint } from './entryPoint.ts';
import type { Image } from './image.ts';
import { baseImage } from './image.ts';
import type { MissingSource } from './images.ts';
import { Images } from './images.ts';
import type { Place } from './layers.ts';
import { mounted } from './mounts.ts';
import type { Outcome } from './outcome.ts';
import { Listing, resolvePath } from './paths.ts';
import type { Service } from './service.ts';
import { withSharedMounts } from './sharedMounts.ts';
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
  readonly missingSources: readonly MissingSource[];
  /** Compose files that do not parse. */
  readonly unread: readonly string[];
  /** Legacy trees that only forward to the canonical one. */
  readonly shims: ReadonlySet<string>;
}

/** Reads the compose files and Dockerfiles outside of the legacy trees, and judges what each service would run. */
export async function readContainers(scene: DockerScene, token?: CancellationToken): Promise<DockerReading> {
  const { pairs, read } = scene;
  const paths = scene.paths.filter((path) => pairs.every(({ legacy }) => pathInTree(legacy, path) === undefined));
  const { projects, unread } = await readProjects(paths.filter(isComposeFile), read, scene.readYaml);
  const listing = new Listing(scene.paths);
  const images = new Images(listing, read);
  const containers = { listing, pairs, read, imports: new Map() };
  const verdicts = new Map<string, ContainerVerdict>();
  const all = projects.flatMap(({ services }) => services.map((service) => withSharedMounts(service, services)));
  for (const service of all) {
    throwIfCancelled(token);
    for (const verdict of await judgeService(service, images, containers)) {
      const key = JSON.stringify([verdict.service, verdict.place, verdict.command]);
      // An override tells most of its base again.
      if (!verdicts.has(key)) verdicts.set(key, verdict);
    }
  }
  const alone: ContainerVerdict[] = [];
  for (const dockerfile of paths.filter((path) => isDockerfile(path) && !images.isBuilt(path))) {
    throwIfCancelled(token);
    alone.push(...(await judgeAlone(await images.alone(dockerfile), containers)));
  }
  const { missingSources } = images;
  return { projects, verdicts: [...verdicts.values(), ...alone], missingSources, unread, shims: await shimsOf(scene) };
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

async function judgeService(service: Service, images: Images, scene: ContainerScene): Promise<ContainerVerdict[]> {
  const built = service.build && (await images.of(service.build));
  const image = built ?? baseImage(service.image ?? 'unknown');
  const environment = await environmentOf(service, image, scene);
  const workdir = service.workdir === undefined ? image.workdir : resolvePath(image.workdir, service.workdir);
  // An entry point of the service's own forgets the image's command.
  const ran = service.entrypoint === undefined ? image : { ...image, command: undefined };
  const { entrypoint, command } = service;
  const mounts = mounted(service.mounts);
  const started = await new Container(ran, scene, { mounts, environment, workdir }).start(entrypoint, command);
  const isMounted = service.build !== undefined && service.mounts.some(({ kind }) => kind === 'bind');
  if (!isMounted) return started.map((one) => verdictOf(one, service.name));
  const bare = await new Container(ran, scene, { environment, workdir }).start(entrypoint, command);
  const isOwn = command === undefined && entrypoint === undefined;
  const imageOwn = isOwn ? undefined : await ownVerdict(image, scene);
  return started.map((one) => {
    const unmounted = bare.find(({ entry }) => entry.name === one.entry.name)?.outcome;
    return { ...verdictOf(one, service.name), ...(unmounted && { unmounted }), ...(imageOwn && { imageOwn }) };
  });
}

async function ownVerdict(image: Image, scene: ContainerScene): Promise<ImageVerdict | undefined> {
  const [first] = await new Container(image, scene).start();
  return first && { place: first.place, command: commandText(first.entry), outcome: first.outcome };
}

/** Of several contexts the better one counts. */
async function judgeAlone(images: readonly Image[], scene: ContainerScene): Promise<ContainerVerdict[]> {
  const all = [];
  for (const image of images) all.push(await new Container(image, scene).start());
  const best = all.find((started) => started.some(({ outcome }) => outcome.kind !== 'fails')) ?? all[0] ?? [];
  return best.map((one) => verdictOf(one));
}

function verdictOf({ entry, outcome, place }: Started, service?: string): ContainerVerdict {
  return { ...(service === undefined ? {} : { service }), place, command: commandText(entry), entry, outcome };
}

/** The image's, then the files that the service names, then its own; `$` in a value stands for what is not known. */
async function environmentOf(service: Service, image: Image, { read }: ContainerScene): Promise<Map<string, string>> {
  const environment = new Map(image.env);
  for (const { path } of service.envFiles) {
    const text = path === undefined ? undefined : await read(path);
    for (const [name, value] of readEnvFile(text ?? '')) environment.set(name, value);
  }
  for (const [name, value] of service.environment) environment.set(name, value ?? `$${name}`);
  return environment;
}
