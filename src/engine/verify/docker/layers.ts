import type { Listing } from './paths.ts';
import { below, joinPath } from './paths.ts';

/** Where something is written. */
export interface Place {
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** What one `COPY` or one mount puts into a container, or one `RUN` takes out of it. */
export type Layer = FilesLayer | UnknownLayer | GoneLayer;

/** What is mounted at a place: it alone is seen there, and below. */
export type Mounted =
  | FilesLayer
  | UnknownLayer
  /** A volume: begins with what the image has there. */
  | { readonly kind: 'image'; readonly at: string }
  | { readonly kind: 'empty'; readonly at: string };

export interface FilesLayer {
  readonly kind: 'files';
  readonly how: 'copy' | 'mount';
  /** Absolute, in the container. */
  readonly at: string;
  /** Workspace path of the file or folder that appears there. */
  readonly source: string;
  readonly isSent: (workspacePath: string) => boolean;
  readonly place: Place;
}

/** A place whose contents are not known: another image's files, a download. */
export interface UnknownLayer {
  readonly kind: 'unknown';
  readonly at: string;
  readonly why: string;
}

/** A place that is not there any more. */
export interface GoneLayer {
  readonly kind: 'gone';
  readonly at: string;
}

export type Found =
  | { readonly kind: 'file'; readonly source: string; readonly layer: FilesLayer }
  | { readonly kind: 'folder' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly why: string };

/** The files of a container, as far as a Dockerfile and a compose file tell. */
export class ContainerFiles {
  readonly #listing: Listing;
  readonly #layers: readonly Layer[];
  readonly #mounts: readonly Mounted[];
  /** Why there may be files that no layer shows; absent when there are none that matter. */
  readonly #open: string | undefined;

  /** Later layers lie over earlier ones. */
  constructor(
    listing: Listing,
    layers: readonly Layer[],
    { open, mounts = [] }: { readonly open?: string | undefined; readonly mounts?: readonly Mounted[] } = {},
  ) {
    this.#listing = listing;
    this.#layers = layers;
    this.#mounts = mounts;
    this.#open = open;
  }

  find(path: string): Found {
    const found = this.#seen(path);
    // A place to mount at is made.
    const isAbove = found.kind === 'missing' && this.#mounts.some(({ at }) => below(path, at) !== undefined);
    return isAbove ? { kind: 'folder' } : found;
  }

  #seen(path: string): Found {
    const mount = this.#mountOf(path);
    if (mount === undefined || mount.kind === 'image') return this.#inImage(path);
    if (mount.kind === 'empty') return path === mount.at ? { kind: 'folder' } : { kind: 'missing' };
    if (mount.kind === 'unknown') return { kind: 'unknown', why: mount.why };
    return this.#inLayer(mount, below(mount.at, path) ?? '') ?? { kind: 'missing' };
  }

  /** The deepest one around a path; of two at one place the later. */
  #mountOf(path: string): Mounted | undefined {
    let deepest: Mounted | undefined;
    for (const mount of this.#mounts) {
      const isDeeper = deepest === undefined || mount.at.length >= deepest.at.length;
      if (isDeeper && below(mount.at, path) !== undefined) deepest = mount;
    }
    return deepest;
  }

  #inImage(path: string): Found {
    let isFolder = false;
    for (const layer of this.#layers.toReversed()) {
      const inLayer = below(layer.at, path);
      if (inLayer === undefined) {
        isFolder ||= layer.kind !== 'gone' && below(path, layer.at) !== undefined;
        continue;
      }
      if (layer.kind === 'gone') return isFolder ? { kind: 'folder' } : { kind: 'missing' };
      if (layer.kind === 'unknown') return isFolder ? { kind: 'folder' } : { kind: 'unknown', why: layer.why };
      const found = this.#inLayer(layer, inLayer);
      if (found !== undefined) return found;
    }
    if (isFolder) return { kind: 'folder' };
    return this.#open === undefined ? { kind: 'missing' } : { kind: 'unknown', why: this.#open };
  }

  #inLayer(layer: FilesLayer, inLayer: string): Found | undefined {
    const source = joinPath(layer.source, inLayer);
    const kind = this.#listing.kind(source);
    if (kind === 'file') return layer.isSent(source) ? { kind, source, layer } : undefined;
    const isThere = kind === 'folder' && (layer.how === 'mount' || this.#listing.holdsAny(source, layer.isSent));
    return isThere ? { kind: 'folder' } : undefined;
  }
}

/** What `COPY --from` takes out of these layers: those at or below a path, and those around it, put at another place. */
export function moveLayers(layers: readonly Layer[], from: string, to: string, place: Place): Layer[] {
  return layers.flatMap((layer) => {
    const inside = below(from, layer.at);
    const at = (path: string): string => (path === '' ? to : to === '/' ? `/${path}` : `${to}/${path}`);
    const over = layer.kind === 'files' ? { place } : {};
    if (inside !== undefined) return [{ ...layer, ...over, at: at(inside) }];
    const outside = below(layer.at, from);
    if (outside === undefined) return [];
    return [
      layer.kind === 'files'
        ? { ...layer, ...over, at: to, source: joinPath(layer.source, outside) }
        : { ...layer, at: to },
    ];
  });
}
