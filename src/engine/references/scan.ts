import type { Config } from '../config.ts';
import type { CancellationToken } from '../ports.ts';
import type { DecodedText } from '../text/decode.ts';
import { decode } from '../text/decode.ts';
import { PerFile } from '../tree/perFile.ts';
import { packageTreeOf } from '../tree/packageTree.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { Names } from '../tree/names.ts';
import { pathInTree } from '../tree/pair.ts';
import type { PairScope } from './finder.ts';
import { findReferences } from './finder.ts';
import type { Reference } from './model.ts';
import { FileRules } from './standing.ts';

/** The references of a workspace, file by file, kept and brought up to date. */
export class ReferenceScan {
  readonly #config: Config;
  readonly #files: WorkspaceFiles;
  readonly #rules: FileRules;
  /** One of these stands in every file with a reference: most files are passed over by that. */
  readonly #words: readonly string[];
  #scopes: readonly PairScope[] | undefined;
  readonly #found: PerFile<Reference>;

  constructor(config: Config, files: WorkspaceFiles) {
    this.#config = config;
    this.#files = files;
    this.#rules = new FileRules(config);
    this.#words = config.pairs.map(({ legacy }) => legacy.package.split('.').at(-1) ?? '');
    this.#found = new PerFile(files, async (path, token) => await this.scan(path, token));
  }

  reset(): void {
    this.#scopes = undefined;
    this.#found.reset();
  }

  /** All references, sorted by path and offset. */
  async all(token?: CancellationToken): Promise<Reference[]> {
    return await this.#found.all(token);
  }

  /** The references of one file as it is now; none inside a legacy tree, which goes. */
  async scan(path: string, token?: CancellationToken): Promise<readonly Reference[]> {
    if (this.#config.pairs.some(({ legacy }) => pathInTree(legacy, path) !== undefined)) return [];
    const bytes = await this.#files.bytesHolding(path, this.#words);
    const decoded = bytes === undefined ? undefined : decode(bytes);
    return decoded?.kind === 'text' ? await this.#scanText(path, decoded, token) : [];
  }

  /** Scans these files again; answers those whose references changed. */
  async refresh(paths: readonly string[], token?: CancellationToken): Promise<string[]> {
    // A name that appeared in the canonical tree or left it changes what other files point at.
    const moved = await this.#targetsMoved(paths);
    return await this.#found.refresh(new Set([...paths, ...(moved ? this.#found.paths : [])]), token);
  }

  async #scanText(path: string, decoded: DecodedText, token?: CancellationToken): Promise<readonly Reference[]> {
    const lists: Reference[][] = [];
    for (const scope of await this.#pairScopes()) {
      lists.push(await findReferences(path, decoded, scope, this.#rules, this.#config, token));
    }
    const references = lists.flat();
    const isRewritten = references.length === 0 || decoded.encoding === 'utf-8';
    this.#files.note(
      path,
      isRewritten
        ? undefined
        : `${path} is not UTF-8 (read as ${decoded.encoding}): its references are reported, not rewritten.`,
    );
    return lists.length > 1 ? references.sort((a, b) => a.offset - b.offset) : references;
  }

  async #targetsMoved(paths: readonly string[]): Promise<boolean> {
    const scopes = await this.#pairScopes();
    let moved = false;
    for (const { names, canonical, legacy } of scopes) {
      for (const path of paths) {
        const [inCanonical, inLegacy] = [pathInTree(names.pair.canonical, path), pathInTree(names.pair.legacy, path)];
        const exists = this.#files.has(path);
        if (inCanonical !== undefined && (await canonical.update(inCanonical, exists))) moved = true;
        if (inLegacy !== undefined && (await legacy.update(inLegacy, exists))) moved = true;
      }
    }
    return moved;
  }

  async #pairScopes(): Promise<readonly PairScope[]> {
    return (this.#scopes ??= await this.#makeScopes());
  }

  async #makeScopes(): Promise<PairScope[]> {
    await this.#files.list();
    return await Promise.all(
      this.#config.pairs.map(async (pair) => ({
        names: new Names(pair),
        canonical: await packageTreeOf(pair.canonical, this.#files),
        legacy: await packageTreeOf(pair.legacy, this.#files),
        hasFolder: (folder: string) => this.#files.hasFolder(folder),
      })),
    );
  }
}
