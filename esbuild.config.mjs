import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const SCANNERS = 'src/engine/references/scanners';

/** What few need, and is large: files of their own beside the bundles, each loaded by the first `import()` of it. */
const LATER = {
  features: 'src/features.ts',
  engine: 'src/engine/index.ts',
  glob: 'fast-glob',
  javascript: `${SCANNERS}/javascript.ts`,
  toml: `${SCANNERS}/toml.ts`,
  yaml: `${SCANNERS}/yaml.ts`,
};

/** Those of them that the command line never loads. */
const IN_VSCODE = ['features', 'engine'];

/** `import('./yaml.ts')` becomes `import('./yaml.cjs')`. */
const loadedLater = {
  name: 'loaded-later',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      const [name] = Object.entries(LATER).find(([, source]) => source.endsWith(path.replace(/^[./]+/, ''))) ?? [];
      return name && { path: `./${name}.cjs`, external: true };
    });
  },
};

/** The extension and its engine share the errors: what one throws, the other knows by its class. */
const sharedErrors = {
  name: 'shared-errors',
  setup({ onResolve }) {
    onResolve({ filter: /\/errors\.ts$/ }, () => ({ path: './errors.cjs', external: true }));
  },
};

/** An `import` of what is no module of JavaScript's is copied, name by name, into each file: VS Code's API has 500 names. */
const requiredVscode = {
  name: 'required-vscode',
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/(?:editor\/.*|extension|features)\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace("import * as vscode from 'vscode';", "const vscode = require('vscode');");
      return { contents, loader: 'ts' };
    });
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Some packages (jsonc-parser) have a `main` that no bundler can follow.
  mainFields: ['module', 'main'],
  plugins: [loadedLater],
  // An `import()` that stays one would start Node's other loader, which reads the whole file before it is run.
  supported: { 'dynamic-import': false },
  minify: !process.argv.includes('--debug'),
  sourcemap: process.argv.includes('--debug'),
  logLevel: 'warning',
};
const inVsCode = { ...common, external: ['vscode'], plugins: [loadedLater, sharedErrors, requiredVscode] };

/**
 * The command line, on Node 20 or later, is one program. The extension, on VS Code's own Node, is three: what every window
 * loads, and the features and the engine, for a folder that has a tree pair.
 */
await Promise.all([
  build({ ...common, entryPoints: ['src/cli.ts'], outfile: 'out/cli.cjs', banner: { js: '#!/usr/bin/env node' } }),
  build({ ...inVsCode, entryPoints: ['src/extension.ts'], outfile: 'out/extension.cjs' }),
  build({ ...common, entryPoints: ['src/engine/errors.ts'], outfile: 'out/errors.cjs' }),
  ...Object.entries(LATER).map(([name, source]) =>
    build({ ...(IN_VSCODE.includes(name) ? inVsCode : common), entryPoints: [source], outfile: `out/${name}.cjs` }),
  ),
]);
