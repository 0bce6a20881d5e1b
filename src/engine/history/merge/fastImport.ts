import type { Sides, Version, Versions } from './model.ts';

const utf8 = new TextEncoder();

/** A branch of one commit. */
export interface Branch {
  readonly name: string;
  /** The branch, given before, whose commit is the parent. */
  readonly parent?: string;
  readonly files: Versions;
}

/**
 * The three sides as commits for `git fast-import`: `base`, and `canonical` and `legacy` that have it as their parent.
 * The branch names become the labels of conflict markers.
 */
export function asCommits({ base, canonical, legacy }: Sides): Uint8Array {
  return importStream([
    { name: 'base', files: base },
    { name: 'canonical', parent: 'base', files: canonical },
    { name: 'legacy', parent: 'base', files: legacy },
  ]);
}

/** What `git fast-import` reads to make these branches. */
export function importStream(branches: readonly Branch[]): Uint8Array {
  return concat(branches.flatMap(commit));
}

function commit({ name, parent, files }: Branch): Uint8Array[] {
  const from = parent === undefined ? '' : `from refs/heads/${parent}\n`;
  const head = `commit refs/heads/${name}\ncommitter ${name} <> 0 +0000\n`;
  return [
    utf8.encode(head),
    ...data(utf8.encode(name)),
    utf8.encode(`${from}deleteall\n`),
    ...[...files].flatMap(([path, version]) => modify(path, version)),
  ];
}

function modify(path: string, { bytes, executable }: Version): Uint8Array[] {
  return [utf8.encode(`M ${executable ? '100755' : '100644'} inline ${quote(path)}\n`), ...data(bytes)];
}

function data(bytes: Uint8Array): Uint8Array[] {
  return [utf8.encode(`data ${bytes.length}\n`), bytes, utf8.encode('\n')];
}

/** A path as fast-import reads it between quotes, whatever characters it has. */
function quote(path: string): string {
  return `"${path.replace(/["\\]/gu, '\\$&').replaceAll('\n', '\\n')}"`;
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
