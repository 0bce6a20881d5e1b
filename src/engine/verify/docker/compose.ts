import { folderOf, lastOf, resolveInWorkspace } from './paths.ts';
import type { Service } from './service.ts';
import { mergeServices, readService } from './service.ts';
import { readEnvFile } from './variables.ts';
import type { YamlNode } from './yamlNode.ts';
import { textAt, valueAt } from './yamlNode.ts';

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
  readonly services: readonly Service[];
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
  const files = new Map<string, readonly Service[]>();
  for (const path of paths) {
    const services = await reader.services(path);
    if (services !== undefined) files.set(path, services);
  }
  const projects = [...files]
    .filter(([path]) => variantOf(path) !== '.override')
    .map(([path, services]) => {
      const around = [...files].filter(([other]) => other !== path && folderOf(other) === folderOf(path));
      const base = variantOf(path) === '' ? [] : (around.find(([other]) => variantOf(other) === '')?.[1] ?? []);
      const overrides = variantOf(path) === '' ? around.filter(([other]) => variantOf(other) === '.override') : [];
      const own = services.map((service) => overBase(service, base));
      return { path, services: overrides.reduce((under, [, over]) => overlay(under, over), own) };
    });
  return { projects, unread: paths.filter((path) => !files.has(path)) };
}

function variantOf(path: string): string {
  return COMPOSE.exec(lastOf(path))?.groups?.['variant'] ?? '';
}

function overBase(service: Service, base: readonly Service[]): Service {
  const under =
    service.build === undefined && service.image === undefined
      ? base.find(({ name }) => name === service.name)
      : undefined;
  return under === undefined ? service : mergeServices(under, service);
}

function overlay(under: readonly Service[], over: readonly Service[]): Service[] {
  const merged = under.map((service) => {
    const found = over.find(({ name }) => name === service.name);
    return found === undefined ? service : mergeServices(service, found);
  });
  return [...merged, ...over.filter(({ name }) => !under.some((service) => service.name === name))];
}

class ComposeReader {
  readonly #read: ReadText;
  readonly #readYaml: ReadYaml;
  readonly #documents = new Map<string, Promise<YamlNode | undefined>>();
  readonly #environments = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(read: ReadText, readYaml: ReadYaml) {
    this.#read = read;
    this.#readYaml = readYaml;
  }

  /** `undefined` for a file that does not parse. */
  async services(path: string): Promise<Service[] | undefined> {
    const document = await this.#document(path);
    if (document === undefined) return undefined;
    const services = valueAt(document, 'services');
    if (services?.kind !== 'map') return [];
    const found: Service[] = [];
    for (const name of services.entries.keys()) {
      const service = await this.#service(path, name, new Set());
      if (service !== undefined) found.push(service);
    }
    return found;
  }

  /** With what it extends; one that goes in circles extends nothing. */
  async #service(path: string, name: string, seen: Set<string>): Promise<Service | undefined> {
    const key = `${path}\n${name}`;
    const node = valueAt(await this.#document(path), 'services', name);
    if (node?.kind !== 'map' || seen.has(key)) return undefined;
    seen.add(key);
    const environment = await this.#environment(folderOf(path));
    const scene = { path, folder: folderOf(path), lookup: (variable: string) => environment.get(variable) };
    const own = readService(name, node, scene);
    const extended = valueAt(node, 'extends');
    const of = extended?.kind === 'text' ? extended.text : textAt(extended, 'service');
    if (of === undefined) return own;
    const file = textAt(extended, 'file');
    const from = file === undefined ? path : resolveInWorkspace(folderOf(path), file);
    const under = from === undefined ? undefined : await this.#service(from, of, seen);
    return under === undefined ? own : mergeServices(under, own);
  }

  #document(path: string): Promise<YamlNode | undefined> {
    const known = this.#documents.get(path);
    if (known !== undefined) return known;
    const document = this.#read(path).then((text) => (text === undefined ? undefined : this.#readYaml(text)));
    this.#documents.set(path, document);
    return document;
  }

  #environment(folder: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#environments.get(folder);
    if (known !== undefined) return known;
    const path = folder === '' ? '.env' : `${folder}/.env`;
    const environment = this.#read(path).then((text) =>
      text === undefined ? new Map<string, string>() : readEnvFile(text),
    );
    this.#environments.set(folder, environment);
    return environment;
  }
}
