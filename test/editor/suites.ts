import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One start of VS Code: which tests run in it, on which folder, trusted or not. */
export interface EditorSuite {
  readonly name: string;
  /** Relative to this folder; a leading `!` takes files away again. */
  readonly globs: readonly string[];
  /** Fills the empty folder that VS Code opens. */
  readonly workspace: (dir: string) => Promise<void>;
  /** A workspace file in that folder, to be opened instead of it. */
  readonly workspaceFile?: string;
  readonly trust: boolean;
}

const SEVERAL_FOLDERS = 'several.code-workspace';

export const SUITES: readonly EditorSuite[] = [
  {
    name: 'sample',
    globs: ['**/*.test.ts', '!asked/**', '!bench/**', '!empty/**', '!multiRoot/**', '!restricted/**'],
    workspace: sample,
    trust: true,
  },
  { name: 'asked', globs: ['asked/**/*.test.ts'], workspace: noPair, trust: true },
  { name: 'empty', globs: ['empty/**/*.test.ts'], workspace: noPair, trust: true },
  {
    name: 'multiRoot',
    globs: ['multiRoot/**/*.test.ts'],
    workspace: severalFolders,
    workspaceFile: SEVERAL_FOLDERS,
    trust: true,
  },
  { name: 'restricted', globs: ['restricted/**/*.test.ts'], workspace: sample, trust: false },
];

/** The sample repository, loaded only when a suite asks for it. */
export async function sample(dir: string): Promise<void> {
  const { makeSample } = (await import('../fixtures/sample.ts')) as { makeSample: (dir: string) => Promise<void> };
  await makeSample(dir);
}

/** A folder without any tree pair. */
export async function noPair(dir: string): Promise<void> {
  await writeFile(join(dir, 'README.md'), '# Nothing to unify here\n');
}

/** Two repositories, each with a pair of its own, and a folder without any, in one workspace. */
export async function severalFolders(dir: string): Promise<void> {
  const { makeSecondPair } = (await import('../fixtures/secondPair.ts')) as {
    makeSecondPair: (dir: string) => Promise<void>;
  };
  await sample(join(dir, 'pixsim7'));
  await makeSecondPair(join(dir, 'acme'));
  await mkdir(join(dir, 'notes'));
  await noPair(join(dir, 'notes'));
  const folders = [{ path: 'notes' }, { path: 'pixsim7' }, { path: 'acme' }];
  await writeFile(join(dir, SEVERAL_FOLDERS), JSON.stringify({ folders }));
}
