import type { PathLike } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { realDisk, type Disk } from '../../../src/node/state/disk.ts';

/** A moment at which something happens: `half` is in the middle of a file that is being written. */
export interface Moment {
  readonly operation: keyof Disk;
  /** The path that it makes or changes. */
  readonly path: string;
  readonly when: 'before' | 'half';
}

/** The real disk, that waits for nothing to be durable: a killed process takes nothing with it, a power cut would. */
export const hastyDisk: Disk = {
  ...realDisk,
  create: (file, content) => realDisk.create(file, { ...content, durable: false }),
  syncFolder: () => Promise.resolve(),
};

/** The disk; `at` is called at each moment, with its number from 0, and may throw or end the process. */
export function faultyDisk(at: (moment: Moment, index: number) => void, disk = realDisk): Disk {
  let index = 0;
  const moment = (operation: keyof Disk, path: PathLike, when: Moment['when'] = 'before'): void => {
    at({ operation, path: Buffer.isBuffer(path) ? path.toString('utf8') : String(path), when }, index++);
  };
  const noted =
    <Rest extends unknown[]>(operation: keyof Disk, run: (path: PathLike, ...rest: Rest) => Promise<void>) =>
    async (path: PathLike, ...rest: Rest): Promise<void> => {
      moment(operation, path);
      await run(path, ...rest);
    };
  return {
    create: async (file, content) => {
      moment('create', file);
      moment('create', file, 'half');
      await disk.create(file, content);
    },
    createLink: noted('createLink', (file, target: PathLike) => disk.createLink(file, target)),
    rename: async (from, to) => {
      moment('rename', to);
      await disk.rename(from, to);
    },
    unlink: noted('unlink', (path) => disk.unlink(path)),
    chmod: noted('chmod', (file, mode: number) => disk.chmod(file, mode)),
    makeFolder: noted('makeFolder', (path) => disk.makeFolder(path)),
    removeFolder: noted('removeFolder', (path) => disk.removeFolder(path)),
    removeAll: noted('removeAll', (path) => disk.removeAll(path)),
    syncFolder: noted('syncFolder', (path) => disk.syncFolder(path)),
  };
}

/** The disk of a process that ends at the moment of that number, a file being left as it was written so far. */
export function deadlyDisk(last: number, die: () => void): Disk {
  return faultyDisk(({ operation, path, when }, index) => {
    if (index !== last) return;
    if (operation === 'create' && when === 'half') writeFileSync(path, 'half of wh', { flag: 'wx' });
    die();
  }, hastyDisk);
}
