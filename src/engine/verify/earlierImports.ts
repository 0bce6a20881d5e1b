import type { CancellationToken } from '../ports.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { mapBounded } from '../tree/files.ts';
import type { Tree, TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import { ImportScan } from './imports.ts';
import type { ImportFinding } from './model.ts';

type Side = 'legacy' | 'canonical';

/**
 * The imports that failed at an earlier state, in the words of the canonical trees. One of the legacy package counts when
 * neither tree had what it asks for: whoever writes it with the canonical name, or brings over a file that the canonical
 * tree did not have, breaks nothing.
 */
export class EarlierImports {
  readonly #pairs: readonly TreePair[];
  readonly #files: WorkspaceFiles;
  readonly #canonical: ImportScan;
  readonly #legacy: ImportScan;
  readonly #failed = new Map<string, Promise<readonly ImportFinding[]>>();

  constructor(pairs: readonly TreePair[], files: WorkspaceFiles) {
    this.#pairs = pairs;
    this.#files = files;
    this.#canonical = new ImportScan(pairs, files);
    this.#legacy = new ImportScan(
      pairs.map(({ legacy, canonical }) => ({ legacy: canonical, canonical: legacy })),
      files,
    );
  }

  /** Of the files at these paths, and of the legacy copies of those that a canonical tree did not have. */
  async failedIn(paths: Iterable<string>, token?: CancellationToken): Promise<ImportFinding[]> {
    // Not with the token: a listing that was cut off would be kept.
    await this.#files.list();
    const lists = await mapBounded([...new Set(paths)], async (path) => await this.#failedAt(path), token);
    return lists.flat();
  }

  #failedAt(path: string): Promise<readonly ImportFinding[]> {
    const known = this.#failed.get(path) ?? this.#measure(path);
    this.#failed.set(path, known);
    return known;
  }

  async #measure(path: string): Promise<ImportFinding[]> {
    const here = [...(await this.#canonical.scan(path)), ...(await this.#byOldName(path))];
    // Over a file that was there, the legacy copy brings back what the canonical one had mended, or never had.
    const place = this.#files.has(path) ? undefined : this.#place(path, 'canonical', 'legacy');
    return [...here, ...(place === undefined ? [] : await this.#byOldName(place))];
  }

  async #byOldName(path: string): Promise<ImportFinding[]> {
    // To a scan of the trees the other way round, the legacy tree is the canonical one.
    const found = (await this.#legacy.scan(path)).filter(({ inLegacy }) => inLegacy !== true);
    return found.map((finding) => ({
      ...finding,
      path: this.#place(finding.path, 'legacy', 'canonical') ?? finding.path,
      module: this.#inCanonicalWords(finding.module),
    }));
  }

  /** The place of a file in the other tree of its pair. */
  #place(path: string, from: Side, to: Side): string | undefined {
    for (const pair of this.#pairs) {
      const inTree = pathInTree(pair[from], path);
      if (inTree !== undefined) return `${pair[to].root}/${inTree}`;
    }
    return undefined;
  }

  #inCanonicalWords(module: string): string {
    const isOf = ({ package: name }: Tree): boolean => module === name || module.startsWith(`${name}.`);
    const pair = this.#pairs.find(({ legacy }) => isOf(legacy));
    return pair === undefined ? module : pair.canonical.package + module.slice(pair.legacy.package.length);
  }
}
