import type { CheckFinding } from '../check.ts';
import type { ComposeProject, ReadText } from './compose.ts';
import type { Invocation } from './image.ts';
import type { Place } from './layers.ts';
import type { Mount, PathSetting } from './mounts.ts';
import { joinPath, resolvePath } from './paths.ts';
import type { Environment, Service, ServiceBuild } from './service.ts';
import { isOpen, readEnvFile } from './variables.ts';

/** Where the other reading comes from: its paths are absolute. */
export interface ReadingScene {
  readonly root: string;
  readonly read: ReadText;
}

/**
 * Where `docker compose config --format json` and our own reading of a project say different things. What a variable leaves
 * open here is passed over, and whatever else holds a `$`, which compose writes as `$$`.
 */
export async function compareReadings(
  project: ComposeProject,
  theirs: unknown,
  scene: ReadingScene,
): Promise<CheckFinding[]> {
  const services = mapOf(mapOf(theirs)['services']);
  const findings: CheckFinding[] = [];
  for (const service of project.services) {
    const other = services[service.name];
    const { place, name, profiles } = service;
    if (other !== undefined) {
      const differences = await compareService(service, mapOf(other), scene);
      findings.push(...differences.map(({ at = place, what }) => disagreement(at, `service ${name}`, what)));
    } else if (profiles.length === 0) findings.push(disagreement(place, `service ${name}`, 'to it there is none'));
  }
  const known = new Set(project.services.map(({ name }) => name));
  const unseen = project.isWhole ? Object.keys(services).filter((name) => !known.has(name)) : [];
  const place = { path: project.path, line: 1 };
  return [...findings, ...unseen.map((name) => disagreement(place, 'this file', `to it there is a service ${name}`))];
}

function disagreement(place: Place, what: string, how: string): CheckFinding {
  const message = `Docker compose reads ${what} otherwise: ${how}. What is said of containers here may be wrong.`;
  return { path: place.path, line: place.line, level: 'problem', message };
}

interface Difference {
  readonly at?: Place;
  /** `the working directory is /b to it, and /a here` */
  readonly what: string;
}

async function compareService(
  service: Service,
  theirs: Readonly<Record<string, unknown>>,
  scene: ReadingScene,
): Promise<Difference[]> {
  return [
    ...compareText('the image', service.image, theirs['image']),
    ...compareText('the working directory', folder(service.workdir), folder(theirs['working_dir'])),
    ...compareWords('the command', service.command, theirs['command']),
    ...compareWords('the entry point', service.entrypoint, theirs['entrypoint']),
    ...compareBuilds(service.build, theirs['build'], scene),
    ...compareVariables('variable', await environmentOf(service, scene), theirs['environment']),
    ...compareMounts(service.mounts, theirs['volumes'], scene),
  ];
}

/** `/srv/` is `/srv`. */
function folder(path: unknown): string | undefined {
  return typeof path === 'string' ? path.replace(/(?<=.)\/+$/u, '') : undefined;
}

function compareText(what: string, own: string | undefined, other: unknown): Difference[] {
  if (own !== undefined && isOpen(own)) return [];
  return difference(what, own, other === undefined || other === null ? undefined : textOf(other));
}

function compareWords(what: string, own: Invocation | undefined, other: unknown): Difference[] {
  const theirs = Array.isArray(other) ? other.map(textOf) : undefined;
  if (own?.words.some(isOpen) === true || theirs?.some(isOpen) === true) return [];
  const shown = (words: readonly string[] | undefined): string | undefined => words && JSON.stringify(words);
  return difference(what, shown(own?.words), shown(theirs)).map((one) => ({ ...one, ...(own && { at: own.place }) }));
}

function compareBuilds(own: ServiceBuild | undefined, other: unknown, scene: ReadingScene): Difference[] {
  const isBuilt = other !== undefined && other !== null;
  if (own === undefined) return isBuilt ? [{ what: 'to it there is a build' }] : [];
  if (!isBuilt) return [{ what: 'to it there is no build' }];
  const theirs = mapOf(other);
  const context = inWorkspace(textOf(theirs['context'] ?? '.'), scene);
  const found = comparePath('the build context', own.context, context);
  if (found.length > 0 || own.inline !== undefined || own.context.path === undefined) return found;
  const name = textOf(theirs['dockerfile'] ?? 'Dockerfile');
  const dockerfile = inWorkspace(name, scene) ?? resolvePath(`/${own.context.path}`, name).slice(1);
  const ownFile = own.dockerfile?.path ?? joinPath(own.context.path, 'Dockerfile');
  return [
    ...(own.dockerfile !== undefined && own.dockerfile.path === undefined
      ? []
      : difference('the Dockerfile', ownFile, dockerfile)),
    ...compareText('the build target', own.target, theirs['target'] === '' ? undefined : theirs['target']),
    ...compareVariables('build argument', own.args, theirs['args']),
  ];
}

