import path from 'node:path';
import { readlink } from 'node:fs/promises';
import type { CancellationToken, CheckpointPhase, Git } from '../../engine/index.ts';
import { ask, askBytes } from '../state/ask.ts';
import type { Disk } from '../state/disk.ts';
import { newStatePath, type StateFolder } from '../state/stateFolder.ts';
import type { GitIndex } from './gitIndex.ts';
import { readGitIndex } from './gitIndex.ts';
import type { BytePath, Entries, Entry, Found, Present } from './model.ts';
import { absoluteOf, hasModes, toBytePath } from './workTree.ts';

/**
 * Objects are on the disk for good when git answers; older gits do not know the setting and ignore it. What is kept of
 * the present before a restore is as durable as git makes it by itself: it is many files, and waiting for each is long.
 */
export function durably(phase: CheckpointPhase): string[] {
  return phase === 'restore' ? [] : ['-c', 'core.fsync=committed,reference'];
}

/** What is in a checkpoint's `details.json`. */
export interface Details {
  /** Octal modes that git does not know, with the paths that have them. */
  readonly modes: Readonly<Record<string, readonly BytePath[]>>;
  readonly absent: readonly BytePath[];
  /** When git wrote the index, in nanoseconds since 1970: more digits than a number of JSON keeps. */
  readonly indexModified?: string;
}

interface Written {
  readonly tree: string;
  readonly entries: Entries;
}

/**
 * Writes the tree of a checkpoint. No filter of the repository runs (`core.autocrlf`, LFS), git's index is only read,
 * and objects that are in the repository already are not written again.
 */
export async function writeTree(
  git: Git,
  state: StateFolder,
  present: Present,
  phase: CheckpointPhase,
  disk: Disk,
  token: CancellationToken | undefined,
): Promise<Written> {
  const aside = newStatePath(state, 'snapshot');
  await disk.makeFolder(aside);
  try {
    return await new Snapshot(git, state, { aside, settings: durably(phase) }, disk).write(present, token);
  } finally {
    await disk.removeAll(aside);
  }
}

/** What is hashed: a path that git opens (bytes, from the top of the work tree or absolute), and who gets the id. */
interface Hashed {
  readonly path: BytePath;
  readonly onId: (id: string) => void;
}

class Snapshot {
  readonly #git: Git;
  readonly #state: StateFolder;
  /** A folder of ours: what is not a file of the work tree is put there to be hashed with the rest, by one process. */
  readonly #aside: string;
  /** Of git, for what is written. */
  readonly #settings: readonly string[];
  readonly #disk: Disk;
  readonly #hashed: Hashed[] = [];
  readonly #lines: string[] = [];
  #asides = 0;

  constructor(
    git: Git,
    state: StateFolder,
    { aside, settings }: { readonly aside: string; readonly settings: readonly string[] },
    disk: Disk,
  ) {
    this.#git = git;
    this.#state = state;
    this.#aside = aside;
    this.#settings = settings;
    this.#disk = disk;
  }

  async write({ found, absent }: Present, token: CancellationToken | undefined): Promise<Written> {
    const entries = new Map<BytePath, Entry>();
    for (const [file, one] of found) await this.#addFile(file, one, entries);
    const index = await readGitIndex(this.#git, this.#state, token);
    const details: Details = {
      modes: unusualModes(found),
      absent,
      ...(index.modified === undefined ? {} : { indexModified: String(index.modified) }),
    };
    await this.#add('details.json', Buffer.from(JSON.stringify(details)));
    await this.#addIndex(index);
    await this.#hashAll(token);
    const tree = await this.#writeTree(token);
    return { tree, entries };
  }

  async #addFile(file: BytePath, found: Found, entries: Map<BytePath, Entry>): Promise<void> {
    const isLink = found.kind === 'link';
    const path = isLink
      ? await this.#putAside(await readlink(absoluteOf(this.#state.root, file), { encoding: 'buffer' }))
      : toBytePath(this.#state.prefix) + file;
    const mode = isLink ? '120000' : (found.mode & 0o100) === 0 ? '100644' : '100755';
    const onId = (id: string): void => {
      entries.set(file, { ...found, id });
      this.#line(mode, id, `files/${file}`);
    };
    this.#hashed.push({ path, onId });
  }

  async #add(name: string, bytes: Uint8Array): Promise<void> {
    const onId = (id: string): void => {
      this.#line('100644', id, name);
    };
    this.#hashed.push({ path: await this.#putAside(bytes), onId });
  }

  async #addIndex({ files, staged }: GitIndex): Promise<void> {
    for (const [name, bytes] of files) await this.#add(name, bytes);
    for (const { mode, id, stage, path } of staged) {
      // A submodule's commit is an object of the submodule.
      if (mode !== '160000') this.#line(mode, id, `staged/${stage}/${path}`);
    }
    // What is only intended to be added counts as empty, and git need not have that object yet.
    const onId = (): void => undefined;
    this.#hashed.push({ path: await this.#putAside(new Uint8Array()), onId });
  }

  async #putAside(bytes: Uint8Array): Promise<BytePath> {
    const file = path.join(this.#aside, String(this.#asides++));
    await this.#disk.create(file, { bytes, mode: 0o600 });
    return toBytePath(file);
  }

  #line(mode: string, id: string, file: BytePath): void {
    this.#lines.push(`${mode} ${id}\t${file}\0`);
  }

  async #hashAll(token: CancellationToken | undefined): Promise<void> {
    const input = Buffer.from(this.#hashed.map(({ path }) => `${quoted(path)}\n`).join(''), 'latin1');
    const args = [...this.#settings, 'hash-object', '-w', '--no-filters', '--stdin-paths'];
    const ids = (await ask(this.#git, args, { input, token })).split('\n');
    this.#hashed.forEach(({ onId }, i) => {
      onId(ids[i] ?? '');
    });
  }

  async #writeTree(token: CancellationToken | undefined): Promise<string> {
    const env = { GIT_INDEX_FILE: path.join(this.#aside, 'index') };
    // Any name that the disk allows, also one that would be dangerous on Windows or macOS, where it cannot be.
    const anyName = ['-c', 'core.protectNTFS=false', '-c', 'core.protectHFS=false', '-c', 'core.splitIndex=false'];
    const input = Buffer.from(this.#lines.join(''), 'latin1');
    await askBytes(this.#git, [...anyName, 'update-index', '-z', '--index-info'], { env, input, token });
    // A partial clone may miss objects that its index names.
    return ask(this.#git, [...anyName, ...this.#settings, 'write-tree', '--missing-ok'], { env, token });
  }
}

function unusualModes(found: ReadonlyMap<BytePath, Found>): Record<string, BytePath[]> {
  const modes: Record<string, BytePath[]> = {};
  if (!hasModes) return modes;
  for (const [file, { kind, mode }] of found) {
    if (kind === 'file' && mode !== 0o644 && mode !== 0o755) (modes[mode.toString(8)] ??= []).push(file);
  }
  return modes;
}

/** Git reads one path a line, and one that begins with a quote as a string in C's way. */
function quoted(file: BytePath): string {
  if (!/^"|[\r\n]/u.test(file)) return file;
  return `"${file.replaceAll(/["\\]/gu, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}
