import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { EngineError } from '../../engine/index.ts';
import { allSettled } from '../state/atOnce.ts';
import { causeOf } from '../state/causes.ts';
import { systemCode, unlessMissing, type Disk, type NewFile } from '../state/disk.ts';
import { changesBytes, modeAfter, type Task } from './task.ts';

/** A name beside the file that is always the same, so that one left by a process that was killed is found again. */
export function besideOf(root: string, file: string): string {
  const name = createHash('sha256').update(file).digest('hex').slice(0, 16);
  return path.join(root, path.dirname(file), `.tree-unifier-${name}`);
}

/** The writing of one plan: everything that can fail for want of room or rights comes before the first file changes. */
export class Writing {
  readonly #root: string;
  readonly #disk: Disk;
  readonly #madeFolders: string[] = [];
  readonly #changed: Task[] = [];

  constructor(root: string, disk: Disk) {
    this.#root = root;
    this.#disk = disk;
  }

  /**
   * Does the tasks; when one fails, undoes those that were done.
   * @throws EngineError `unwritable` when nothing is changed, `interrupted` when not even that succeeded.
   */
  async run(tasks: readonly Task[], newFolders: readonly string[]): Promise<void> {
    let at: string | undefined;
    try {
      await this.#prepare(tasks, newFolders, (path) => (at = path));
      // What is deleted is deleted when all else is done.
      for (const task of tasks.toSorted((a, b) => Number(a.after === undefined) - Number(b.after === undefined))) {
        at = task.path;
        await this.#change(task);
      }
      await this.#syncFolders(tasks);
    } catch (error) {
      await this.#undo(tasks, error, at);
      if (error instanceof EngineError) throw error;
      throw new EngineError('unwritable', `Nothing was changed: cannot write ${at ?? ''}: ${sentenceOf(error)}.`);
    }
  }

  /** The new folders, and the new contents beside their places. */
  async #prepare(tasks: readonly Task[], newFolders: readonly string[], onPath: (path: string) => void): Promise<void> {
    for (const folder of newFolders) {
      onPath(folder);
      await this.#disk.makeFolder(path.join(this.#root, folder));
      this.#madeFolders.push(folder);
    }
    await allSettled(tasks.filter(changesBytes), async (task) => {
      try {
        await this.#writeBeside(task, fileFor(task));
      } catch (error) {
        onPath(task.path);
        throw error;
      }
    });
  }

  async #writeBeside({ path }: Task, content: NewFile): Promise<void> {
    const beside = besideOf(this.#root, path);
    try {
      await this.#disk.create(beside, content);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      await this.#disk.removeAll(beside);
      await this.#disk.create(beside, content);
    }
  }

  async #change(task: Task): Promise<void> {
    const { absolute, after, found, executable } = task;
    await assertUnchanged(task);
    this.#changed.push(task);
    if (after === undefined) await this.#disk.unlink(absolute);
    else if (changesBytes(task)) await this.#disk.rename(besideOf(this.#root, task.path), absolute);
    else if (found !== undefined) await this.#disk.chmod(absolute, modeAfter(found.mode, executable));
  }

  async #syncFolders(tasks: readonly Task[]): Promise<void> {
    const folders = new Set([...tasks.map(({ absolute }) => path.dirname(absolute)), ...this.#parentsOfNew()]);
    for (const folder of folders) await this.#disk.syncFolder(folder);
  }

  #parentsOfNew(): string[] {
    return this.#madeFolders.map((folder) => path.dirname(path.join(this.#root, folder)));
  }

  async #undo(tasks: readonly Task[], error: unknown, at: string | undefined): Promise<void> {
    try {
      // Frees the room that putting back may need.
      for (const { path } of tasks) await this.#disk.removeAll(besideOf(this.#root, path));
      for (const task of this.#changed.reverse()) await this.#putBack(task);
      for (const folder of this.#madeFolders.reverse()) await this.#disk.removeFolder(path.join(this.#root, folder));
    } catch (second) {
      throw new EngineError(
        'interrupted',
        `Cannot write ${at ?? ''}: ${sentenceOf(error)}. Then what was written could not all be put back: ` +
          `${sentenceOf(second)}. Mend that, and finish the apply or restore its checkpoint.`,
      );
    }
  }

  async #putBack(task: Task): Promise<void> {
    const { absolute, before, found } = task;
    // It was this task's one step that failed.
    if (await isUnchanged(task)) return;
    if (found === undefined || before === undefined) {
      await this.#disk.removeAll(absolute);
    } else if (task.after !== undefined && !changesBytes(task)) {
      await this.#disk.chmod(absolute, found.mode & 0o7777);
    } else {
      await this.#writeBeside(task, { bytes: before, mode: found.mode & 0o7777, exact: true, owner: found });
      await this.#disk.rename(besideOf(this.#root, task.path), absolute);
    }
  }
}

function fileFor({ after, found, executable }: Task): NewFile {
  const bytes = after ?? new Uint8Array();
  if (found === undefined) return { bytes, mode: executable === true ? 0o755 : 0o644, durable: true };
  return { bytes, mode: modeAfter(found.mode, executable), exact: true, owner: found, durable: true };
}

/** Somebody may have saved the file since it was read. */
async function assertUnchanged(task: Task): Promise<void> {
  if (await isUnchanged(task)) return;
  throw new EngineError('unwritable', `Nothing was changed: ${task.path} was changed at the same moment. Apply again.`);
}

async function isUnchanged({ absolute, found }: Task): Promise<boolean> {
  const now = await unlessMissing(lstat(absolute));
  if (now === undefined || found === undefined) return now === found;
  return now.ino === found.ino && now.size === found.size && now.mtimeMs === found.mtimeMs && now.mode === found.mode;
}

function sentenceOf(error: unknown): string {
  return causeOf(error) ?? (error instanceof Error ? error.message : String(error));
}
