import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../host/cache.ts';
import { anchorsOf, linksOf, pages, read } from './pages.ts';

/** What is wrong with a link, or nothing. */
function fault(page: string, link: string): string | undefined {
  if (/^[a-z]+:/iu.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : posix.join(posix.dirname(page), decodeURI(path));
  if (!existsSync(join(ROOT, target))) return `${page}: ${link}: there is no ${target}`;
  if (anchor === undefined || anchorsOf(read(target)).includes(anchor)) return undefined;
  return `${page}: ${link}: ${target} has no such heading`;
}

describe('the documents', () => {
  it('lead nowhere that is not there', () => {
    const faults = pages().flatMap((page) => linksOf(read(page)).flatMap((link) => fault(page, link) ?? []));
    assert.deepEqual(faults, []);
  });

  it('show every picture that is kept for them', () => {
    const shown = pages().flatMap((page) => linksOf(read(page)).map((link) => posix.basename(link)));
    const kept = readdirSync(join(ROOT, 'media', 'screenshots'));
    assert.deepEqual([kept.length > 3, kept.filter((picture) => !shown.includes(picture))], [true, []]);
  });

  it('name only files and scripts of the project that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    const ofUs = ['AGENTS.md', 'CONTRIBUTING.md', 'README.md'].map(read).join('\n');
    const files = [...ofUs.matchAll(/(?<=`|\s)(?:src|test|scripts|docs|media)\/[\w./-]*\w/gu)].map(([file]) => file);
    const runs = [...ofUs.matchAll(/\bnpm run (?<name>[\w:]+)/gu)].map(({ groups }) => groups?.['name'] ?? '');
    assert.ok(files.length > 15 && runs.length > 15);
    assert.deepEqual(
      [...files.filter((file) => !existsSync(join(ROOT, file))), ...runs.filter((name) => !(name in scripts))],
      [],
    );
  });

  it('are held to it: a missing file and a missing heading are found, what stands in code is not', () => {
    const text = '[a](nowhere.md) [b](README.md#nothing) [c](#here) `[d](no.md)`\n\n## Here\n';
    assert.deepEqual(linksOf(text), ['nowhere.md', 'README.md#nothing', '#here']);
    assert.deepEqual(anchorsOf(text), ['here']);
    assert.deepEqual(
      ['nowhere.md', 'README.md#nothing', 'README.md'].map((link) => fault('CHANGELOG.md', link)),
      [
        'CHANGELOG.md: nowhere.md: there is no nowhere.md',
        'CHANGELOG.md: README.md#nothing: README.md has no such heading',
        undefined,
      ],
    );
  });
});