function compareVariables(what: string, own: Environment, other: unknown): Difference[] {
  const theirs = new Map(Object.entries(mapOf(other)));
  return [...new Set([...own.keys(), ...theirs.keys()])].sort().flatMap((name) => {
    const value = own.get(name);
    // One that is handed on from the machine may have any value, or none.
    if (own.has(name) && (value === undefined || isOpen(value))) return [];
    const their = theirs.get(name);
    const text = their === undefined || their === null ? undefined : textOf(their);
    return value !== undefined && text !== undefined && areSameValue(value, text)
      ? []
      : difference(`the ${what} ${name}`, value, text);
  });
}

/** `0.10` and `0.1`, `0x10` and `16`: YAML's numbers. */
function areSameValue(own: string, other: string): boolean {
  if (own === other) return true;
  const isNumber = /^[+-]?(?:\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?|0[xo][\da-f]+)$/iu;
  return isNumber.test(own) && isNumber.test(other) && numberOf(own) === numberOf(other);
}

function numberOf(text: string): number {
  return Number(text.replaceAll('_', ''));
}

async function environmentOf(service: Service, { read }: ReadingScene): Promise<Map<string, string | undefined>> {
  const environment = new Map<string, string | undefined>();
  for (const { path } of service.envFiles) {
    const text = path === undefined ? undefined : await read(path);
    for (const [name, value] of readEnvFile(text ?? '')) environment.set(name, value);
  }
  for (const [name, value] of service.environment) environment.set(name, value);
  return environment;
}

function compareMounts(own: readonly Mount[], other: unknown, scene: ReadingScene): Difference[] {
  const theirs = new Map(
    (Array.isArray(other) ? other : []).map((item) => {
      const { type, source, target } = mapOf(item);
      return [
        resolvePath('/', textOf(target ?? '')),
        { type: textOf(type ?? ''), source: textOf(source ?? '') },
      ] as const;
    }),
  );
  // Whatever is mounted where a variable says may be any of theirs.
  if (own.some(({ at }) => at === undefined)) return [];
  const ownPlaces = new Map(own.filter(({ kind }) => kind !== 'tmpfs').map((mount) => [mount.at ?? '', mount]));
  return [...new Set([...ownPlaces.keys(), ...theirs.keys()])].sort().flatMap((at) => {
    const [mine, their] = [ownPlaces.get(at), theirs.get(at)];
    const what = `what is mounted at ${at}`;
    if (mine?.kind === 'bind' && their?.type === 'bind' && mine.source !== undefined)
      return comparePath(what, mine.source, inWorkspace(their.source, scene) ?? their.source);
    const kinds = [mine?.kind, their?.type === 'tmpfs' ? undefined : their?.type] as const;
    return mine?.kind === 'other'
      ? []
      : difference(what, ...kinds).map((one) => ({ ...one, ...(mine && { at: mine.place }) }));
  });
}

/** One that leads out of the workspace is not known here. */
function comparePath(what: string, own: PathSetting, other: string | undefined): Difference[] {
  if (own.path === undefined) return [];
  const shown = (path: string | undefined): string | undefined => (path === '' ? '.' : path);
  return difference(what, shown(own.path), shown(other)).map((one) => ({ ...one, at: own.place }));
}

/** The workspace path of an absolute one; `undefined` for one outside. */
function inWorkspace(absolute: string, { root }: ReadingScene): string | undefined {
  const [path, top] = [absolute, root].map((one) => one.replaceAll('\\', '/').replace(/\/+$/u, ''));
  if (path === undefined || top === undefined) return undefined;
  if (path === top) return '';
  return path.startsWith(`${top}/`) ? path.slice(top.length + 1) : undefined;
}

function difference(what: string, own: string | undefined, other: string | undefined): Difference[] {
  if (own === other) return [];
  const shown = (text: string | undefined): string => (text === undefined ? 'nothing' : `\`${text}\``);
  return [{ what: `${what} is ${shown(other)} to it, and ${shown(own)} here` }];
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
