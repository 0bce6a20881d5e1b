import { compareCopies } from '../compare/files.ts';
import type { ComparedFile } from '../compare/model.ts';
import type { CancellationToken, Git, Ports } from '../ports.ts';
import { ReferenceScan } from '../references/scan.ts';
import { readShimExpiry } from '../shim/marker.ts';
import { WorkspaceFiles, compareText, mapBounded } from '../tree/files.ts';
import { Names } from '../tree/names.ts';
import { OverlayFiles } from '../tree/overlay.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import { EarlierImports } from '../verify/earlierImports.ts';
import type { ChangedFiles } from './changes.ts';
import type { ComparedPair, GateWorld } from './world.ts';

/** The repository as it was before the changes; of what did not change, nothing is looked at again. */
export async function earlierWorld(
  { files, git }: Ports & { readonly git: Git },
  now: GateWorld,
  changes: ChangedFiles,
  token?: CancellationToken,
): Promise<GateWorld> {
  const { config, rules, today } = now;
  const contents = await changes.contentsThen(git, token);
  const then = new WorkspaceFiles(new OverlayFiles(files, contents));
  const listed = await then.list(token);
  const scan = new ReferenceScan(config, then);
  const isAsked = (path: string): boolean => changes.wasChanged(path);
  return {
    config,
    rules,
    files: then,
    today,
    isAsked,
    references: async (using) => {
      const asked = listed.filter(isAsked);
      return (await mapBounded(asked, async (path) => await scan.scan(path, using), using)).flat();
    },
    pairs: async (using) => {
      const namespaces = config.pairs.map((pair) => new Names(pair));
      const pairs: ComparedPair[] = [];
      for (const pair of config.pairs) {
        pairs.push({ pair, files: await comparePair(pair, namespaces, { files: then, isAsked }, using) });
      }
      return pairs;
    },
    failingImports: async (using) => await new EarlierImports(config.pairs, then).failedIn(listed, using),
  };
}

/** The copies of which one changed since, compared as they were. */
async function comparePair(
  pair: TreePair,
  namespaces: readonly Names[],
  { files, isAsked }: Pick<GateWorld, 'files' | 'isAsked'>,
  token?: CancellationToken,
): Promise<ComparedFile[]> {
  if (await wasUnified(pair, files)) return [];
  const paths = new Set<string>();
  for (const path of await files.list(token)) {
    const inTree = pathInTree(pair.legacy, path) ?? pathInTree(pair.canonical, path);
    if (inTree === undefined) continue;
    if (isAsked(`${pair.legacy.root}/${inTree}`) || isAsked(`${pair.canonical.root}/${inTree}`)) paths.add(inTree);
  }
  const work = async (path: string): Promise<ComparedFile | undefined> => compareThen(path, pair, namespaces, files);
  const compared = await mapBounded([...paths].sort(compareText), work, token);
  return compared.filter((file): file is ComparedFile => file !== undefined);
}

async function compareThen(
  path: string,
  pair: TreePair,
  namespaces: readonly Names[],
  files: WorkspaceFiles,
): Promise<ComparedFile | undefined> {
  const [inLegacy, inCanonical] = [`${pair.legacy.root}/${path}`, `${pair.canonical.root}/${path}`];
  if (!files.has(inCanonical)) return { path, status: 'legacyOnly' };
  if (!files.has(inLegacy)) return { path, status: 'canonicalOnly' };
  const [legacy, canonical] = [await files.bytes(inLegacy), await files.bytes(inCanonical)];
  if (legacy === undefined || canonical === undefined) return undefined;
  return compareCopies({ path, legacy, canonical }, namespaces);
}

async function wasUnified({ legacy }: TreePair, files: WorkspaceFiles): Promise<boolean> {
  const listed = await files.list();
  if (!listed.some((path) => pathInTree(legacy, path) !== undefined)) return true;
  const init = `${legacy.root}/__init__.py`;
  const text = files.has(init) ? (await files.text(init))?.text : undefined;
  return text !== undefined && readShimExpiry(text) !== undefined;
}
