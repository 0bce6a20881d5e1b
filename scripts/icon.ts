import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../test/host/browser.ts';
import { ROOT } from '../test/host/cache.ts';
import { endAll } from '../test/host/lifetime.ts';

/** Pixels on each side; VS Code and its Marketplace want 128 at least, and twice that on dense screens. */
const SIZE = 256;

/** Draws `media/icon.svg` as `media/icon.png`: an extension's icon may not be an SVG. */
async function drawIcon(): Promise<void> {
  const svg = await readFile(join(ROOT, 'media', 'icon.svg'), 'utf8');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
    await page.setContent(`<body style="margin: 0">${svg}</body>`);
    await page.screenshot({ path: join(ROOT, 'media', 'icon.png'), omitBackground: true });
  } finally {
    await browser.close();
  }
}

await drawIcon().finally(endAll);
