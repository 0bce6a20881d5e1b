import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import glob from 'fast-glob';
import { ROOT } from './cache.ts';

const SOURCE = join(ROOT, 'test', 'editor');

/** Where the bundles are, each under the path of its source. */
export const BUNDLES = join(ROOT, 'out', 'test', 'editor');

/** Bundles the editor tests, one file each, and the entry that runs them: VS Code loads CommonJS. */
export async function bundleTests(): Promise<void> {
  await build({
    entryPoints: [join(SOURCE, 'index.ts'), ...(await glob('**/*.test.ts', { cwd: SOURCE, absolute: true }))],
    outdir: BUNDLES,
    outbase: SOURCE,
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    plugins: [sourceFolders],
    mainFields: ['module', 'main'], // as in esbuild.config.mjs
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', sourcemap: 'inline', logLevel: 'warning' },
  });
}

/** The bundles of the suite's test files. */
export async function bundlesOf(globs: readonly string[]): Promise<string[]> {
  return (await glob([...globs], { cwd: SOURCE })).sort().map((file) => file.replace(/\.ts$/, '.cjs'));
}

/** Fixtures find their files beside themselves: a bundle, which is elsewhere, has to be told the folder of the source. */
const sourceFolders: Plugin = {
  name: 'source folders',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]test[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replaceAll('import.meta.dirname', JSON.stringify(dirname(path))) };
    });
  },
};
