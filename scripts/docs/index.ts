import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../test/host/cache.ts';
import { withAnswers } from './answers.ts';
import { problemsPage } from './problems.ts';
import { referencePage } from './reference.ts';

/** Written by people, but for the answers of commands. */
const COMMAND_LINE = 'docs/command-line.md';

/** Every page that is made, or has parts that are: its path from the root, and its text. */
export async function madePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [COMMAND_LINE, await withAnswers(await readFile(absolute(COMMAND_LINE), 'utf8'))],
    ['docs/problems.md', await problemsPage()],
    ['docs/reference.md', referencePage()],
  ]);
}

export function absolute(page: string): string {
  return join(ROOT, page);
}
