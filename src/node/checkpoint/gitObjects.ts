import { EngineError } from '../../engine/index.ts';
import type { CancellationToken, Git } from '../../engine/index.ts';
import { askBytes } from '../state/ask.ts';
import { allSettled } from '../state/atOnce.ts';
import type { Details } from './gitTree.ts';
import type { BytePath, Entries, Entry } from './model.ts';

/** So many contents are held in memory at once. */
const blobsAtOnce = 200;

export async function readTree(git: Git, ref: string, token: CancellationToken | undefined): Promise<Entries> {
  const [listed, { modes }] = await Promise.all([
    askBytes(git, ['ls-tree', '-r', '-z', '--full-tree', ref, 'files'], { token }),
    readDetails(git, ref, token),
  ]);
  const entries = new Map<BytePath, Entry>();
  for (const line of listed.toString('latin1').split('\0')) {
    // `100644 blob e69de29…<tab>files/a/b.py`
    const [, mode, id, file] = /^(\d+) blob ([\da-f]+)\tfiles\/([^]+)$/u.exec(line) ?? [];
    if (file === undefined || id === undefined) continue;
    if (mode === '120000') entries.set(file, { kind: 'link', mode: 0, id });
    else entries.set(file, { kind: 'file', mode: mode === '100755' ? 0o755 : 0o644, id });
  }
  for (const [mode, files] of Object.entries(modes)) {
    for (const file of files) setMode(entries, file, Number.parseInt(mode, 8));
  }
  return entries;
}

export async function readDetails(git: Git, ref: string, token?: CancellationToken): Promise<Details> {
  const details = await askBytes(git, ['cat-file', 'blob', `${ref}:details.json`], { token });
  return JSON.parse(details.toString('utf8')) as Details;
}

function setMode(entries: Map<BytePath, Entry>, file: BytePath, mode: number): void {
  const entry = entries.get(file);
  if (entry !== undefined) entries.set(file, { ...entry, mode });
}

export async function readBlobs(
  git: Git,
  entries: Entries,
  onContent: (file: BytePath, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const all = [...entries];
  for (let start = 0; start < all.length; start += blobsAtOnce) {
    const some = all.slice(start, start + blobsAtOnce);
    const input = Buffer.from(some.map(([, { id }]) => `${id}\n`).join(''));
    const output = await askBytes(git, ['cat-file', '--batch'], { input });
    const blobs = parseBatch(output);
    const contents = some.map(([file, { id }]) => {
      const next = blobs.next();
      if (next.done === true || next.value.id !== id) throw new EngineError('git', `Git has lost the object ${id}.`);
      return { file, bytes: next.value.bytes };
    });
    await allSettled(contents, ({ file, bytes }) => onContent(file, bytes));
  }
}

/** `e69de29… blob 12<newline>`, twelve bytes, and a newline: for each object that git has. */
function* parseBatch(output: Buffer): Generator<{ id: string; bytes: Buffer }, undefined> {
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at);
    const [id = '', , size] = output.toString('latin1', at, end).split(' ');
    // `missing` comes with no size: the caller sees that it is not the object it wants.
    const length = Number(size ?? 0);
    yield { id: size === undefined ? '' : id, bytes: output.subarray(end + 1, end + 1 + length) };
    at = end + 1 + (size === undefined ? 0 : length + 1);
  }
}
