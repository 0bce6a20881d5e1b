import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TemporaryFolder } from '../temporaryFolder.ts';
import { wholeTree } from '../wholeTree.ts';

/** The same numbers for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0, below the limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from.');
    return item;
  }

  some<T>(items: readonly T[], oneIn: number): T[] {
    return items.filter(() => this.below(oneIn) === 0);
  }
}

const folders = ['', 'a/', 'a/b c/', 'a/é日/', 'd/', 'd/e/f/', '-dash/'];
const names = ['x.py', 'README.md', 'two words', 'new\nline', '"quoted"', 'grüße', '-n', 'back\\slash', 'cr\r'];
const modes = [0o644, 0o644, 0o755, 0o600, 0o664, 0o444, 0o700];
const newlines = ['\n', '\r\n'];

/** Content that a filter, a conversion of line ends or of encodings would change. */
function contentOf(random: Random): Buffer {
  const newline = random.pick(newlines);
  const lines = Array.from({ length: random.below(6) }, () => `$Id$ line ${random.below(1000)}${newline}`);
  return Buffer.concat([
    Buffer.from(lines.join('')),
    Buffer.from(Array.from({ length: random.below(9) }, () => random.below(256))),
  ]);
}

export function writeRandomFile(folder: TemporaryFolder, file: string, random: Random): void {
  const absolute = path.join(folder.path, file);
  for (let above = path.dirname(file); above !== '.'; above = path.dirname(above)) makeWay(folder, above);
  rmSync(absolute, { recursive: true, force: true });
  mkdirSync(path.dirname(absolute), { recursive: true });
  if (random.below(8) === 0) {
    symlinkSync(random.pick(['x.py', '../nowhere', '/etc', 'grüße']), absolute);
  } else {
    writeFileSync(absolute, contentOf(random));
    chmodSync(absolute, random.pick(modes));
  }
}

/** A file or link that is where a folder has to be. */
function makeWay(folder: TemporaryFolder, above: string): void {
  const absolute = path.join(folder.path, above);
  const found = lstatSync(absolute, { throwIfNoEntry: false });
  if (found?.isDirectory() === false) rmSync(absolute);
}

/** Files in many folders, some of which `.gitignore` excludes. */
export function writeRandomTree(folder: TemporaryFolder, random: Random): void {
  for (const inside of folders)
    for (const name of random.some(names, 2)) writeRandomFile(folder, inside + name, random);
  folder.write({
    '.gitignore': '*.log\n/build/\n',
    'd/.gitignore': '!kept.log\n',
    'd/kept.log': 'kept\n',
    'd/ignored.log': 'ignored\n',
    'build/deep/er/made.txt': 'ignored\n',
    'a/x.log': 'ignored\n',
  });
}

function isIgnored(file: string): boolean {
  return file.startsWith('build/') || (file.endsWith('.log') && file !== 'd/kept.log');
}

/** The files and links that are not ignored. */
export function filesOf(folder: TemporaryFolder): string[] {
  return Object.keys(wholeTree(folder.path)).filter((file) => !file.endsWith('/') && !isIgnored(file));
}

/** Changes, deletes, replaces and adds, but touches nothing that is ignored. */
export function damage(folder: TemporaryFolder, random: Random): void {
  for (const file of random.some(filesOf(folder), 3)) writeRandomFile(folder, file, random);
  for (const file of random.some(filesOf(folder), 4)) rmSync(path.join(folder.path, file));
  // Not where the rules below would ignore the folder: nothing that is ignored gives way.
  const places = filesOf(folder).filter((file) => !/(?:^|\/)-n(?:\/|$)|\.log$/u.test(file));
  for (const file of random.some(places, 6)) writeRandomFile(folder, `${file}/inside`, random);
  for (const inside of folders) writeRandomFile(folder, `${inside}new ${random.below(9)}/x`, random);
  // Folders that nothing ignored keeps become files, or links to elsewhere.
  if (random.below(2) === 0) folder.remove('a/b c').write({ 'a/b c': 'a file now' });
  if (random.below(2) === 0) {
    folder.remove('-dash');
    symlinkSync('/tmp', path.join(folder.path, '-dash'));
  }
  const rules = random.below(3);
  if (rules === 0) folder.remove('.gitignore');
  if (rules === 1) folder.remove('.gitignore').write({ '.gitignore': '*.log\n/build/\n-n\n' });
}
