import { build } from 'esbuild';

/** Two bundles from one engine: the extension (VS Code's own Node) and the command line (Node 20 or later). */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Some packages (jsonc-parser) have a `main` that no bundler can follow.
  mainFields: ['module', 'main'],
  minify: !process.argv.includes('--debug'),
  sourcemap: process.argv.includes('--debug'),
  logLevel: 'warning',
};

await Promise.all([
  build({ ...common, entryPoints: ['src/extension.ts'], outfile: 'out/extension.cjs', external: ['vscode'] }),
  build({ ...common, entryPoints: ['src/cli.ts'], outfile: 'out/cli.cjs', banner: { js: '#!/usr/bin/env node' } }),
]);
