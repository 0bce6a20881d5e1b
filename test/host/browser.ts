import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { cached, ROOT } from './cache.ts';
import { untilEnd } from './lifetime.ts';

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge'];
/** Besides playwright's own. Hinting would make the pictures differ from machine to machine. */
const FLAGS = ['--disable-gpu', '--disable-quic', '--font-render-hinting=none'];

/** Starts a headless browser with an empty profile: the system's, else the one inside the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const launching = chromium.launch({
    ...(await whichBrowser()),
    args: FLAGS,
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }, // lifetime.ts ends it, in its turn
  });
  const close = untilEnd(async () => (await launching).close());
  const browser = await launching;
  browser.once('disconnected', () => void close());
  return browser;
}

async function whichBrowser(): Promise<LaunchOptions> {
  const executablePath = onPath(ON_PATH);
  if (executablePath !== undefined) return { executablePath };
  if (process.platform === 'linux') return bundledChromium();
  return { channel: process.platform === 'win32' ? 'msedge' : 'chrome' };
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const extension = process.platform === 'win32' ? '.exe' : '';
  return names.flatMap((name) => folders.map((folder) => join(folder, name + extension))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Chromium from `@sparticuz/chromium`. The package unpacks into the temporary folder, and its libraries (NSS, NSPR, expat)
 * and fonts only where it believes to be in a cloud function: a child process with such an environment unpacks everything
 * into the cache. Libraries and fonts are then used where the system has none.
 */
async function bundledChromium(): Promise<LaunchOptions> {
  const manifest = await readFile(join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const dir = await cached('chromium', version, (partial) => {
    const unpack = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;
    const env = { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
    execFileSync(process.execPath, ['--input-type=module', '-e', unpack], { cwd: ROOT, env });
    return Promise.resolve();
  });
  const executablePath = join(dir, 'chromium');
  const env: Record<string, string> = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  if (spawnSync('ldd', [executablePath], { encoding: 'utf8' }).stdout.includes('not found')) {
    env['LD_LIBRARY_PATH'] = join(dir, 'al2023', 'lib');
  }
  if (!existsSync('/etc/fonts/fonts.conf')) env['FONTCONFIG_FILE'] = await fontsConfig(dir);
  return { executablePath, env };
}

async function fontsConfig(dir: string): Promise<string> {
  const file = join(dir, 'fonts.conf');
  const folders = `<dir>${join(dir, 'fonts')}</dir><cachedir>${join(dir, 'fonts-cache')}</cachedir>`;
  await writeFile(file, `<?xml version="1.0"?><fontconfig>${folders}</fontconfig>\n`);
  return file;
}
