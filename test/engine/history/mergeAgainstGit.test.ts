import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { MergedFile } from '../../../src/engine/history/merge/model.ts';
import { temporaryFolders, type TemporaryFolder } from '../../node/temporaryFolder.ts';
import { bytesOf, commitAll, history, isProgram, mapText, mergePair, type Files, type Scene } from './mergeSetup.ts';
import { scenes } from './mergeScenes.ts';

/** A tree after a merge: `path` → mode, `!` where it is in conflict, and contents. */
type Outcome = Readonly<Record<string, string>>;

function entry(bytes: Buffer, executable: boolean, inConflict: boolean): string {
  return `${executable ? 'x' : '-'}${inConflict ? '!' : ' '} ${bytes.toString('latin1')}`;
}

/** Ours: the canonical tree with what the merge changes. */
function ourOutcome({ canonical }: Scene, merged: readonly MergedFile[]): Outcome {
  const files = new Map(
    Object.entries(canonical).map(([file, content]) => [file, entry(bytesOf(content), isProgram(content), false)]),
  );
  for (const { path: file, result, version } of merged) {
    const isConflict = result === 'conflict';
    if (version !== undefined) files.set(file, entry(Buffer.from(version.bytes), version.executable, isConflict));
    else if (isConflict) files.set(file, '!');
    else files.delete(file);
  }
  return sorted(files);
}

/** Git's: the same three trees as branches of one package, merged in its work tree. */
function gitOutcome(folder: TemporaryFolder, { base, canonical, legacy }: Scene): Outcome {
  commitAll(folder, [
    { branch: 'base', files: base },
    { branch: 'canonical', from: 'base', files: canonical },
    { branch: 'legacy', from: 'base', files: legacy },
  ]);
  folder.git('checkout', '--quiet', 'canonical');
  mergeLegacy(folder);
  const conflicts = new Set(
    folder
      .git('ls-files', '-u', '-z')
      .split('\0')
      .filter(Boolean)
      .map((line) => line.slice(line.indexOf('\t') + 1)),
  );
  const files = new Map([...conflicts].map((file) => [renamed(file), '!']));
  for (const file of list(folder.path)) {
    const place = path.join(folder.path, file);
    const bytes = Buffer.from(relabelled(readFileSync(place).toString('latin1')), 'latin1');
    files.set(renamed(file), entry(bytes, (statSync(place).mode & 0o100) !== 0, conflicts.has(file)));
  }
  return sorted(files);
}

function mergeLegacy(folder: TemporaryFolder): void {
  try {
    folder.git('-c', 'merge.conflictStyle=zdiff3', 'merge', '--quiet', '--no-edit', 'legacy');
  } catch (error) {
    // 1 says that there are conflicts.
    if ((error as { status?: number }).status !== 1) throw error;
  }
}

function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath, one.name)))
    .filter((file) => !file.startsWith('.git/'));
}

/** Git calls the branch that one is on `HEAD`, and the base by its commit. */
function relabelled(text: string): string {
  return text
    .replace(/^<<<<<<< HEAD/gmu, '<<<<<<< canonical')
    .replace(/^\|\|\|\|\|\|\| [0-9a-f]{7,}/gmu, '||||||| base');
}

function renamed(file: string): string {
  return file.replace(/~HEAD$/u, '~canonical');
}

function sorted(files: ReadonlyMap<string, string>): Outcome {
  return Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function onDisk(files: Files, change: (text: string) => string): Files {
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [file, mapText(content, change)]));
}

/** Both trees merged by us, canonical spelled as `spell` says; what that leaves behind is undone by `unspell`. */
async function check(
  newFolder: () => TemporaryFolder,
  scene: Scene,
  spell: (text: string) => string,
  unspell: (text: string) => string,
): Promise<void> {
  const [ours, theirs] = [newFolder(), newFolder()];
  try {
    const disk = { ...scene, canonical: onDisk(scene.canonical, spell) };
    const merged = await mergePair(ours, history(ours, disk));
    assert.ok(merged !== undefined);
    const plain = (outcome: Outcome): Outcome =>
      Object.fromEntries(Object.entries(outcome).map(([file, text]) => [file, unspell(text)]));
    assert.deepEqual(plain(ourOutcome(disk, merged)), plain(gitOutcome(theirs, scene)));
  } finally {
    ours.remove();
    theirs.remove();
  }
}

const asItIs = (text: string): string => text;

describe('the merge of two renamed copies, against git merge of the same changes without the rename', () => {
  const newFolder = temporaryFolders();

  it('gives the same files, contents, modes and conflicts', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        await check(newFolder, scene, asItIs, asItIs);
      }),
      { seed: 7, numRuns: 45 },
    );
  }).timeout(60_000);

  it('gives the same but for line endings when the whole canonical tree has others', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const withReturns = (text: string): string => text.replaceAll('\n', '\r\n');
        await check(newFolder, scene, withReturns, (text) => text.replaceAll('\r\n', '\n'));
      }),
      { seed: 8, numRuns: 12 },
    );
  }).timeout(60_000);

  it('gives the same but for the spelling of the name when canonical still has legacy names', async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const stale = (text: string): string => text.replace(/\bnew[./]app(?=[./]\w*[05]\b)/gu, 'old_app');
        const asLegacy = (text: string): string => text.replace(/\bnew[./]app\b/gu, 'old_app');
        await check(newFolder, scene, stale, asLegacy);
      }),
      { seed: 9, numRuns: 12 },
    );
  }).timeout(60_000);
});
