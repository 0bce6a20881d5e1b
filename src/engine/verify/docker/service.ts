import type { Invocation } from './image.ts';
import type { Place } from './layers.ts';
import type { Mount, MountScene, PathSetting } from './mounts.ts';
import { readMount, readTmpfs } from './mounts.ts';
import { resolveInWorkspace } from './paths.ts';
import type { Lookup } from './variables.ts';
import { interpolate, isOpen } from './variables.ts';
import { splitPlain } from './words.ts';
import type { YamlNode } from './yamlNode.ts';
import { itemsOf, textAt, valueAt } from './yamlNode.ts';

/** `undefined` as a value: taken over from the machine. */
export type Environment = ReadonlyMap<string, string | undefined>;

/** A service as one or several compose files tell it. */
export interface Service {
  readonly name: string;
  readonly place: Place;
  readonly build?: ServiceBuild;
  readonly image?: string;
  readonly command?: Invocation;
  readonly entrypoint?: Invocation;
  readonly workdir?: string;
  readonly environment: Environment;
  readonly envFiles: readonly (PathSetting & { readonly isRequired: boolean })[];
  readonly mounts: readonly Mount[];
  /** Services whose mounts it has as well: `name`, `name:ro`, `container:name`. */
  readonly mountsOf: readonly string[];
  readonly profiles: readonly string[];
  /** Keys of which nothing that an earlier file says counts. */
  readonly replaced: ReadonlySet<string>;
}

export interface ServiceBuild {
  readonly context: PathSetting;
  readonly dockerfile?: PathSetting;
  /** A Dockerfile that the compose file itself holds; its place is the line before its first. */
  readonly inline?: { readonly text: string; readonly place: Place };
  readonly args: Environment;
  readonly target?: string;
  /** Further contexts, by the name that a `COPY --from` gives them. */
  readonly contexts: ReadonlyMap<string, PathSetting>;
}

export interface ServiceScene {
  /** Workspace path of the compose file. */
  readonly path: string;
  /** Workspace path of the folder that relative paths start from. */
  readonly folder: string;
  readonly lookup: Lookup;
  /** Volumes that do not begin with what the image has at their place. */
  readonly filled?: ReadonlySet<string>;
}

/** Reads a service as its own lines give it, `extends` left aside. */
export function readService(name: string, node: YamlNode, scene: ServiceScene): Service {
  const filled = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : interpolate(text, scene.lookup);
  const placeOf = ({ line }: YamlNode): Place => ({ path: scene.path, line });
  const pathSetting = (value: YamlNode, text: string): PathSetting => {
    const path = isOpen(text) ? undefined : resolveInWorkspace(scene.folder, text);
    return { text, path, place: placeOf(value) };
  };
  const mountScene = { filled, path: pathSetting, placeOf };
  const image = filled(textAt(node, 'image'));
  const workdir = filled(textAt(node, 'working_dir'));
  const build = readBuild(valueAt(node, 'build'), { path: pathSetting, filled, placeOf });
  const [command, entrypoint] = ['command', 'entrypoint'].map((key) =>
    readInvocation(valueAt(node, key), placeOf, filled),
  );
  return {
    name,
    place: placeOf(node),
    ...(build && { build }),
    ...(image === undefined ? {} : { image }),
    ...(command && { command }),
    ...(entrypoint && { entrypoint }),
    ...(workdir === undefined ? {} : { workdir }),
    environment: readEnvironment(valueAt(node, 'environment'), filled),
    envFiles: itemsOf(valueAt(node, 'env_file')).flatMap((item) => {
      const text = filled(item.kind === 'text' ? item.text : textAt(item, 'path'));
      const isRequired = textAt(item, 'required') !== 'false';
      return text === undefined ? [] : [{ ...pathSetting(item, text), isRequired }];
    }),
    mounts: [
      ...itemsOf(valueAt(node, 'volumes'))
        .flatMap((item) => readMount(item, mountScene))
        .map((mount) =>
          scene.filled?.has(mount.volume ?? '') === true ? { ...mount, kind: 'other' as const } : mount,
        ),
      ...itemsOf(valueAt(node, 'tmpfs')).flatMap((item) => readTmpfs(item, mountScene)),
    ],
    mountsOf: textsAt(node, 'volumes_from'),
    profiles: textsAt(node, 'profiles'),
    replaced: replacedIn(node),
  };
}

function textsAt(node: YamlNode, key: string): string[] {
  return itemsOf(valueAt(node, key)).flatMap((item) => (item.kind === 'text' ? [item.text] : []));
}

/** By compose's own tags; and a command that is null is the image's again. */
function replacedIn(node: YamlNode): Set<string> {
  const entries = node.kind === 'map' ? [...node.entries] : [];
  const isReplaced = (key: string, value: YamlNode): boolean =>
    value.tag !== undefined || (value.kind === 'null' && (key === 'command' || key === 'entrypoint'));
  return new Set(entries.filter(([key, value]) => isReplaced(key, value)).map(([key]) => key));
}

type Fill = (text: string | undefined) => string | undefined;
type ReadPath = (value: YamlNode, text: string) => PathSetting;

