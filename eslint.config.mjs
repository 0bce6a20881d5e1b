import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const nodeBuiltins = ['node:*', 'fs', 'path', 'child_process', 'os', 'url', 'crypto', 'util'];

/** One layer rule: which imports a folder may not have, and what to do instead. */
const layer = (files, bans) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: bans.map(([group, message]) => ({ group, message })) }],
  },
});

const VSCODE = [
  ['vscode'],
  'Only src/extension.ts, src/features.ts and src/editor know VS Code. Return plain data and let src/editor show it.',
];
const BUILTINS = [
  nodeBuiltins,
  'The engine is pure. Ask for what you need through a port (src/engine/ports.ts); src/node implements it.',
];
const FACES = [
  ['**/editor/**', '**/cli/**', '**/node/**'],
  'The engine knows no face and no adapter. Move what you need into src/engine, or add a port.',
];
const CLI = [['**/cli/**', '**/cli.ts'], 'The two faces never import each other. Move what both need into src/engine.'];
const EDITOR = [
  ['**/editor/**', '**/extension.ts', '**/features.ts'],
  'The two faces never import each other. Move what both need into src/engine.',
];
const ENGINE_INSIDES = [
  ['**/engine/*', '**/engine/**', '!**/engine/index.ts'],
  'Import from src/engine/index.ts, the one public surface; export there what a face needs.',
];

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', '.vscode-host/', 'test/host/node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  layer(['src/engine/**/*.ts'], [VSCODE, BUILTINS, FACES]),
  layer(['src/node/**/*.ts'], [VSCODE, CLI, EDITOR, ENGINE_INSIDES]),
  layer(['src/cli/**/*.ts', 'src/cli.ts'], [VSCODE, EDITOR, ENGINE_INSIDES]),
  layer(['src/editor/**/*.ts', 'src/extension.ts', 'src/features.ts'], [CLI, ENGINE_INSIDES]),
  {
    files: ['test/**/*.ts'],
    // Mocha's describe and it return nothing worth awaiting; chai-free asserts need no more.
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['describe', 'it'] }] },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
