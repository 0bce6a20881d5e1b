import { readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '../../engine/index.ts';
import type { CancellationToken, Checkpoint, CheckpointPhase } from '../../engine/index.ts';
import { hashOf } from '../apply/journal.ts';
import { allSettled } from '../state/atOnce.ts';
import { systemCode, unlessMissing, type Disk } from '../state/disk.ts';
import { makeRealFolder, newStatePath, openState, type StateFolder } from '../state/stateFolder.ts';
import type { BytePath, Entry, Found, Present, Saved, Store } from './model.ts';
import { nameOf } from './name.ts';
import { walkWithLinks } from './walk.ts';
import { absoluteOf, foldersOf, toBytePath } from './workTree.ts';

/** `checkpoint.json` of a checkpoint; beside it the folder `files` holds the copies. */
interface Record extends Omit<Checkpoint, 'name'> {
  readonly version: 1;
  readonly entries: readonly (readonly [BytePath, Entry])[];
  readonly absent: readonly BytePath[];
}

/** A link's text is its id: there is nothing to copy. */
const linkId = 'link:';

/** Checkpoints as plain copies, a folder each, for a workspace without git. */
export function createFolderStore(state: StateFolder, disk: Disk): Store {
  const folder = path.join(state.path, 'checkpoints');
  const recordOf = async (name: string): Promise<Record> => JSON.parse(await readRecord(folder, name)) as Record;
  return {
    listPaths: async (token) => (await walkWithLinks(state.root, token)).map(toBytePath),
    list: async () => {
      const names = (await unlessMissing(readdir(folder))) ?? [];
      const all = await Promise.all(names.map(async (name) => ({ name, ...(await recordOf(name)) })));
      return all
        .map(({ name, phase, time }) => ({ name, phase, time }))
        .sort((a, b) => (a.time < b.time || (a.time === b.time && a.name < b.name) ? -1 : 1));
    },
    save: async (phase, present, token) => {
      await openState(state, disk);
      await makeRealFolder(folder, disk);
      const aside = newStatePath(state, 'snapshot');
      try {
        return await new Copy(state.root, aside, disk).save(folder, phase, present, token);
      } catch (error) {
        await disk.removeAll(aside);
        throw error;
      }
    },
    load: async (name) => new Map((await recordOf(name)).entries),
    absentAt: async (name) => (await recordOf(name)).absent,
    read: async (name, entries, onContent) => {
      await allSettled(entries, async ([file, { kind, id }]) => {
        const copy = absoluteOf(path.join(folder, name, 'files'), file);
        const isLink = kind === 'link';
        await onContent(file, isLink ? Buffer.from(id.slice(linkId.length), 'latin1') : await readFile(copy));
      });
    },
    remove: async (name) => {
      // Killed half way, none is listed that lacks a part.
      const aside = newStatePath(state, 'gone');
      await disk.rename(path.join(folder, name), aside);
      await disk.removeAll(aside);
    },
    restoreIndex: () => Promise.resolve(),
  };
}

function readRecord(folder: string, name: string): Promise<string> {
  return readFile(path.join(folder, name, 'checkpoint.json'), 'utf8');
}

/** Made aside; it takes its place, under a name that nothing has, by one rename. */
class Copy {
  readonly #root: string;
  readonly #aside: string;
  readonly #disk: Disk;

  constructor(root: string, aside: string, disk: Disk) {
    this.#root = root;
    this.#aside = aside;
    this.#disk = disk;
  }

  async save(
    folder: string,
    phase: CheckpointPhase,
    { found, absent }: Present,
    token: CancellationToken | undefined,
  ): Promise<Saved> {
    await this.#disk.makeFolder(this.#aside);
    const entries = await this.#copyAll(found, token);
    const now = new Date();
    const record: Record = { version: 1, phase, time: now.toISOString(), entries: [...entries], absent };
    await this.#create(path.join(this.#aside, 'checkpoint.json'), Buffer.from(JSON.stringify(record)));
    for (let attempt = 1; ; attempt++) {
      const name = nameOf(phase, now, attempt);
      if (!(await this.#takesPlace(path.join(folder, name)))) continue;
      return { checkpoint: { name, phase, time: record.time }, entries };
    }
  }

  async #copyAll(
    found: ReadonlyMap<BytePath, Found>,
    token: CancellationToken | undefined,
  ): Promise<Map<BytePath, Entry>> {
    const files = path.join(this.#aside, 'files');
    for (const folder of ['', ...foldersOf(found.keys())]) await this.#disk.makeFolder(absoluteOf(files, folder));
    const copy = async ([file, one]: readonly [BytePath, Found]): Promise<[BytePath, Entry]> => {
      throwIfCancelled(token);
      if (one.kind === 'link') {
        const text = await readlink(absoluteOf(this.#root, file), { encoding: 'buffer' });
        return [file, { ...one, id: linkId + text.toString('latin1') }];
      }
      const bytes = await readFile(absoluteOf(this.#root, file));
      await this.#create(absoluteOf(files, file), bytes);
      return [file, { ...one, id: hashOf(bytes) }];
    };
    return new Map(await allSettled(found, copy));
  }

  #create(file: string | Buffer, bytes: Uint8Array): Promise<void> {
    return this.#disk.create(file, { bytes, mode: 0o600 });
  }

  async #takesPlace(place: string): Promise<boolean> {
    try {
      await this.#disk.rename(this.#aside, place);
      return true;
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code)) throw error;
      if ((await unlessMissing(readdir(place))) === undefined) throw error;
      return false;
    }
  }
}
