import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { removeWhenEmpty } from '../apply/emptyFolders.ts';
import { systemCode, unlessMissing, type Disk } from '../state/disk.ts';
import type { BytePath, Entry } from './model.ts';
import { absoluteOf, folderOf, lookAt } from './workTree.ts';

/** Puts files and links in their places, many at once, each by one rename; makes the folders that they need. */
export class FilePlacer {
  readonly #root: string;
  readonly #disk: Disk;
  /** Whether each is there by now; none of them is removed while files are placed. */
  readonly #folders = new Map<BytePath, Promise<boolean>>([['', Promise.resolve(true)]]);

  constructor(root: string, disk: Disk) {
    this.#root = root;
    this.#disk = disk;
  }

  /** @returns Whether it could: not where an ignored file or a folder that still holds something is in the way. */
  async place(file: BytePath, { kind, mode }: Entry, bytes: Uint8Array): Promise<boolean> {
    const absolute = absoluteOf(this.#root, file);
    if (!(await this.#makeFolder(folderOf(file))) || (await isInTheWay(absolute, this.#disk))) return false;
    const beside = this.#besideOf(file);
    const make = (): Promise<void> =>
      kind === 'link'
        ? this.#disk.createLink(beside, Buffer.from(bytes))
        : this.#disk.create(beside, { bytes, mode, exact: true });
    try {
      await make();
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      await this.#disk.removeAll(beside);
      await make();
    }
    await this.#disk.rename(beside, absolute);
    return true;
  }

  async setMode(file: BytePath, { mode }: Entry): Promise<boolean> {
    if ((await lookAt(this.#root, file))?.kind !== 'file') return false;
    await this.#disk.chmod(absoluteOf(this.#root, file), mode);
    return true;
  }

  /** Always the same, so that one left by a process that was killed is found again. */
  #besideOf(file: BytePath): Buffer {
    const name = `.tree-unifier-${createHash('sha256').update(file).digest('hex').slice(0, 16)}`;
    const folder = folderOf(file);
    return absoluteOf(this.#root, folder === '' ? name : `${folder}/${name}`);
  }

  #makeFolder(folder: BytePath): Promise<boolean> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const made = this.#makeFolderOnce(folder);
    this.#folders.set(folder, made);
    return made;
  }

  async #makeFolderOnce(folder: BytePath): Promise<boolean> {
    if (!(await this.#makeFolder(folderOf(folder)))) return false;
    const found = await unlessMissing(lstat(absoluteOf(this.#root, folder)));
    if (found === undefined) await this.#disk.makeFolder(absoluteOf(this.#root, folder));
    return found === undefined || found.isDirectory();
  }
}

/** A folder that holds something. */
async function isInTheWay(absolute: Buffer, disk: Disk): Promise<boolean> {
  if ((await unlessMissing(lstat(absolute)))?.isDirectory() !== true) return false;
  await removeWhenEmpty(absolute, disk);
  return (await unlessMissing(lstat(absolute))) !== undefined;
}
