import type { ReadText } from './compose.ts';
import { readDockerignore } from './dockerignore.ts';
import type { Build, Image } from './image.ts';
import { buildImage } from './image.ts';
import type { Place } from './layers.ts';
import type { Listing } from './paths.ts';
import { folderOf, joinPath } from './paths.ts';
import type { ServiceBuild } from './service.ts';

/** A `COPY` source that the build context does not hold. */
export interface MissingSource {
  readonly source: string;
  readonly place: Place;
}

/** A build whose Dockerfile is read, unless its text is given. */
type Wanted = Omit<Build, 'text' | 'isSent'> & { readonly context: string; readonly text?: string };

/** The images that the workspace's Dockerfiles make, and what came up on the way. */
export class Images {
  readonly #listing: Listing;
  readonly #read: ReadText;
  readonly #built = new Set<string>();
  readonly #missing = new Map<string, MissingSource>();

  constructor(listing: Listing, read: ReadText) {
    this.#listing = listing;
    this.#read = read;
  }

  /** Whether a Dockerfile, by its workspace path, was read. */
  isBuilt(dockerfile: string): boolean {
    return this.#built.has(dockerfile);
  }

  get missingSources(): readonly MissingSource[] {
    return [...this.#missing.values()];
  }

  /** The image of a service; `undefined` where its Dockerfile or its context is not in the workspace. */
  async of(build: ServiceBuild): Promise<Image | undefined> {
    const context = build.context.path;
    if (context === undefined) return undefined;
    const inline = build.inline && { text: build.inline.text, linesBefore: build.inline.place.line };
    const named = build.dockerfile === undefined ? joinPath(context, 'Dockerfile') : build.dockerfile.path;
    const dockerfile = build.inline?.place.path ?? named;
    if (dockerfile === undefined) return undefined;
    const args = [...build.args].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    const contexts = new Map([...build.contexts].map(([name, { path }]) => [name, path]));
    const image = await this.#build({
      context,
      dockerfile,
      args: new Map(args),
      target: build.target,
      contexts,
      ...inline,
    });
    for (const missing of image?.missing ?? []) this.#missing.set(JSON.stringify(missing), missing);
    return image;
  }

  /** Of a Dockerfile alone nobody knows the context: its own folder, or the root; those that hold what it copies. */
  async alone(dockerfile: string): Promise<Image[]> {
    const images: Image[] = [];
    for (const context of new Set([folderOf(dockerfile), ''])) {
      const image = await this.#build({ context, dockerfile, args: new Map() });
      if (image?.missing.length === 0) images.push(image);
    }
    return images;
  }

  async #build(build: Wanted): Promise<Image | undefined> {
    const text = build.text ?? (await this.#read(build.dockerfile));
    if (text === undefined) return undefined;
    this.#built.add(build.dockerfile);
    const ignore =
      (await this.#read(`${build.dockerfile}.dockerignore`)) ??
      (await this.#read(joinPath(build.context, '.dockerignore')));
    return buildImage({ ...build, text, isSent: readDockerignore(ignore ?? '') }, this.#listing);
  }
}