/** What Docker fetches. */
const REMOTE = /^(?:\w+:\/\/|[\w.-]+@|github\.com\/|oci:)|\.git(?:#|$)/u;

export function isRemote(path: string): boolean {
  return REMOTE.test(path);
}

function readBuild(node: YamlNode | undefined, { path, filled, placeOf }: MountScene): ServiceBuild | undefined {
  if (node === undefined || node.kind === 'null' || node.kind === 'list') return undefined;
  const contextNode = node.kind === 'text' ? node : valueAt(node, 'context');
  const written = filled(node.kind === 'text' ? node.text : textAt(node, 'context')) ?? '.';
  const local = path(contextNode ?? node, written);
  const context = isRemote(written) ? { ...local, path: undefined } : local;
  const dockerfileNode = valueAt(node, 'dockerfile');
  const dockerfile = filled(textAt(node, 'dockerfile'));
  const target = filled(textAt(node, 'target'));
  const inline = valueAt(node, 'dockerfile_inline');
  return {
    context,
    ...(dockerfile === undefined || dockerfileNode === undefined
      ? {}
      : {
          dockerfile: {
            ...path(dockerfileNode, dockerfile),
            path: context.path === undefined ? undefined : resolveInWorkspace(context.path, dockerfile),
          },
        }),
    ...(inline?.kind === 'text' ? { inline: { text: filled(inline.text) ?? '', place: placeOf(inline) } } : {}),
    args: readEnvironment(valueAt(node, 'args'), filled),
    contexts: readContexts(valueAt(node, 'additional_contexts'), path, filled),
    ...(target === undefined ? {} : { target }),
  };
}

/** `name: ./folder`, or `name=./folder` in a list; what is no folder of the workspace has no path. */
function readContexts(node: YamlNode | undefined, path: ReadPath, filled: Fill): Map<string, PathSetting> {
  const named =
    node?.kind === 'map'
      ? [...node.entries].map(([name, value]) => [name, value, textAt(node, name)] as const)
      : itemsOf(node).map((item) => {
          const text = item.kind === 'text' ? item.text : '';
          const at = text.indexOf('=');
          return [text.slice(0, Math.max(0, at)), item, text.slice(at + 1)] as const;
        });
  return new Map(
    named.flatMap(([name, value, text]) => {
      const written = filled(text);
      if (name === '' || written === undefined) return [];
      const setting = path(value, written);
      const isElsewhere = isRemote(written) || /^[\w-]+:/u.test(written);
      return [[name, isElsewhere ? { ...setting, path: undefined } : setting] as const];
    }),
  );
}

/** A text is split into words, and no shell sees it. */
function readInvocation(
  node: YamlNode | undefined,
  placeOf: (node: YamlNode) => Place,
  filled: Fill,
): Invocation | undefined {
  if (node === undefined || node.tag === '!reset' || node.kind === 'null' || node.kind === 'map') return undefined;
  const words =
    node.kind === 'text'
      ? splitPlain(filled(node.text) ?? '')
      : node.items.map((item) => filled(item.kind === 'text' ? item.text : '') ?? '');
  return { words, isShell: false, place: placeOf(node) };
}

function readEnvironment(node: YamlNode | undefined, filled: Fill): Environment {
  if (node?.kind === 'map')
    return new Map(
      [...node.entries].map(([name, value]) => [name, value.kind === 'text' ? filled(value.text) : undefined]),
    );
  return new Map(
    itemsOf(node).flatMap((item) => {
      if (item.kind !== 'text') return [];
      const at = item.text.indexOf('=');
      return [at < 0 ? [item.text, undefined] : [item.text.slice(0, at), filled(item.text.slice(at + 1))]] as [
        string,
        string | undefined,
      ][];
    }),
  );
}

/** A service over another one: what is said again replaces, lists and variables are put together, mounts by their place. */
export function mergeServices(earlier: Service, over: Service): Service {
  const under = without(earlier, over.replaced);
  const hidden = new Set(over.mounts.map(({ at }) => at));
  return {
    ...under,
    ...over,
    ...(over.build && { build: mergeBuilds(under.build, over.build) }),
    environment: new Map([...under.environment, ...over.environment]),
    envFiles: [...under.envFiles, ...over.envFiles],
    mounts: [...under.mounts.filter(({ at }) => at === undefined || !hidden.has(at)), ...over.mounts],
    mountsOf: [...under.mountsOf, ...over.mountsOf],
    profiles: [...under.profiles, ...over.profiles],
  };
}

function mergeBuilds(under: ServiceBuild | undefined, over: ServiceBuild): ServiceBuild {
  return {
    ...under,
    ...over,
    args: new Map([...(under?.args ?? []), ...over.args]),
    contexts: new Map([...(under?.contexts ?? []), ...over.contexts]),
  };
}

function without(service: Service, keys: ReadonlySet<string>): Service {
  const { build, image, command, entrypoint, workdir, ...rest } = service;
  const kept = (key: string): boolean => !keys.has(key);
  return {
    ...rest,
    ...(build && kept('build') ? { build } : {}),
    ...(image !== undefined && kept('image') ? { image } : {}),
    ...(command && kept('command') ? { command } : {}),
    ...(entrypoint && kept('entrypoint') ? { entrypoint } : {}),
    ...(workdir !== undefined && kept('working_dir') ? { workdir } : {}),
    environment: kept('environment') ? rest.environment : new Map(),
    envFiles: kept('env_file') ? rest.envFiles : [],
    mounts: rest.mounts.filter(({ kind }) => kept(kind === 'tmpfs' ? 'tmpfs' : 'volumes')),
    mountsOf: kept('volumes_from') ? rest.mountsOf : [],
    profiles: kept('profiles') ? rest.profiles : [],
  };
}
