import { existsSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeSample } from '../test/fixtures/sample.ts';
import { ROOT } from '../test/host/cache.ts';
import { endAll } from '../test/host/lifetime.ts';
import { run } from '../test/host/run.ts';
import { startServer } from '../test/host/server.ts';
import { temporaryFolder } from '../test/host/temporaryFolder.ts';
import { Workbench } from '../test/ui/support/workbench.ts';

const SMOKE_LIMIT_MS = 90_000;

/**
 * `npm start [-- FOLDER]`: VS Code with the extension on that folder, or on a fresh sample repository, until Ctrl+C. The
 * desktop VS Code where there is one, else VS Code's web workbench. With `--smoke` it looks at that workbench itself,
 * without a screen.
 */
async function start(given: string | undefined, smoke: boolean): Promise<number> {
  if ((await run(process.execPath, ['esbuild.config.mjs'], { cwd: ROOT })) !== 0) return 1;
  const folder = given === undefined ? await sampleFolder() : folderOf(given);
  if (folder === undefined) {
    console.error(`There is no folder ${given ?? ''}.`);
    return 1;
  }
  console.log(`The inventory of ${folder}:\n`);
  const code = await run(process.execPath, [join('out', 'cli.cjs'), 'inventory', '--root', folder], { cwd: ROOT });
  console.log(
    `\ntree-unifier inventory ended with exit code ${String(code)} (0: nothing to do, 1: findings, 2: error).`,
  );
  if (smoke) return lookAround(folder);
  return hasDesktop() ? openDesktop(folder) : openWeb(folder);
}

async function sampleFolder(): Promise<string> {
  const { path } = await temporaryFolder('sample');
  await makeSample(path);
  return path;
}

/** npm runs scripts in the project's own folder: a relative path is one from where the person is. */
function folderOf(given: string): string | undefined {
  const folder = resolve(process.env['INIT_CWD'] ?? '.', given);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : undefined;
}

/** Opens the workbench in a headless browser and waits until the extension has measured the folder. */
async function lookAround(folder: string): Promise<number> {
  const timer = new AbortController();
  const tooLate = delay(SMOKE_LIMIT_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`The extension was not active within ${SMOKE_LIMIT_MS / 1000} s.`);
  });
  try {
    const workbench = await Promise.race([Workbench.open(folder), tooLate]);
    console.log(`The extension is active: ${(await workbench.statusItem().getAttribute('aria-label')) ?? ''}`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    timer.abort();
  }
}

/** Whether `code` is on the path and can show a window: it needs a screen, and does not run as root on Linux. */
function hasDesktop(): boolean {
  const screen = process.platform !== 'linux' || (Boolean(process.env['DISPLAY']) && process.getuid?.() !== 0);
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return screen && (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)));
}

async function openDesktop(folder: string): Promise<number> {
  console.log('VS Code opens it. Close its window, or press Ctrl+C, to end.');
  const args = ['--new-window', '--wait', '--disable-workspace-trust', `--extensionDevelopmentPath=${ROOT}`, folder];
  return (await run('code', args, { shell: process.platform === 'win32' })) ?? 1;
}

async function openWeb(folder: string): Promise<number> {
  const server = await startServer({ folder, extensionDir: ROOT });
  console.log(`\nOpen ${server.url} in a browser. Press Ctrl+C to end.`);
  await server.ended; // by itself, which is an error, or while the process exits on Ctrl+C
  return 1;
}

process.exitCode = 0; // also after Ctrl+C
const { values, positionals } = parseArgs({ options: { smoke: { type: 'boolean' } }, allowPositionals: true });
process.exitCode = await start(positionals[0], values.smoke === true).finally(endAll);
