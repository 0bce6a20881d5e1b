import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../host/cache.ts';
import { read } from './pages.ts';

/** What the page quotes as said: block quotes, and the first column of its tables. `…` stands for what varies. */
function quotes(page: string): string[] {
  return [...page.matchAll(/^(?:> (?<line>.+)|\| `(?<cell>[^`]+)` \|.*)$/gmu)].map(
    ({ groups }) => groups?.['line'] ?? groups?.['cell'] ?? '',
  );
}

function source(): string {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'));
  return texts.join('\n').replaceAll('\\`', '`');
}

describe('the page on troubles', () => {
  it('quotes only what is really said', () => {
    const said = source();
    // All words between two placeholders, of which one piece at least is no common word.
    const isSaid = (quote: string): boolean => {
      const parts = quote.split('…').map((part) => part.trim());
      return parts.every((part) => said.includes(part)) && parts.some((part) => part.length >= 10);
    };
    const all = quotes(read('docs/troubleshooting.md'));
    assert.ok(all.length > 40);
    assert.deepEqual(
      all.filter((quote) => !isSaid(quote)),
      [],
    );
  });
});
