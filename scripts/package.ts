import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { ROOT } from '../test/host/cache.ts';
import { run } from '../test/host/run.ts';
import { readmeWithoutAddress } from './packageReadme.ts';

/** As `.vscodeignore` names it. */
const README = join('out', 'README.md');

/**
 * `npm run package [-- FILE]`: the extension as a VSIX, `out/backend-tree-unifier.vsix` when no file is named. Once
 * package.json has a `repository`, links and pictures of the README lead there; until then the README stands alone.
 */
async function packageExtension(file: string): Promise<void> {
  const build = await run(process.execPath, ['esbuild.config.mjs'], { cwd: ROOT });
  if (build !== 0) throw new Error('The bundles were not built: the reason is above.');
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { repository?: unknown };
  const hasAddress = manifest.repository !== undefined;
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  await mkdir(join(ROOT, 'out'), { recursive: true });
  await writeFile(join(ROOT, README), hasAddress ? readme : readmeWithoutAddress(readme));
  await createVSIX({
    cwd: ROOT,
    packagePath: file,
    readmePath: README,
    dependencies: false, // bundled
    allowMissingRepository: true,
    rewriteRelativeLinks: hasAddress,
  });
  const { size } = await stat(file);
  console.log(`${file}: ${(size / 1000).toFixed(0)} kB`);
}

await packageExtension(resolve(process.argv[2] ?? join(ROOT, 'out', 'backend-tree-unifier.vsix')));
