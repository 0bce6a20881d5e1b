import { makeSample } from '../../test/fixtures/sample.ts';
import { runIn } from '../../test/cli/commandLine.ts';
import { temporaryFolder } from '../../test/host/temporaryFolder.ts';
import { abridged } from './abridge.ts';
import { fenced } from './markdown.ts';

/** A comment with a command line, and the block below it, which is what it answers: `<!-- tree-unifier status … -->`. */
const ANSWER = /(?<=<!-- tree-unifier (?<command>[^>]*?) -->\n\n)```\w*\n.*?```\n/gsu;

/** The page with its answers as they are now: each command is run, one after the other, in one sample repository. */
export async function withAnswers(page: string): Promise<string> {
  const folder = await temporaryFolder('docs');
  try {
    await makeSample(folder.path);
    let made = '';
    let end = 0;
    for (const match of page.matchAll(ANSWER)) {
      const args = (match.groups?.['command'] ?? '').split(' ');
      made += page.slice(end, match.index) + (await answer(folder, args));
      end = match.index + match[0].length;
    }
    return made + page.slice(end);
  } finally {
    await folder.remove();
  }
}

async function answer(folder: { readonly path: string }, args: readonly string[]): Promise<string> {
  const { code, out, errors } = await runIn(folder, args);
  if (code === 2) throw new Error(`tree-unifier ${args.join(' ')}: ${errors}`);
  return fenced(
    args.includes('json') ? 'jsonc' : 'text',
    timeless(args.includes('json') ? abridged(JSON.parse(out)) : out),
  );
}

/** Checkpoints are named after the time. */
function timeless(text: string): string {
  return text
    .replace(/\b\d{4}-\d\d-\d\d-\d{6}\b/gu, '2026-02-03-101500')
    .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/gu, '2026-02-03T10:15:00.000Z');
}
