import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One start of VS Code: which tests run in it, on which folder, trusted or not. */
export interface EditorSuite {
  readonly name: string;
  /** Relative to this folder; a leading `!` takes files away again. */
  readonly globs: readonly string[];
  /** Fills the empty folder that VS Code opens. */
  readonly workspace: (dir: string) => Promise<void>;
  readonly trust: boolean;
}

export const SUITES: readonly EditorSuite[] = [
  {
    name: 'sample',
    globs: ['**/*.test.ts', '!bench/**', '!empty/**', '!restricted/**'],
    workspace: sample,
    trust: true,
  },
  { name: 'empty', globs: ['empty/**/*.test.ts'], workspace: noPair, trust: true },
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
