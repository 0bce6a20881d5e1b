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
  /** Backends that `verify backend` starts, besides those that it finds. */
  readonly entryPoints: readonly EntryPointSetting[];
}

/** A backend as the settings name it: a Python module of the workspace, and nothing else, is started. */
export interface EntryPointSetting {
  readonly name: string;
  /** `acme.api.main`. */
  readonly module: string;
  /** `app` of `acme.api.main:app`: run by uvicorn then; absent for `python -m`. */
  readonly attribute?: string;
  /** For the module; `{port}` stands for the port. */
  readonly args: readonly string[];
  /** Workspace path of the working directory; `''` is the root. */
  readonly cwd: string;
  /** `{port}` in a value stands for the port. */
  readonly env: Readonly<Record<string, string>>;
  /** The path that is asked for its health. */
  readonly health: string;
}

export const defaultPair: TreePair = {
  legacy: { root: 'pixsim7_backend', package: 'pixsim7_backend' },
  canonical: { root: 'pixsim7/backend/main', package: 'pixsim7.backend.main' },
};

/**
 * Categories of task-34 first, in its order, then the design's. A document is documentation wherever it lies: people
 * edit it as such. `{canonical}` and `{legacy}` stand for the roots of each pair.
 */
export const defaultCategories: readonly Category[] = [
  {
    name: 'Docker',
    globs: [
      '**/{docker-compose,compose}*.{yml,yaml}',
      '**/{Dockerfile,Containerfile}*',
      '**/*.{dockerfile,Dockerfile}',
      '**/.dockerignore',
    ],
  },
  { name: 'Launcher', globs: ['**/launcher/**/!(*.md|*.mdx|*.rst|*.adoc)'] },
  {
    name: 'Scripts',
    globs: [
      '**/scripts/**/!(*.md|*.mdx|*.rst|*.adoc)',
      '**/*.{sh,bash,zsh,fish,bat,cmd,ps1,psm1}',
      '**/{Makefile,GNUmakefile,justfile,Procfile}',
      '**/*.mk',
      // Programs at the root of the workspace, but not what pytest and pip read.
      '!(test_*|*_test|conftest|setup).py',
    ],
  },
  {
    name: 'Tests',
    globs: [
      '{tests,test}/**/!(*.md|*.mdx|*.rst|*.adoc)',
      '**/{tests,test}/**/*.py',
      '**/test_*.py',
      '**/*_test.py',
      '**/conftest.py',
    ],
  },
  { name: 'Documentation', globs: ['**/*.{md,mdx,rst,adoc}', 'docs/**', '**/{README,CHANGELOG,LICENSE}*'] },
  { name: 'Backend Code', globs: ['{canonical}/**', '**/{backend,*_backend,*_api}/**/*.py'] },
  { name: 'Tools', globs: ['tools/**', '.claude/**', '.github/**', '.vscode/**', '.devcontainer/**'] },
  {
    name: 'Configuration',
    globs: ['**/*.{toml,ini,cfg,conf,json,jsonc,yml,yaml,env}', '**/.env*', '**/.*rc', '**/.*ignore', 'setup.py'],
  },
  { name: 'Frontend', globs: ['**/*.{ts,tsx,js,jsx,mjs,cjs,vue,svelte,css,scss,html}'] },
];

/** Changelogs, archives, backups, records of decisions, and documents whose name says that the work is done. */
export const defaultHistorical: readonly string[] = [
  '**/{CHANGELOG,CHANGES,HISTORY,NEWS,RELEASE_NOTES,*_CHANGELOG}{,.md,.rst,.txt}',
  '**/{changelog,changes,history,news,release_notes,release-notes,releasenotes}.{md,rst,txt}',
  '**/{changelog,changelogs,changelog.d,newsfragments,whatsnew,release_notes,release-notes,releasenotes}/**/*.{md,mdx,rst,txt}',
  '**/{release,releases}/**/*notes*.{md,mdx,rst,txt}',
  '**/{archive,archived,archives,old,history,legacy_docs}/**/*.{md,mdx,rst,adoc,txt}',
  '**/{adr,adrs,decisions}/**/*.{md,mdx,rst,adoc}',
  // `*_SUMMARY.md`, but not `SUMMARY.md`, which is the table of contents of a book.
  '**/*[-_]{SUMMARY,summary,COMPLETE,complete,COMPLETED,completed,DONE,done,RESULTS,results}.md',
  '**/*.{bak,backup,orig,old}',
];

/** Never listed, whatever `.gitignore` and settings say. */
export const alwaysExcluded: readonly string[] = [
  '**/.git/**',
  '**/__pycache__/**',
  '**/.venv/**',
  '**/node_modules/**',
  // Our own checkpoints, where there is no git to keep them.
  '**/.tree-unifier/**',
  // The gate's own list of known findings.
  '**/tree-unifier-baseline.json',
];

export const defaultKinds: Readonly<Record<ReferenceKind, boolean>> = {
  import: true,
  importUse: true,
  moduleString: true,
  pathString: true,
  command: true,
  config: true,
  markdown: true,
  prose: true,
  bare: true,
};

export const defaultSeverities: Readonly<Record<SeverityKey, Severity>> = {
  live: 'warning',
  documentation: 'information',
  missing: 'error',
  historical: 'hint',
  ownName: 'hint',
  kept: 'none',
};

/** Whether the trees are those of task-34, whose document and numbers the phases then have. */
export function isTask34(pairs: readonly { readonly legacy: { readonly root: string } }[]): boolean {
  return pairs.some(({ legacy }) => legacy.root === defaultPair.legacy.root);
}

/** Task-34 itself for its trees; other repositories have no such document yet. */
export function defaultTaskFile(pairs: readonly TreePair[]): string {
  return isTask34(pairs) ? 'claude-tasks/34-backend-tree-unification-and-packaging.md' : 'TREE_UNIFICATION.md';
}

export const defaultChangelogFile = 'DOCUMENTATION_CHANGELOG.md';
