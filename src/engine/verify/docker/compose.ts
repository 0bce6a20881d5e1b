import { volumesOfTheirOwn } from './mounts.ts';
import { folderOf, lastOf, resolveInWorkspace } from './paths.ts';
import type { Service } from './service.ts';
import { isRemote, mergeServices, readService } from './service.ts';
import type { Lookup } from './variables.ts';
import { interpolate, readEnvFile } from './variables.ts';
import type { YamlNode } from './yamlNode.ts';
import { itemsOf, textAt, valueAt } from './yamlNode.ts';

/** Reads a workspace file as text; `undefined` when it is not there. */
export type ReadText = (path: string) => Promise<string | undefined>;
export type ReadYaml = (text: string) => YamlNode | undefined;

const COMPOSE = /(?:^|\/)(?:docker-)?compose(?<variant>[.-][^/]*)?\.ya?ml$/u;

export function isComposeFile(path: string): boolean {
  return COMPOSE.test(path);
}

/** A compose file, or a base file with what overrides it: services as they would run. */
export interface ComposeProject {
  readonly path: string;
  /** All files that are given to compose for it, in their order; `path` among them. */
  readonly files: readonly string[];
  readonly services: readonly Service[];
  /** The services are all that the files tell; else those of the last file alone. */
  readonly isWhole: boolean;
  /** It takes in what is not in the workspace, by the network perhaps. */
  readonly isOpen: boolean;
}

/** What one compose file tells, with what it includes. */
interface ComposeFile {
  readonly services: readonly Service[];
  readonly isOpen: boolean;
}

/**
 * The projects of these compose files. `compose.override.yml` lies over `compose.yml` beside it, as compose itself does it;
 * a service of another file that has neither image nor build stands over the base's service of its name.
 */
export async function readProjects(
  paths: readonly string[],
  read: ReadText,
  readYaml: ReadYaml,
): Promise<{ readonly projects: readonly ComposeProject[]; readonly unread: readonly string[] }> {
  const reader = new ComposeReader(read, readYaml);
  const files = new Map<string, ComposeFile>();
  for (const path of paths) {
    const file = await reader.file(path);
    if (file !== undefined) files.set(path, file);
  }
  const projects = [...files].flatMap(([path, file]) => projectOf(path, file, files) ?? []);
  return { projects, unread: paths.filter((path) => !files.has(path)) };
}

function projectOf(
  path: string,
  { services, isOpen }: ComposeFile,
  files: ReadonlyMap<string, ComposeFile>,
): ComposeProject | undefined {
  const variant = variantOf(path);
  const beside = [...files].filter(([other]) => other !== path && folderOf(other) === folderOf(path));
  const find = (wanted: string) => beside.find(([other]) => variantOf(other) === wanted);
  // Nobody starts it by itself.
  if (variant === OVERRIDE) return undefined;
  if (variant === '') {
    const over = find(OVERRIDE);
    if (over === undefined) return { path, files: [path], services, isWhole: true, isOpen };
    const merged = overlay(services, over[1].services);
    return { path, files: [path, over[0]], services: merged, isWhole: true, isOpen: isOpen || over[1].isOpen };
  }
  const base = find('');
  const isIncomplete = ({ build, image, name }: Service): boolean =>
    build === undefined && image === undefined && base?.[1].services.some((one) => one.name === name) === true;
  if (base === undefined || !services.some(isIncomplete))
    return { path, files: [path], services, isWhole: true, isOpen };
  const own = services.map((service) => {
    const under = isIncomplete(service) ? base[1].services.find(({ name }) => name === service.name) : undefined;
    return under === undefined ? service : mergeServices(under, service);
  });
  return { path, files: [base[0], path], services: own, isWhole: false, isOpen: isOpen || base[1].isOpen };
}

const OVERRIDE = '.override';

function variantOf(path: string): string {
  return COMPOSE.exec(lastOf(path))?.groups?.['variant'] ?? '';
}

function overlay(under: readonly Service[], over: readonly Service[]): Service[] {
  const merged = under.map((service) => {
    const found = over.find(({ name }) => name === service.name);
    return found === undefined ? service : mergeServices(service, found);
  });
  return [...merged, ...over.filter(({ name }) => !under.some((service) => service.name === name))];
}

/** From where a compose file is read: what its relative paths start from, and what its variables are. */
interface Setting {
  readonly folder: string;
  readonly lookup: Lookup;
}

/** A setting in which something of a file is read; told when that takes in what is not in the workspace. */
interface OpenSetting extends Setting {
  readonly onOpen: () => void;
}

class ComposeReader {
  readonly #read: ReadText;
  readonly #readYaml: ReadYaml;
  readonly #documents = new Map<string, Promise<YamlNode | undefined>>();

