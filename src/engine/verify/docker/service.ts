import type { Invocation } from './image.ts';
import type { Place } from './layers.ts';
import { resolveInWorkspace, resolvePath } from './paths.ts';
import type { Lookup } from './variables.ts';
import { interpolate, isOpen } from './variables.ts';
import { splitPlain } from './words.ts';
import type { YamlNode } from './yamlNode.ts';
import { itemsOf, textAt, valueAt } from './yamlNode.ts';

/** A path that a compose file names. */
export interface PathSetting {
  /** As it is written, variables filled in. */
  readonly text: string;
  /** In the workspace; absent for one that leads out of it or that only the machine knows. */
  readonly path: string | undefined;
  readonly place: Place;
}

export interface Mount {
  /** Absolute, in the container; absent when it is not known. */
  readonly at: string | undefined;
  readonly kind: 'bind' | 'volume' | 'other';
  readonly source?: PathSetting;
  readonly place: Place;
}

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
  readonly profiles: readonly string[];
}

export interface ServiceBuild {
  readonly context: PathSetting;
  readonly dockerfile?: PathSetting;
  readonly isInline: boolean;
  readonly args: Environment;
  readonly target?: string;
}

export interface ServiceScene {
  /** Workspace path of the compose file. */
  readonly path: string;
  /** Workspace path of the folder that relative paths start from. */
  readonly folder: string;
  readonly lookup: Lookup;
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
  const image = filled(textAt(node, 'image'));
  const workdir = filled(textAt(node, 'working_dir'));
  const build = readBuild(valueAt(node, 'build'), pathSetting, filled);
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
    mounts: itemsOf(valueAt(node, 'volumes')).flatMap((item) => readMount(item, pathSetting, filled, placeOf(item))),
    profiles: itemsOf(valueAt(node, 'profiles')).flatMap((item) => (item.kind === 'text' ? [item.text] : [])),
  };
}

type Fill = (text: string | undefined) => string | undefined;
type ReadPath = (value: YamlNode, text: string) => PathSetting;

/** A context that Docker fetches. */
const REMOTE = /^(?:\w+:\/\/|[\w.-]+@|github\.com\/)|\.git(?:#|$)/u;

function readBuild(node: YamlNode | undefined, path: ReadPath, filled: Fill): ServiceBuild | undefined {
  if (node === undefined || node.kind === 'null' || node.kind === 'list') return undefined;
  const contextNode = node.kind === 'text' ? node : valueAt(node, 'context');
  const written = filled(node.kind === 'text' ? node.text : textAt(node, 'context')) ?? '.';
  const local = path(contextNode ?? node, written);
  const context = REMOTE.test(written) ? { ...local, path: undefined } : local;
  const dockerfileNode = valueAt(node, 'dockerfile');
  const dockerfile = filled(textAt(node, 'dockerfile'));
  const target = filled(textAt(node, 'target'));
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
    isInline: valueAt(node, 'dockerfile_inline') !== undefined,
    args: readEnvironment(valueAt(node, 'args'), filled),
    ...(target === undefined ? {} : { target }),
  };
}

/** A text is split into words, and no shell sees it. */
function readInvocation(
  node: YamlNode | undefined,
  placeOf: (node: YamlNode) => Place,
  filled: Fill,
): Invocation | undefined {
  if (node === undefined || node.kind === 'null' || node.kind === 'map') return undefined;
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

function readMount(item: YamlNode, path: ReadPath, filled: Fill, place: Place): Mount[] {
  const at = (target: string): string | undefined => (isOpen(target) ? undefined : resolvePath('/', target));
  if (item.kind === 'map') {
    const [type, source, target] = ['type', 'source', 'target'].map((key) => filled(textAt(item, key)));
    if (target === undefined) return [];
    if (type === 'bind' && source !== undefined)
      return [{ at: at(target), kind: 'bind', source: path(valueAt(item, 'source') ?? item, source), place }];
    return [{ at: at(target), kind: type === 'volume' ? 'volume' : 'other', place }];
  }
  const text = item.kind === 'text' ? filled(item.text) : undefined;
  if (text === undefined) return [];
  const { source, target } =
    /^(?:(?<source>(?:[A-Za-z]:[\\/])?[^:]*):)?(?<target>\/[^:]*)(?::[\w,]+)?$/u.exec(text)?.groups ?? {};
  if (target === undefined) return [{ at: undefined, kind: 'other', place }];
  if (source === undefined) return [{ at: at(target), kind: 'volume', place }];
  // `${DATA}/x` may be a folder or a volume's name.
  const isFolder = /^(?:[./~\\$]|[A-Za-z]:)/u.test(source);
  return [{ at: at(target), place, ...(isFolder ? { kind: 'bind', source: path(item, source) } : { kind: 'volume' }) }];
}

/** A service over another one: what is said again replaces, lists and variables are put together, mounts by their place. */
export function mergeServices(under: Service, over: Service): Service {
  const hidden = new Set(over.mounts.map(({ at }) => at));
  return {
    ...under,
    ...over,
    ...(over.build && {
      build: { ...under.build, ...over.build, args: new Map([...(under.build?.args ?? []), ...over.build.args]) },
    }),
    environment: new Map([...under.environment, ...over.environment]),
    envFiles: [...under.envFiles, ...over.envFiles],
    mounts: [...under.mounts.filter(({ at }) => at === undefined || !hidden.has(at)), ...over.mounts],
    profiles: [...under.profiles, ...over.profiles],
  };
}
