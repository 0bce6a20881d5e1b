import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './cache.ts';
import { type Counts, sum } from './outcome.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { type Contributes, unused, type UseKind, USES_FILE } from './uses.ts';

/**
 * Does a whole run, and counts as failures what the manifest offers of these kinds and nothing in the run has used. Not
 * for a run of some tests, which need not use everything.
 */
export async function provingUse(kinds: readonly UseKind[], run: () => Promise<Counts>): Promise<Counts> {
  const folder = await temporaryFolder('uses');
  const file = join(folder.path, 'uses.txt');
  await writeFile(file, '');
  process.env[USES_FILE] = file;
  const counts = await run();
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { contributes: Contributes };
  const left = unused(manifest.contributes, kinds, await readFile(file, 'utf8'));
  await folder.remove();
  if (left.length > 0)
    console.error(`In package.json, and used by no test:\n${left.map((one) => `  ${one}`).join('\n')}`);
  return sum(counts, left.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: left.length });
}
