import { build } from 'esbuild';

/** Scanners whose parsers are large: files of their own, compiled only when a file of the language holds the name. */
const LAZY = ['javascript', 'toml', 'yaml'];

/** `import('./yaml.ts')` of a lazy scanner becomes `import('./yaml.cjs')`, beside the bundle. */
const lazyScanners = {
  name: 'lazy-scanners',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`/(?:${LAZY.join('|')})\\.ts$`) }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: path.replace(/^.*\/(.*)\.ts$/, './$1.cjs'), external: true } : undefined,
    );
  },
};

/** Two bundles from one engine: the extension (VS Code's own Node) and the command line (Node 20 or later). */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Some packages (jsonc-parser) have a `main` that no bundler can follow.
  mainFields: ['module', 'main'],
  plugins: [lazyScanners],
  // An `import()` that stays one would start Node's other loader, which reads the whole file before it is run.
  supported: { 'dynamic-import': false },
  minify: !process.argv.includes('--debug'),
  sourcemap: process.argv.includes('--debug'),
  logLevel: 'warning',
};

await Promise.all([
  build({ ...common, entryPoints: ['src/extension.ts'], outfile: 'out/extension.cjs', external: ['vscode'] }),
  build({ ...common, entryPoints: ['src/cli.ts'], outfile: 'out/cli.cjs', banner: { js: '#!/usr/bin/env node' } }),
  ...LAZY.map((name) =>
    build({ ...common, entryPoints: [`src/engine/references/scanners/${name}.ts`], outfile: `out/${name}.cjs` }),
  ),
]);
