import { EngineError, throwIfCancelled } from '../../engine/index.ts';
import type { CancellationToken, Restored } from '../../engine/index.ts';
import { removeEmptyFolders } from '../apply/emptyFolders.ts';
import type { Disk } from '../state/disk.ts';
import type { BytePath, Entries, Entry, Store } from './model.ts';
import { FilePlacer } from './placer.ts';
import { absoluteOf, findPresent, hasModes, toText } from './workTree.ts';

/**
 * Puts the work tree back as one checkpoint has it. Whatever step is the last one, doing it all again completes it.
 *
 * What is ignored is left alone, by the rules of now as well as by those that are put back: a `.gitignore` that was
 * deleted meanwhile must not cost the folders that it kept out of sight.
 */
export class Restore {
  readonly #root: string;
  readonly #store: Store;
  readonly #name: string;
  readonly #made: readonly BytePath[];
  readonly #disk: Disk;

  /** `made` are the files that this checkpoint or a later one saw absent, before they were made. */
  constructor(
    root: string,
    store: Store,
    { name, made }: { readonly name: string; readonly made: readonly BytePath[] },
    disk: Disk,
  ) {
    this.#root = root;
    this.#store = store;
    this.#name = name;
    this.#made = made;
    this.#disk = disk;
  }

  /** @throws EngineError `unrestorable` when something ignored is in a file's place; all else is put back then. */
  async run(token: CancellationToken | undefined): Promise<Restored> {
    const wanted = await this.#store.load(this.#name, token);
    const listed = await this.#store.listPaths(token);
    // A file that is put back may be ignored by now: what it holds then is kept all the same.
    const found = await findPresent(this.#root, [...listed, ...wanted.keys(), ...this.#made], token);
    const absent = [...wanted.keys()].filter((file) => !found.has(file));
    const { checkpoint, entries } = await this.#store.save('restore', { found, absent }, token);
    throwIfCancelled(token);
    await this.#store.restoreIndex(this.#name);
    const { written, deleted } = await this.#restoreFiles(wanted, entries, new Set(listed));
    return { written: texts(written), deleted: texts(deleted), checkpoint };
  }

  async #restoreFiles(
    wanted: Entries,
    present: Entries,
    listed: ReadonlySet<BytePath>,
  ): Promise<{ written: Iterable<BytePath>; deleted: readonly BytePath[] }> {
    const different = new Map([...wanted].filter(([file, entry]) => !isSame(entry, present.get(file))));
    const rules = new Map([...different].filter(([file]) => isRules(file)));
    const surelyNew = new Set(this.#made);
    const strange = [...present.keys()].filter(
      (file) => !wanted.has(file) && (listed.has(file) || surelyNew.has(file)),
    );
    await this.#put(rules, present);
    const strangeRules = strange.filter(isRules);
    await this.#delete(strangeRules);
    const shown = new Set(await this.#store.listPaths());
    const others = strange.filter((file) => !isRules(file) && (shown.has(file) || surelyNew.has(file)));
    await this.#delete(others);
    const blocked = await this.#put(different, present);
    if (blocked.length > 0) throw unrestorable(texts(blocked));
    return { written: different.keys(), deleted: [...strangeRules, ...others] };
  }

  /** Answers those whose place is taken. */
  async #put(entries: Entries, present: Entries): Promise<BytePath[]> {
    const placer = new FilePlacer(this.#root, this.#disk);
    const blocked: BytePath[] = [];
    const contents = new Map<BytePath, Entry>();
    for (const [file, entry] of entries) {
      const isContent = !sameContent(entry, present.get(file)) || !(await placer.setMode(file, entry));
      if (isContent) contents.set(file, entry);
    }
    await this.#store.read(this.#name, contents, async (file, bytes) => {
      const entry = contents.get(file);
      if (entry !== undefined && !(await placer.place(file, entry, bytes))) blocked.push(file);
    });
    return blocked;
  }

  async #delete(files: readonly BytePath[]): Promise<void> {
    for (const file of files) await this.#disk.unlink(absoluteOf(this.#root, file));
    await removeEmptyFolders(files, (folder) => absoluteOf(this.#root, folder), this.#disk);
  }
}

function isRules(file: BytePath): boolean {
  return /(?:^|\/)\.gitignore$/u.test(file);
}

function isSame(a: Entry, b: Entry | undefined): boolean {
  return sameContent(a, b) && (!hasModes || a.mode === b?.mode);
}

function sameContent(a: Entry, b: Entry | undefined): boolean {
  return a.id === b?.id && a.kind === b.kind;
}

function texts(files: Iterable<BytePath>): string[] {
  return [...files].map(toText).sort();
}

function unrestorable(files: readonly string[]): EngineError {
  const some = files.slice(0, 5).join(', ') + (files.length > 5 ? ` and ${files.length - 5} more` : '');
  return new EngineError(
    'unrestorable',
    `All is put back but ${some}: a folder or an ignored file is in the way. Move it away, and restore again.`,
  );
}
