import { EngineError } from '../errors.ts';
import type { CancellationToken, FileSystem, Git, Ports } from '../ports.ts';
import { WorkspaceFiles } from '../tree/files.ts';
import type { OverlaidContent } from '../tree/overlay.ts';
import { OverlayFiles } from '../tree/overlay.ts';
import type { TreePair } from '../tree/pair.ts';
import { EarlierFiles } from './earlierFiles.ts';
import { EarlierImports } from './earlierImports.ts';
import { compareFindings } from './imports.ts';
import type { ImportFinding } from './model.ts';

/**
 * A state of the repository: anything that names a tree to git, or what some files held (`undefined`: not there) while all
 * others were as they are.
 */
export type Earlier = string | ReadonlyMap<string, OverlaidContent>;

/** Compares imports that fail now with an earlier state of the repository; what was measured of the last one is kept. */
export class ImportHistory {
  readonly #pairs: readonly TreePair[];
  readonly #git: Git | undefined;
  readonly #files: FileSystem;
  readonly #isListed: (path: string) => boolean;
  #last: { readonly id: string; readonly imports: EarlierImports } | undefined;

  /** `isListed` leaves out what the settings exclude. */
  constructor(pairs: readonly TreePair[], { files, git }: Ports, isListed: (path: string) => boolean) {
    this.#pairs = pairs;
    this.#git = git;
    this.#files = files;
    this.#isListed = isListed;
  }

  /**
   * Marks each of the imports `new` or not.
   * @param earlier anything that names a tree to git, or what files held
   * @throws EngineError `git` for a tree without git, or when there is none of that name.
   */
  async compare(
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

  /**
   * Those of the imports that one tree in the place of two costs: they did not fail at the last commit, or only the legacy
   * tree has what they ask for. Without a commit to compare with, the latter alone.
   */
  async lost(now: readonly ImportFinding[], token?: CancellationToken): Promise<readonly ImportFinding[]> {
    if (now.length === 0) return [];
    const head = await this.#git?.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { token });
    const compared = head?.code === 0 ? await this.compare('HEAD', now, token) : now;
    return compared.filter((one) => one.new === true || one.inLegacy === true);
  }

  async #at(earlier: Earlier, token?: CancellationToken): Promise<EarlierImports> {
    if (typeof earlier !== 'string') return this.#measure(new OverlayFiles(this.#files, earlier));
    const git = this.#git;
    if (git === undefined) throw new EngineError('git', 'Without git there is no earlier state to compare with.');
    const { stdout } = await git.run(['rev-parse', '--verify', '--quiet', earlier], { token });
    const id = new TextDecoder().decode(stdout).trim();
    if (this.#last?.id === id && id !== '') return this.#last.imports;
    const imports = this.#measure(new EarlierFiles(git, earlier, this.#isListed));
    this.#last = { id, imports };
    return imports;
  }

  #measure(files: FileSystem): EarlierImports {
    return new EarlierImports(this.#pairs, new WorkspaceFiles(files));
  }
}

/** Why a lost import is a reason not to go on. */
export function lossText({ message, new: isNew }: ImportFinding): string {
  return isNew === true ? `${message} It did not fail at the last commit.` : message;
}
