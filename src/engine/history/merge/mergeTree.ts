import { EngineError } from '../../errors.ts';
import type { CancellationToken, ScratchGit } from '../../ports.ts';
import { containsAscii } from '../../text/search.ts';
import { rawEntries } from '../changes.ts';
import { readBlobs, splitPieces, splitZ } from '../objects.ts';
import type { Version } from './model.ts';

/** What git made of the merge of the branches `canonical` and `legacy`. */
export interface TreeMerge {
  /** How the result differs from `canonical`: path to its version, `undefined` where it is deleted. */
  readonly changed: ReadonlyMap<string, Version | undefined>;
  /** Paths in conflict, with git's own sentence. */
  readonly conflicts: ReadonlyMap<string, string>;
}

/** Whatever the user's settings say; the file of attributes is read even where no setting names it. */
const settings = [
  'core.attributesFile=/dev/null',
  'merge.conflictStyle=zdiff3',
  'merge.renames=true',
  'merge.directoryRenames=conflict',
].flatMap((setting) => ['-c', setting]);

/** The exit code of a git that does not know an option. */
export const USAGE = 129;

/**
 * Merges with `git merge-tree --write-tree` (git 2.38 and later).
 * @returns `undefined` when this git is older.
 * @throws EngineError `git` when git fails.
 */
export async function mergeTrees(git: ScratchGit, token?: CancellationToken): Promise<TreeMerge | undefined> {
  const args = [...settings, 'merge-tree', '--write-tree', '-z', '--messages', 'canonical', 'legacy'];
  const { code, stdout, stderr } = await git.run(args, { token });
  if (code === USAGE) return undefined;
  if (code !== 0 && code !== 1) throw new EngineError('git', `Git cannot merge the trees: ${stderr.trim()}.`);
  const { tree, conflicts } = readMerge(stdout);
  const changed = await readChanges(git, tree, token);
  return { changed: conflicts.size === 0 ? changed : labelBases(changed, await readBaseId(git, token)), conflicts };
}

/**
 * `<tree>\0`, then `<mode> <id> <stage>\t<path>\0` for each conflicted version, an empty piece, and messages: number of
 * paths, the paths, the type, the sentence (git-merge-tree, "Output").
 */
function readMerge(stdout: Uint8Array): { tree: string; conflicts: Map<string, string> } {
  const [tree = '', ...pieces] = splitPieces(stdout);
  const end = pieces.indexOf('');
  const inConflict = new Set(pieces.slice(0, end).map((piece) => piece.slice(piece.indexOf('\t') + 1)));
  const sentences = readMessages(pieces.slice(end + 1));
  return {
    tree,
    conflicts: new Map([...inConflict].map((path) => [path, sentences.get(path) ?? 'Both sides changed it.'])),
  };
}

function readMessages(pieces: readonly string[]): Map<string, string> {
  const sentences = new Map<string, string>();
  for (let at = 0; at < pieces.length;) {
    const count = Number(pieces[at]);
    if (!(count > 0)) break;
    const [type = '', sentence = ''] = pieces.slice(at + 1 + count, at + 3 + count);
    const paths = pieces.slice(at + 1, at + 1 + count);
    for (const path of paths) {
      if (type.startsWith('CONFLICT') && !sentences.has(path)) sentences.set(path, tidy(sentence, paths));
    }
    at += count + 3;
  }
  return sentences;
}

/** `CONFLICT (content): Merge conflict in a.py` → `Merge conflict in a.py.` */
function tidy(sentence: string, paths: readonly string[]): string {
  const words = sentence
    .trim()
    .replace(/^CONFLICT \([^)]*\):\s*/u, '')
    .replace('.  Version ', '. Version ')
    .replace(/\.?$/u, '.');
  if (paths.some((path) => words.startsWith(path))) return words;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function readChanges(
  git: ScratchGit,
  tree: string,
  token: CancellationToken | undefined,
): Promise<Map<string, Version | undefined>> {
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-renames', 'canonical', tree];
  const { code, stdout, stderr } = await git.run(args, { token });
  if (code !== 0) throw new EngineError('git', `Git cannot read what it merged: ${stderr.trim()}.`);
  const entries = rawEntries(splitZ(stdout));
  const blobs = await readBlobs(
    git,
    entries.filter(({ after }) => after.isFile).map(({ after }) => after.blob),
    token,
  );
  return new Map(
    entries.map(({ path, after }) => {
      const bytes = after.isFile ? blobs.get(after.blob) : undefined;
      return [path, bytes === undefined ? undefined : { bytes, executable: after.isProgram }];
    }),
  );
}

async function readBaseId(git: ScratchGit, token: CancellationToken | undefined): Promise<string> {
  const { stdout } = await git.run(['rev-parse', 'base'], { token });
  return new TextDecoder().decode(stdout).trim();
}

/** Git calls the base by its commit, which is no commit of the user's: `||||||| 1a2b3c4:old.py`. */
function labelBases(
  changed: ReadonlyMap<string, Version | undefined>,
  baseId: string,
): Map<string, Version | undefined> {
  return new Map(
    [...changed].map(([path, version]) => [path, version && { ...version, bytes: labelBase(version.bytes, baseId) }]),
  );
}

const BASE_LABEL = /^(\|{7}) ([0-9a-f]{7,})/gmu;

/** Byte for byte, for a text in conflict need not be UTF-8. */
function labelBase(bytes: Uint8Array, baseId: string): Uint8Array {
  if (!containsAscii(bytes, '||||||| ')) return bytes;
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const labelled = characters.replace(BASE_LABEL, (marker, bars: string, id: string) =>
    baseId.startsWith(id) ? `${bars} base` : marker,
  );
  return Uint8Array.from(labelled, (character) => character.charCodeAt(0));
}
