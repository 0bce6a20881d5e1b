import { spawnSync } from 'node:child_process';
import { chmodSync, lchownSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const cli = path.join(import.meta.dirname, '../../src/cli.ts');
const nobody = 65534;

/**
 * Runs the command line in a folder as somebody who owns it, and who has no right to what is `forbidden` in it. Root may
 * read anything: where we are root, the process is somebody else's.
 */
export function runWithout(
  { path: folder }: { readonly path: string },
  forbidden: readonly string[],
  args: readonly string[],
): { readonly code: number | null; readonly out: string; readonly errors: string } {
  const isRoot = process.geteuid?.() === 0;
  const entries = ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  if (isRoot) for (const entry of entries) lchownSync(path.join(folder, entry), nobody, nobody);
  for (const one of forbidden) chmodSync(path.join(folder, one), 0);
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      encoding: 'utf8',
      ...(isRoot && { uid: nobody, gid: nobody }),
    });
    return { code: status, out: stdout, errors: stderr };
  } finally {
    for (const one of forbidden) chmodSync(path.join(folder, one), 0o755);
  }
}
