import picomatch from 'picomatch';
import type { Instruction } from './dockerfile.ts';
import type { Layer, Place } from './layers.ts';
import { ContainerFiles, moveLayers } from './layers.ts';
import type { Listing } from './paths.ts';
import { below, joinPath, lastOf, resolvePath } from './paths.ts';
import type { Lookup } from './variables.ts';
import { interpolate, isOpen } from './variables.ts';

/** What a `COPY` is read against. */
export interface CopyScene {
  readonly listing: Listing;
  /** Workspace path of the build context; absent when it is not in the workspace. */
  readonly context: string | undefined;
  readonly isSent: (workspacePath: string) => boolean;
  readonly lookup: Lookup;
  readonly workdir: string;
  /** What the image holds so far. */
  readonly layers: readonly Layer[];
  /** The layers of another stage, and why it may hold more; `undefined` for an image that is not of this file. */
  readonly stage: (
    name: string,
  ) => { readonly layers: readonly Layer[]; readonly open: string | undefined } | undefined;
  /** Further contexts by name; a workspace path, or none for what is not in the workspace. */
  readonly contexts: ReadonlyMap<string, string | undefined>;
}

export interface Copied {
  readonly layers: readonly Layer[];
  /** Sources that are not in the build context: the build fails. */
  readonly missing: readonly string[];
}

/** What a `COPY` or `ADD` puts where. */
export function readCopy(instruction: Instruction, scene: CopyScene, place: Place): Copied {
  const words = (instruction.json ?? instruction.text.split(/\s+/u)).map((word) => interpolate(word, scene.lookup));
  const target = words.at(-1) ?? '';
  const sources = words.slice(0, -1);
  const to = resolvePath(scene.workdir, target);
  if (isOpen(target)) return { layers: [{ kind: 'unknown', at: '/', why: why(place) }], missing: [] };
  if (instruction.heredocs.length > 0 || ['parents', 'exclude'].some((flag) => instruction.flags.has(flag)))
    return { layers: [{ kind: 'unknown', at: to, why: why(place) }], missing: [] };
  const from = instruction.flags.get('from');
  const named = from !== undefined && scene.stage(from) === undefined && scene.contexts.has(from);
  if (from !== undefined && !named)
    return { layers: sources.flatMap((source) => fromStage(from, source, target, scene, place)), missing: [] };
  // A context of its own has a .dockerignore of its own, which is passed over here.
  const context = named ? { ...scene, context: scene.contexts.get(from), isSent: () => true } : scene;
  const copied = sources.map((source) =>
    fromContext(source, { to, isInto: isInto(target, to, sources.length, scene) }, context, place),
  );
  return { layers: copied.flatMap(({ layers }) => layers), missing: copied.flatMap(({ missing }) => missing) };
}

/** Whether a file goes into the target under its own name: it ends in `/`, is a folder already, or takes several. */
function isInto(target: string, to: string, sources: number, { listing, layers, workdir }: CopyScene): boolean {
  if (/(?:^|\/)\.{0,2}$/u.test(target) || sources > 1 || to === workdir) return true;
  return new ContainerFiles(listing, layers).find(to).kind === 'folder';
}

function fromContext(
  source: string,
  { to, isInto: into }: { readonly to: string; readonly isInto: boolean },
  { listing, context, isSent }: CopyScene,
  place: Place,
): Copied {
  if (context === undefined || isOpen(source) || /^(?:https?:|git@)/u.test(source))
    return { layers: [{ kind: 'unknown', at: to, why: why(place) }], missing: [] };
  const wanted = resolvePath('/', source).slice(1);
  const found = /[*?[]/u.test(wanted) ? matching(listing, context, wanted) : [joinPath(context, wanted)];
  const layers = found.flatMap((path): Layer[] => {
    const kind = listing.kind(path);
    if (kind === undefined || (kind === 'file' && !isSent(path))) return [];
    // An archive is unpacked by ADD.
    if (/\.(?:tar|tgz|tar\.\w+)$/u.test(path)) return [{ kind: 'unknown', at: to, why: why(place) }];
    const at = kind === 'file' && into ? resolvePath(to, lastOf(path)) : to;
    return [{ kind: 'files', how: 'copy', at, source: path, isSent, place }];
  });
  return { layers, missing: layers.length > 0 ? [] : [source] };
}

function matching(listing: Listing, context: string, pattern: string): string[] {
  const matches = picomatch(pattern, { dot: true, nobrace: true, noextglob: true, noglobstar: true });
  return [...listing.files, ...listing.folders].filter((path) => {
    const inContext = below(context, path);
    return inContext !== undefined && inContext !== '' && matches(inContext);
  });
}

function fromStage(from: string, source: string, target: string, scene: CopyScene, place: Place): Layer[] {
  const stage = scene.stage(from);
  const path = resolvePath('/', source);
  const to = resolvePath(scene.workdir, target);
  if (stage === undefined || isOpen(source) || /[*?[]/u.test(source))
    return [{ kind: 'unknown', at: to, why: why(place) }];
  const found = new ContainerFiles(scene.listing, stage.layers).find(path);
  const at = found.kind === 'file' && isInto(target, to, 1, scene) ? resolvePath(to, lastOf(path)) : to;
  const open: Layer[] = stage.open === undefined ? [] : [{ kind: 'unknown', at, why: stage.open }];
  return [...open, ...moveLayers(stage.layers, path, at, place)];
}

function why({ path, line }: Place): string {
  return `${path}:${line} brings in files that are not known here`;
}
