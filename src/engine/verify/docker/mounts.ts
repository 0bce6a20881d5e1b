import type { Layer, Mounted, Place } from './layers.ts';
import { resolvePath } from './paths.ts';
import { isOpen } from './variables.ts';
import type { YamlNode } from './yamlNode.ts';
import { textAt, valueAt } from './yamlNode.ts';

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
  readonly kind: 'bind' | 'volume' | 'tmpfs' | 'other';
  readonly source?: PathSetting;
  /** The name of a volume that has one. */
  readonly volume?: string;
  readonly place: Place;
}

export interface MountScene {
  readonly filled: (text: string | undefined) => string | undefined;
  readonly path: (value: YamlNode, text: string) => PathSetting;
  readonly placeOf: (node: YamlNode) => Place;
}

/** An item of `volumes`; none for one that says no target. */
export function readMount(item: YamlNode, scene: MountScene): Mount[] {
  if (item.kind !== 'map') return readShort(item, scene);
  const { filled, path, placeOf } = scene;
  const [type, source, target] = ['type', 'source', 'target'].map((key) => filled(textAt(item, key)));
  if (target === undefined) return [];
  const common = { at: placeIn(target), place: placeOf(item) };
  if (type === 'bind' && source !== undefined)
    return [{ ...common, kind: 'bind', source: path(valueAt(item, 'source') ?? item, source) }];
  if (type !== 'volume') return [{ ...common, kind: type === 'tmpfs' ? type : 'other' }];
  return [{ ...common, kind: type, ...(source === undefined ? {} : { volume: source }) }];
}

/** `./a:/b:ro`, `/a`, `name:/b`; a colon in `${A:?say so}` separates nothing. */
const SHORT = /^(?:(?<source>(?:[A-Za-z]:[\\/])?(?:\$\{[^}]*\}|[^:])*):)?(?<target>\/[^:]*)(?::[\w,]+)?$/u;

function readShort(item: YamlNode, { filled, path, placeOf }: MountScene): Mount[] {
  const text = item.kind === 'text' ? filled(item.text) : undefined;
  if (text === undefined) return [];
  const { source, target } = SHORT.exec(text)?.groups ?? {};
  const place = placeOf(item);
  if (target === undefined) return [{ at: undefined, kind: 'other', place }];
  if (source === undefined) return [{ at: placeIn(target), kind: 'volume', place }];
  // `${DATA}/x` may be a folder or a volume's name.
  const isFolder = /^(?:[./~\\$]|[A-Za-z]:)/u.test(source);
  return [
    {
      at: placeIn(target),
      place,
      ...(isFolder ? { kind: 'bind', source: path(item, source) } : { kind: 'volume', volume: source }),
    },
  ];
}

/** An item of `tmpfs`: `/run`, `/run:size=64m`. */
export function readTmpfs(item: YamlNode, { filled, placeOf }: MountScene): Mount[] {
  const text = item.kind === 'text' ? filled(item.text) : undefined;
  return text === undefined ? [] : [{ at: placeIn(text.replace(/:.*$/u, '')), kind: 'tmpfs', place: placeOf(item) }];
}

function placeIn(target: string): string | undefined {
  return isOpen(target) ? undefined : resolvePath('/', target);
}

/** A volume that compose does not make, or makes of a folder, holds what it holds already. */
export function volumesOfTheirOwn(volumes: YamlNode | undefined): ReadonlySet<string> {
  const entries = volumes?.kind === 'map' ? [...volumes.entries] : [];
  const isOwn = (volume: YamlNode): boolean =>
    /^(?:true|yes)$/iu.test(textAt(volume, 'external') ?? '') ||
    valueAt(volume, 'external', 'name') !== undefined ||
    textAt(volume, 'driver_opts', 'device') !== undefined;
  return new Set(entries.filter(([, volume]) => isOwn(volume)).map(([name]) => name));
}

/** What a container sees at the places of the mounts. */
export function mounted(mounts: readonly Mount[]): Mounted[] {
  return mounts.flatMap(({ at, kind, source, place }): Mounted[] => {
    if (at === undefined) return [];
    // A named volume begins with what the image has at its place.
    if (kind === 'volume') return [{ kind: 'image', at }];
    if (kind === 'tmpfs') return [{ kind: 'empty', at }];
    const layer: Layer =
      source?.path === undefined
        ? { kind: 'unknown', at, why: `what ${place.path}:${place.line} mounts is not in the workspace` }
        : { kind: 'files', how: 'mount', at, source: source.path, isSent: () => true, place };
    return [layer];
  });
}
