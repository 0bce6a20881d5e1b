import type { CancellationToken } from '../ports.ts';
import type { ImportedModule } from '../python/importSites.ts';
import { findImportSites, guessImports } from '../python/importSites.ts';
import { isPython } from '../python/syntax.ts';
import { decode } from '../text/decode.ts';
import { LineMap } from '../text/lines.ts';
import { containsAscii } from '../text/search.ts';
import type { WorkspaceFiles } from '../tree/files.ts';
import { compareText, mapBounded } from '../tree/files.ts';
import { packageTreeOf } from '../tree/packageTree.ts';
import type { TreePair } from '../tree/pair.ts';
import { pathInTree } from '../tree/pair.ts';
import { PerFile } from '../tree/perFile.ts';
import type { Broken, ImportScope } from './brokenImports.ts';
import { allThere, breaksOf } from './brokenImports.ts';
import { ImportMessages, isInLegacy } from './importMessage.ts';
import type { ImportFinding } from './model.ts';
import { putsInPlace } from './putInPlace.ts';
import { TreeTexts } from './treeTexts.ts';
import { isUnlistedModule } from './unlisted.ts';

/** What one file seems to import. */
interface Guesses {
  readonly path: string;
  readonly imports: readonly ImportedModule[];
}

/**
 * The imports of the canonical packages, anywhere in the repository, that would fail; kept and brought up to date.
 * What is not known for certain is no finding.
 */
export class ImportScan {
  readonly #pairs: readonly TreePair[];
  readonly #files: WorkspaceFiles;
  readonly #guesses: PerFile<Guesses>;
  #scopes: readonly ImportScope[] | undefined;
  /** The one that the scopes were made for, or brought up to date. */
  #listing: readonly string[] | undefined;
  /** By importing file: those that need a closer look, with what it found, which may be nothing. */
  #found: Map<string, readonly ImportFinding[]> | undefined;
  #texts: TreeTexts | undefined;

  constructor(pairs: readonly TreePair[], files: WorkspaceFiles) {
    this.#pairs = pairs;
    this.#files = files;
    this.#guesses = new PerFile(files, async (path) => await this.#guess(path));
  }

  reset(): void {
    this.#scopes = undefined;
    this.#found = undefined;
    this.#texts = undefined;
    this.#guesses.reset();
  }

  /** Sorted by path and offset. */
  async all(token?: CancellationToken): Promise<readonly ImportFinding[]> {
    this.#found ??= await this.#judge(await this.#guesses.all(token), token);
    return [...this.#found].sort(([a], [b]) => compareText(a, b)).flatMap(([, findings]) => findings);
  }

  /** The findings of one file as it is now; none for one that is not listed. */
  async scan(path: string): Promise<readonly ImportFinding[]> {
    const scopes = await this.#importScopes();
    const [guess] = this.#files.has(path) ? await this.#guess(path) : [];
    return guess === undefined ? [] : ((await this.#judgeFile(guess, scopes)) ?? []);
  }

  /**
   * Looks at these files again, and at what others import from them; answers the files whose findings changed. The
   * files must be listed anew before, if any came or went.
   */
  async refresh(paths: readonly string[], token?: CancellationToken): Promise<string[]> {
    const before = this.#found;
    if (before === undefined) return [];
    // What was cut off is measured again the next time.
    this.#found = undefined;
    const moved = await this.#updateTrees(paths);
    await this.#guesses.refresh(paths, token);
    const asked = moved ? undefined : this.#askedAnew(paths, before);
    const guesses =
      asked === undefined ? await this.#guesses.all(token) : [...asked].flatMap((path) => this.#guesses.of(path));
    const fresh = await this.#judge(guesses, token);
    const kept = asked === undefined ? [] : [...before].filter(([path]) => !asked.has(path));
    this.#found = new Map([...kept, ...fresh]);
    return changedPaths(before, this.#found);
  }

  /**
   * The files to judge again when all that can be imported is as it was: those that changed and, where one of them may
   * say where a missing name is, those that miss something.
   */
  #askedAnew(paths: readonly string[], before: ReadonlyMap<string, unknown>): Set<string> {
    const isSource = this.#pairs.some(({ canonical }) =>
      paths.some((path) => pathInTree(canonical, path) !== undefined),
    );
    if (isSource) this.#texts = undefined;
    return new Set([...paths, ...(isSource ? before.keys() : [])]);
  }

  async #judge(guesses: readonly Guesses[], token?: CancellationToken): Promise<Map<string, readonly ImportFinding[]>> {
    const scopes = await this.#importScopes();
    const found = new Map<string, readonly ImportFinding[]>();
    const judge = async (one: Guesses): Promise<void> => {
      const findings = await this.#judgeFile(one, scopes);
      if (findings !== undefined) found.set(one.path, findings);
    };
    await mapBounded(guesses, judge, token);
    return found;
  }

  /** `undefined` when all that the file imports is there. */
  async #judgeFile({ path, imports }: Guesses, scopes: readonly ImportScope[]): Promise<ImportFinding[] | undefined> {
    return (await allThere(path, imports, scopes, this.#exists)) ? undefined : await this.#look(path, scopes);
  }

  async #guess(path: string): Promise<Guesses[]> {
    if (!isPython(path)) return [];
    const bytes = await this.#files.bytes(path);
    if (bytes === undefined || !this.#mayImport(path, bytes)) return [];
    const decoded = decode(bytes);
    const imports = decoded.kind === 'text' ? guessImports(decoded.text).filter((one) => this.#concerns(one)) : [];
    return imports.length === 0 ? [] : [{ path, imports }];
  }

  /** Relative imports reach a canonical tree from inside, or from a folder above. */
  #mayImport(path: string, bytes: Uint8Array): boolean {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return this.#pairs.some(({ canonical }) => {
      if (pathInTree(canonical, path) !== undefined || `${canonical.root}/`.startsWith(folder)) return true;
      const names = canonical.package.split('.');
      return [names.at(-1) ?? '', names[0] ?? ''].every((name) => containsAscii(bytes, name));
    });
  }

