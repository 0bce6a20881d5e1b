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

function sourceLines(): string[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const texts = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'));
  return texts.flatMap((text) => text.replaceAll('\\`', '`').split('\n'));
}

/** Whether the pieces follow each other on the line, with anything between them. */
function hasAll(line: string, pieces: readonly string[]): boolean {
  let at = 0;
  return pieces.every((piece) => {
    const found = line.indexOf(piece, at);
    at = found + piece.length;
    return found >= 0;
  });
}

describe('the page on troubles', () => {
  it('quotes only what is really said', () => {
    const lines = sourceLines();
    const all = quotes(read('docs/troubleshooting.md'));
    assert.ok(all.length > 40);
    const unsaid = all.filter((quote) => {
      const pieces = quote.split('…').map((piece) => piece.trim());
      return !lines.some((line) => hasAll(line, pieces));
    });
    assert.deepEqual(unsaid, []);
  });
});
