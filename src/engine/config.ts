import type { ReferenceKind, Standing, Target } from './references/model.ts';
import type { TreePair } from './tree/pair.ts';

/** Whose a file is: the first category with a matching glob wins; `Other` where none does. */
export interface Category {
  readonly name: string;
  readonly globs: readonly string[];
}

export type Severity = 'error' | 'warning' | 'information' | 'hint' | 'none';

/** What a severity is set for: the standing of a reference, documentation apart, and a missing target. */
export type SeverityKey = 'live' | 'documentation' | Exclude<Standing, 'live'> | Extract<Target, 'missing'>;

/** How a command that starts the backend is written: `python -m C.main`, or `python C/main.py`. */
export type RunStyle = 'module' | 'path';

export interface Config {
  readonly pairs: readonly TreePair[];
  /** False when the pairs are the defaults: then a workspace without them is simply not ours, and nothing is said. */
  readonly pairsAreSet: boolean;
  readonly categories: readonly Category[];
  /** Globs of files that record the past. */
  readonly historical: readonly string[];
  /** Globs of files, or `glob:text`, whose mentions are intentional. */
  readonly keep: readonly string[];
  /** Globs that are never listed, besides `.gitignore`. */
  readonly exclude: readonly string[];
  /** Kinds that are rewritten in bulk; the others are reported alone. */
  readonly kinds: Readonly<Record<ReferenceKind, boolean>>;
  readonly severities: Readonly<Record<SeverityKey, Severity>>;
  /** The task document, relative to the root. */
  readonly taskFile: string;
  readonly changelogFile: string;
  readonly runStyle: RunStyle;
}

export const defaultPair: TreePair = {
  legacy: { root: 'pixsim7_backend', package: 'pixsim7_backend' },
  canonical: { root: 'pixsim7/backend/main', package: 'pixsim7.backend.main' },
};

/** Categories of task-34 first, in its order, then the design's. */
export const defaultCategories: readonly Category[] = [
  { name: 'Docker', globs: ['**/{docker-compose,compose}*.{yml,yaml}', '**/Dockerfile*', '**/*.dockerfile', '**/.dockerignore'] },
  { name: 'Launcher', globs: ['launcher/**'] },
  { name: 'Scripts', globs: ['scripts/**', '**/*.{sh,bash,zsh,bat,cmd,ps1,psm1}', '**/Makefile', '**/*.mk', '**/justfile'] },
  { name: 'Tests', globs: ['{tests,test}/**', '**/{tests,test}/**/*.py', '**/test_*.py', '**/*_test.py', '**/conftest.py'] },
  { name: 'Documentation', globs: ['**/*.{md,mdx,rst,adoc}', 'docs/**', '**/{README,CHANGELOG,LICENSE}*'] },
  { name: 'Backend Code', globs: ['{canonical}/**'] },
  { name: 'Tools', globs: ['tools/**', '.claude/**', '.github/**', '.vscode/**'] },
  { name: 'Configuration', globs: ['**/*.{toml,ini,cfg,conf,json,jsonc,yml,yaml,env}', '**/.env*', '**/.*rc', '**/.*ignore'] },
  { name: 'Frontend', globs: ['**/*.{ts,tsx,js,jsx,mjs,cjs,vue,svelte,css,scss,html}'] },
];

export const defaultHistorical: readonly string[] = [
  '**/{CHANGELOG,CHANGES,HISTORY,DOCUMENTATION_CHANGELOG}*',
  '**/{archive,archived,archives,old,history,legacy_docs}/**/*.{md,rst,txt}',
  '**/*.{bak,backup,orig,old}',
];

/** Never listed, whatever `.gitignore` and settings say. */
export const alwaysExcluded: readonly string[] = ['**/.git/**', '**/__pycache__/**', '**/.venv/**', '**/node_modules/**'];