  constructor(read: ReadText, readYaml: ReadYaml) {
    this.#read = read;
    this.#readYaml = readYaml;
  }

  /** `undefined` for a file that does not parse. */
  async file(path: string): Promise<ComposeFile | undefined> {
    const folder = folderOf(path);
    return await this.#file(path, { folder, lookup: await this.#variables([dotEnv(folder)]) }, new Set());
  }

  async #file(path: string, setting: Setting, seen: ReadonlySet<string>): Promise<ComposeFile | undefined> {
    const document = await this.#document(path);
    if (document === undefined) return undefined;
    const included = seen.has(path) ? [] : itemsOf(valueAt(document, 'include'));
    let [services, isOpen]: [readonly Service[], boolean] = [[], false];
    for (const item of included) {
      const file = await this.#included(item, path, setting, new Set([...seen, path]));
      services = overlay(services, file?.services ?? []);
      isOpen ||= file?.isOpen ?? true;
    }
    const named = valueAt(document, 'services');
    const own: Service[] = [];
    const onOpen = (): void => {
      isOpen = true;
    };
    for (const name of named?.kind === 'map' ? named.entries.keys() : []) {
      const service = await this.#service(path, name, { ...setting, onOpen }, new Set());
      if (service !== undefined) own.push(service);
    }
    return { services: overlay(services, own), isOpen };
  }

  /** `path`, or a map of `path`, `project_directory` and `env_file`; `undefined` when it is not in the workspace. */
  async #included(
    item: YamlNode,
    from: string,
    { folder, lookup }: Setting,
    seen: ReadonlySet<string>,
  ): Promise<ComposeFile | undefined> {
    const local = (written: string): string | undefined => {
      const text = interpolate(written, lookup);
      return isRemote(text) ? undefined : resolveInWorkspace(folder, text);
    };
    const named = itemsOf(item.kind === 'map' ? valueAt(item, 'path') : item);
    const paths = named.map((one) => (one.kind === 'text' ? local(one.text) : undefined));
    const [first] = paths;
    if (first === undefined || first === from) return undefined;
    const given = textAt(item, 'project_directory');
    const directory = given === undefined ? folderOf(first) : local(given);
    if (directory === undefined) return undefined;
    const envFiles = itemsOf(valueAt(item, 'env_file')).map((one) =>
      one.kind === 'text' ? local(one.text) : undefined,
    );
    const inner = await this.#variables(envFiles.length > 0 ? envFiles : [dotEnv(directory)]);
    const setting = { folder: directory, lookup: (name: string) => lookup(name) ?? inner(name) };
    let [services, isOpen]: [readonly Service[], boolean] = [[], false];
    for (const path of paths) {
      const file = path === undefined ? undefined : await this.#file(path, setting, seen);
      services = overlay(services, file?.services ?? []);
      isOpen ||= file?.isOpen ?? true;
    }
    return { services, isOpen };
  }

  /** With what it extends; one that goes in circles extends nothing. */
  async #service(path: string, name: string, setting: OpenSetting, seen: Set<string>): Promise<Service | undefined> {
    const key = `${path}\n${name}`;
    const document = await this.#document(path);
    const node = valueAt(document, 'services', name);
    if (node?.kind !== 'map' || seen.has(key)) return undefined;
    seen.add(key);
    const own = readService(name, node, {
      path,
      ...setting,
      filled: volumesOfTheirOwn(valueAt(document, 'volumes')),
    });
    const extended = valueAt(node, 'extends');
    const of = extended?.kind === 'text' ? extended.text : textAt(extended, 'service');
    if (of === undefined) return own;
    const written = textAt(extended, 'file');
    const file = written === undefined ? undefined : interpolate(written, setting.lookup);
    const from = file === undefined ? path : isRemote(file) ? undefined : resolveInWorkspace(setting.folder, file);
    const folder = from === undefined || file === undefined ? setting.folder : folderOf(from);
    const under = from === undefined ? undefined : await this.#service(from, of, { ...setting, folder }, seen);
    if (under === undefined && file !== undefined) setting.onOpen();
    return under === undefined ? own : mergeServices(under, own);
  }

  #document(path: string): Promise<YamlNode | undefined> {
    const known = this.#documents.get(path);
    if (known !== undefined) return known;
    const document = this.#read(path).then((text) => (text === undefined ? undefined : this.#readYaml(text)));
    this.#documents.set(path, document);
    return document;
  }

  async #variables(files: readonly (string | undefined)[]): Promise<Lookup> {
    const values = new Map<string, string>();
    for (const path of files) {
      const text = path === undefined ? undefined : await this.#read(path);
      for (const [name, value] of readEnvFile(text ?? '')) values.set(name, value);
    }
    return (name) => values.get(name);
  }
}

function dotEnv(folder: string): string {
  return folder === '' ? '.env' : `${folder}/.env`;
}
