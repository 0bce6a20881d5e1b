import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@lezer/markdown';
import { ROOT } from '../host/cache.ts';

/** Documents for people: at the root, and in `docs`. */
export function pages(): string[] {
  const markdown = (dir: string): string[] => readdirSync(join(ROOT, dir)).filter((name) => name.endsWith('.md'));
  return [...markdown('.'), ...markdown('docs').map((name) => `docs/${name}`)].sort();
}

export function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** Where the links and pictures of a page lead, those in code left out. */
export function linksOf(text: string): string[] {
  const found: string[] = [];
  parser.parse(text).iterate({
    enter: ({ name, from, to, node }) => {
      const { parent } = node;
      if (name === 'URL' && (parent?.name === 'Link' || parent?.name === 'Image')) found.push(text.slice(from, to));
    },
  });
  return found;
}

/** What may follow `#` in a link to the page: its headings as GitHub and VS Code write them, and its own anchors. */
export function anchorsOf(text: string): string[] {
  const found = [...text.matchAll(/<a id="(?<id>[^"]+)">/gu)].map(({ groups }) => groups?.['id'] ?? '');
  parser.parse(text).iterate({
    enter: ({ name, from, to }) => {
      if (name.startsWith('ATXHeading')) found.push(slug(text.slice(from, to)));
    },
  });
  return found;
}

/** `## In the editor, and in `check`` → `in-the-editor-and-in-check` */
function slug(heading: string): string {
  const words = heading
    .replace(/^#+\s*/u, '')
    .trim()
    .toLowerCase();
  return words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/gu, '-');
}
