import { execFileSync } from 'node:child_process';
import type { MergedFile } from '../../../src/engine/history/merge/model.ts';
import type { FileStat, FileSystem, Git, TreePair } from '../../../src/engine/index.ts';
import { EngineError, openSession } from '../../../src/engine/index.ts';
import { createGit } from '../../../src/node/git.ts';
import { configWith } from '../../helpers/engine.ts';
import type { TemporaryFolder } from '../../node/temporaryFolder.ts';

export const pair: TreePair = {
  legacy: { root: 'old_app', package: 'old_app' },
  canonical: { root: 'new/app', package: 'new.app' },
};

/** A file by its contents alone, or with its mode. */
export type Content = string | Uint8Array | { readonly content: string | Uint8Array; readonly executable: boolean };

/** Path to file. */
export type Files = Readonly<Record<string, Content>>;

/** A text of the canonical tree as the legacy tree has it. */
export function inLegacyWords(text: string): string {
  return text.replace(/\bnew[./]app\b/gu, 'old_app');
}

/** Files below a folder; texts of the legacy tree in its words. */
export function below(root: string, files: Files): Files {
  const words = (file: Content): Content => (root === pair.legacy.root ? mapText(file, inLegacyWords) : file);
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [`${root}/${path}`, words(file)]));
}

export function mapText(file: Content, change: (text: string) => string): Content {
  if (typeof file === 'string') return change(file);
  if (file instanceof Uint8Array) return file;
  return typeof file.content === 'string' ? { ...file, content: change(file.content) } : file;
}

export function bytesOf(file: Content): Buffer {
  const content = typeof file === 'string' || file instanceof Uint8Array ? file : file.content;
  return Buffer.from(content as string);
}

export function isProgram(file: Content): boolean {
  return typeof file === 'object' && 'executable' in file && file.executable;
}

/** A commit holds these files and no other. */
export interface Commit {
  readonly branch: string;
  readonly from?: string;
  readonly files: Files;
}

/** Makes commits in the folder's repository, and the repository if there is none. */
export function commitAll(folder: TemporaryFolder, commits: readonly Commit[]): void {
  folder.git('init', '--quiet', '--template=');
  const input = Buffer.concat(commits.flatMap(commitStream));
  execFileSync('git', ['fast-import', '--quiet', '--date-format=raw', '--force'], { cwd: folder.path, input });
}

function commitStream({ branch, from, files }: Commit, index: number): Buffer[] {
  const head = `commit refs/heads/${branch}\ncommitter Test <test@example.org> ${1_700_000_000 + 60 * index} +0000\n`;
  // A branch that is there goes on by itself.
  const parent = from === undefined || from === branch ? '' : `from refs/heads/${from}\n`;
  return [
    Buffer.from(`${head}data 1\nx\n${parent}deleteall\n`),
    ...Object.entries(files).flatMap(([path, file]) => {
      const bytes = bytesOf(file);
      const name = path.replace(/["\\]/gu, '\\$&').replaceAll('\n', '\\n');
      return [Buffer.from(`M ${isProgram(file) ? '100755' : '100644'} inline "${name}"\n`), data(bytes)];
    }),
  ];
}

function data(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

/** A work tree in memory that knows modes. */
export class WorkTree implements FileSystem {
  readonly files: Map<string, Content>;
  readonly unreadable = new Set<string>();

  constructor(files: Files) {
    this.files = new Map(Object.entries(files));
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()].sort());
  }

  read(path: string): Promise<Uint8Array> {
    const file = this.files.get(path);
    if (file !== undefined && !this.unreadable.has(path)) return Promise.resolve(bytesOf(file));
    return Promise.reject(new EngineError('unreadable', `Cannot read ${path}.`));
  }

  stat(path: string): Promise<FileStat> {
    const file = this.files.get(path);
    if (file !== undefined)
      return Promise.resolve({ kind: 'file', size: bytesOf(file).length, executable: isProgram(file) });
    const isFolder = [...this.files.keys()].some((one) => one.startsWith(`${path}/`));
    return Promise.resolve({ kind: isFolder ? 'directory' : 'missing', size: 0 });
  }
}

/** What is merged: the trees, by path inside them, all in the canonical tree's words. */
export interface Scene {
  readonly base: Files;
  readonly canonical: Files;
  readonly legacy: Files;
}

/** Legacy, then its copy, then what both are now; the work tree has the last. */
export function history(folder: TemporaryFolder, { base, canonical, legacy }: Scene): WorkTree {
  const now = { ...below('old_app', legacy), ...below('new/app', canonical) };
  commitAll(folder, [
    { branch: 'main', files: below('old_app', base) },
    { branch: 'main', from: 'main', files: { ...below('old_app', base), ...below('new/app', base) } },
    { branch: 'main', from: 'main', files: now },
  ]);
  return new WorkTree(now);
}

/** What the merge of the pair gives. */
export async function mergePair(
  folder: TemporaryFolder,
  files: WorkTree,
  world: { readonly git?: Git; readonly pair?: TreePair } = {},
): Promise<readonly MergedFile[] | undefined> {
  const git = world.git ?? createGit(folder.path);
  const session = await openSession({ files, git }, configWith({ pairs: [world.pair ?? pair] }));
  const [merged] = await session.merge();
  return merged;
}

/** One line for each file: its result, `x` for a program, and its path. */
export function outline(merged: readonly MergedFile[] | undefined): string[] | undefined {
  return merged?.map(({ path, result, version }) => `${result}${version?.executable === true ? ' x' : ''} ${path}`);
}

/** The merged text of one path; `undefined` when the result does not hold it. */
export function mergedText(merged: readonly MergedFile[] | undefined, path: string): string | undefined {
  const version = merged?.find((file) => file.path === path)?.version;
  return version && Buffer.from(version.bytes).toString('utf8');
}
