/** Sorted paths, and quick answers about them: what lies below a folder is one stretch of the list. */
export class Listing {
  readonly paths: readonly string[];
  readonly #set: ReadonlySet<string>;

  /** `paths` are sorted by UTF-16 code units. */
  constructor(paths: readonly string[] = []) {
    this.paths = paths;
    this.#set = new Set(paths);
  }

  has(path: string): boolean {
    return this.#set.has(path);
  }

  hasFolder(folder: string): boolean {
    return this.paths[this.#firstFrom(`${folder}/`)]?.startsWith(`${folder}/`) === true;
  }

  /** The files below a folder, by their paths inside it, sorted. */
  below(folder: string): string[] {
    // Zero comes right after the slash.
    const stretch = this.paths.slice(this.#firstFrom(`${folder}/`), this.#firstFrom(`${folder}0`));
    return stretch.map((path) => path.slice(folder.length + 1));
  }

  /** Where the first path stands that does not come before this text. */
  #firstFrom(text: string): number {
    let [from, to] = [0, this.paths.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.paths[middle] ?? '') < text) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
