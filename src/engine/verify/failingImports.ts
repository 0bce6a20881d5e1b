import picomatch from 'picomatch';
import { alwaysExcluded, type Config } from '../config.ts';
import { EngineError } from '../errors.ts';
import type { CancellationToken, FileSystem, Ports } from '../ports.ts';
import { FileRules } from '../references/standing.ts';
import { WorkspaceFiles } from '../tree/files.ts';
import type { OverlaidContent } from '../tree/overlay.ts';
import { OverlayFiles } from '../tree/overlay.ts';
import { EarlierFiles } from './earlierFiles.ts';
import { EarlierImports } from './earlierImports.ts';
import { compareFindings, ImportScan } from './imports.ts';
import { liveImports } from './liveImports.ts';
import type { ImportFinding } from './model.ts';

/**
 * A state of the repository: anything that names a tree to git, or what some files held (`undefined`: not there) while all
 * others were as they are.
 */
export type Earlier = string | ReadonlyMap<string, OverlaidContent>;

/** The imports of the canonical packages that fail: now, since when, and at whose cost. */
export class FailingImports {
  readonly #config: Config;
  readonly #ports: Ports;
  readonly #files: WorkspaceFiles;
  readonly #scan: ImportScan;
  /** The earlier state that was asked for last. */
  #last: { readonly id: string; readonly imports: EarlierImports } | undefined;

  /** `files` are those of the ports, listed once for all that is measured. */
  constructor(config: Config, ports: Ports, files: WorkspaceFiles) {
    this.#config = config;
    this.#ports = ports;
    this.#files = files;
    this.#scan = new ImportScan(config.pairs, files);
  }

  reset(): void {
    this.#scan.reset();
  }

  /** Looks at these files again, and at what others import from them; answers the files whose findings changed. */
  async refresh(paths: readonly string[], token?: CancellationToken): Promise<string[]> {
    return await this.#scan.refresh(paths, token);
  }

  /** Sorted by path and offset. */
  async all(token?: CancellationToken): Promise<readonly ImportFinding[]> {
    return await this.#scan.all(token);
  }

  /**
   * The same, each marked `new` or not.
   * @param earlier anything that names a tree to git, or what files held
   * @throws EngineError `git` for a tree without git, or when there is none of that name.
   */
  async since(earlier: Earlier, token?: CancellationToken): Promise<readonly ImportFinding[]> {
    return await this.#compare(earlier, await this.all(token), token);
  }

  /**
   * Those in live code that one tree in the place of two costs: they did not fail at the last commit, or only the legacy
   * tree has what they ask for. Without a commit to compare with, the latter alone.
   */
  async lost(token?: CancellationToken): Promise<readonly ImportFinding[]> {
    const { pairs } = this.#config;
    const rules = new FileRules(this.#config);
    const now = await liveImports(await this.all(token), { files: this.#files, rules, pairs });
    if (now.length === 0) return [];
    const compared = (await this.#idOf('HEAD', token)) === '' ? now : await this.#compare('HEAD', now, token);
    return compared.filter((one) => one.new === true || one.inLegacy === true);
  }

  async #compare(
    earlier: Earlier,
    now: readonly ImportFinding[],
    token?: CancellationToken,
  ): Promise<readonly ImportFinding[]> {
    const paths = now.map(({ path }) => path);
    try {
      return compareFindings(await (await this.#at(earlier, token)).failedIn(paths, token), now);
    } catch (error) {
      // What was cut off is measured again the next time.
      this.#last = undefined;
      throw error;
    }
  }

  async #at(earlier: Earlier, token?: CancellationToken): Promise<EarlierImports> {
    const { git, files } = this.#ports;
    if (typeof earlier !== 'string') return this.#measure(new OverlayFiles(files, earlier));
    if (git === undefined) throw new EngineError('git', 'Without git there is no earlier state to compare with.');
    const id = await this.#idOf(earlier, token);
    if (this.#last?.id === id && id !== '') return this.#last.imports;
    const isExcluded = picomatch([...alwaysExcluded, ...this.#config.exclude], { dot: true });
    const imports = this.#measure(new EarlierFiles(git, earlier, (path) => !isExcluded(path)));
    this.#last = { id, imports };
    return imports;
  }

  /** `''` where there is no such tree, no commit yet, or no git. */
  async #idOf(treeish: string, token?: CancellationToken): Promise<string> {
    const found = await this.#ports.git?.run(['rev-parse', '--verify', '--quiet', treeish], { token });
    return new TextDecoder().decode(found?.stdout).trim();
  }

  #measure(files: FileSystem): EarlierImports {
    return new EarlierImports(this.#config.pairs, new WorkspaceFiles(files));
  }
}

/** Why a lost import is a reason not to go on. */
export function lossText({ message, new: isNew }: ImportFinding): string {
  return isNew === true ? `${message} It did not fail at the last commit.` : message;
}