  #concerns({ level, segments }: ImportedModule): boolean {
    if (level > 0) return true;
    return this.#pairs.some(({ canonical }) => canonical.package.split('.').every((name, at) => segments[at] === name));
  }

  /** The closer look: parses the file. */
  async #look(path: string, scopes: readonly ImportScope[]): Promise<ImportFinding[]> {
    const text = (await this.#files.text(path))?.text;
    if (text === undefined) return [];
    const lines = new LineMap(text);
    const texts = (this.#texts ??= new TreeTexts(this.#files));
    const messages = new ImportMessages(texts);
    const findings: ImportFinding[] = [];
    for (const found of findImportSites(text)) {
      const site = { ...found, forTypes: found.forTypes || path.endsWith('.pyi') };
      for (const broken of await breaksOf(path, site, scopes, this.#exists)) {
        const module = moduleOf(broken);
        if (await this.#isMadeLater(broken, text, texts)) continue;
        const optional = site.guard === 'all' || (site.guard === 'module' && broken.kind === 'module');
        const names = site.names?.map(({ name }) => name) ?? [];
        findings.push({
          path,
          ...lines.position(broken.offset),
          message: await messages.message(broken, names, traitsOf(optional, site.forTypes)),
          module,
          ...(broken.name === undefined ? {} : { name: broken.name }),
          optional,
          ...((await isInLegacy(broken)) ? { inLegacy: true as const } : {}),
        });
      }
    }
    return findings;
  }

  /** It is on the disk, though not listed; or the file, or one of the tree, puts it in place. */
  async #isMadeLater(broken: Broken, text: string, texts: TreeTexts): Promise<boolean> {
    if (broken.kind === 'outside') return false;
    const dotted = moduleOf(broken);
    if (putsInPlace(text, dotted, broken.name)) return true;
    const others = await texts.all(broken.scope.pair.canonical);
    if (others.some(([, other]) => putsInPlace(other, dotted, broken.name))) return true;
    if (broken.kind === 'export') return false;
    const named = broken.name === undefined ? [] : [broken.name];
    return await isUnlistedModule(
      this.#files,
      [broken.scope.pair.canonical.root, ...broken.segments, ...named].join('/'),
    );
  }

  readonly #exists = (path: string): boolean => this.#files.has(path) || this.#files.hasFolder(path);

  /** Whether what can be imported, and how, may have changed. */
  async #updateTrees(paths: readonly string[]): Promise<boolean> {
    const listing = await this.#files.list();
    let moved = listing !== this.#listing;
    this.#listing = listing;
    for (const { pair, canonical, legacy } of this.#scopes ?? []) {
      for (const path of paths) {
        const [inCanonical, inLegacy] = [pathInTree(pair.canonical, path), pathInTree(pair.legacy, path)];
        const exists = this.#files.has(path);
        if (inCanonical !== undefined && (await canonical.update(inCanonical, exists))) moved = true;
        if (inLegacy !== undefined && (await legacy.update(inLegacy, exists))) moved = true;
      }
    }
    if (moved) this.#texts = undefined;
    return moved;
  }

  async #importScopes(): Promise<readonly ImportScope[]> {
    this.#listing ??= await this.#files.list();
    this.#scopes ??= await Promise.all(
      this.#pairs.map(async (pair) => ({
        pair,
        canonical: await packageTreeOf(pair.canonical, this.#files),
        legacy: await packageTreeOf(pair.legacy, this.#files),
      })),
    );
    return this.#scopes;
  }
}

/**
 * Marks those of the findings that were not there before: by importing file, module and name, for lines move.
 */
export function compareFindings(
  before: readonly ImportFinding[],
  now: readonly ImportFinding[],
): (ImportFinding & { readonly new: boolean })[] {
  const known = new Set(before.map(importKey));
  return now.map((finding) => ({ ...finding, new: !known.has(importKey(finding)) }));
}

/** What makes two findings the same: an import that broke for good where it was optional before is another one. */
export function importKey({ path, module, name, optional }: ImportFinding): string {
  return JSON.stringify([path, module, name, optional]);
}

function moduleOf({ kind, scope, segments }: Broken): string {
  return kind === 'outside' ? segments.join('.') : [scope.pair.canonical.package, ...segments].join('.');
}

function traitsOf(optional: boolean, forTypes: boolean): string[] {
  return [
    ...(optional ? ['The program goes on without it: what depends on the import is off, and nobody is told.'] : []),
    ...(forTypes ? ['Only type checkers see this import.'] : []),
  ];
}

type Found = ReadonlyMap<string, readonly ImportFinding[]>;

function changedPaths(before: Found, now: Found): string[] {
  const isOther = (path: string): boolean =>
    JSON.stringify(before.get(path) ?? []) !== JSON.stringify(now.get(path) ?? []);
  return [...new Set([...before.keys(), ...now.keys()])].filter(isOther).sort(compareText);
}
