import * as vscode from 'vscode';
import { EngineError, type CancellationToken } from '../../engine/index.ts';
import type { Changed, FolderModel } from '../folders/index.ts';
import type { Opened } from '../folders/opening.ts';

/** A disk may stamp a change with a time that is some milliseconds behind the clock. */
const CLOCK_LAG_MS = 10;

/** When something was measured, and from which files: whether it still holds shows by what became of them since. */
export class Moment {
  readonly opened: Opened;
  readonly time = new Date();
  readonly #folder: FolderModel;
  readonly #listed: ReadonlySet<string>;
  readonly #unsaved: ReadonlySet<string>;
  readonly #changed = new Set<string>();

  private constructor(folder: FolderModel, opened: Opened, listed: ReadonlySet<string>) {
    this.opened = opened;
    this.#folder = folder;
    this.#listed = listed;
    this.#unsaved = unsavedPaths(folder);
  }

  /** What is read from here on is as it is now, or is told of as changed. */
  static async now(folder: FolderModel, opened: Opened, token?: CancellationToken): Promise<Moment> {
    return new Moment(folder, opened, new Set(await opened.ports.files.list(token)));
  }

  /** Workspace paths of the files that changed since, came or went. */
  get changed(): ReadonlySet<string> {
    return this.#changed;
  }

  /** Looks at files of which somebody says that they changed; answers whether any did of which it was not known. */
  async look(changed: Changed): Promise<boolean> {
    const before = this.#changed.size;
    const paths = await this.#listedOf(changed);
    const unsaved = unsavedPaths(this.#folder);
    await Promise.all(
      paths.map(async (path) => {
        const isChanged =
          !this.#listed.has(path) || this.#unsaved.has(path) || unsaved.has(path) || (await this.#isOther(path));
        if (isChanged) this.#changed.add(path);
      }),
    );
    return this.#changed.size > before;
  }

  /** Files that are listed, now or then: what programs write beside them, as logs, is nobody's concern. */
  async #listedOf(changed: Changed): Promise<string[]> {
    const isKnown = changed !== 'all' && changed.every((path) => this.#listed.has(path));
    if (isKnown) return [...changed];
    const all = new Set([...this.#listed, ...(await this.#listedNow())]);
    if (changed === 'all') return [...all];
    // A folder that came or went is told of by its own name alone.
    const folders = changed.filter((path) => !all.has(path)).map((path) => `${path}/`);
    const inside = [...all].filter((path) => folders.some((folder) => path.startsWith(folder)));
    return [...changed.filter((path) => all.has(path)), ...inside];
  }

  async #listedNow(): Promise<readonly string[]> {
    try {
      return await this.opened.ports.files.list();
    } catch (error) {
      // Whatever keeps git from listing the folder: the files that were there are looked at one by one.
      if (error instanceof EngineError) return [];
      throw error;
    }
  }

  async #isOther(path: string): Promise<boolean> {
    try {
      const { mtime } = await vscode.workspace.fs.stat(this.#folder.uri(path));
      return mtime >= this.time.getTime() - CLOCK_LAG_MS;
    } catch {
      // It went, or may not be looked at any more.
      return true;
    }
  }
}

function unsavedPaths(folder: FolderModel): ReadonlySet<string> {
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, isClosed }) => isDirty && !isClosed);
  return new Set(unsaved.flatMap(({ uri }) => folder.path(uri) ?? []));
}
