import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { ROOT } from './cache.ts';
import type { HostRun } from './desktop.ts';
import { startServer } from './server.ts';

/** For a run that hangs; generous, since a slow machine is no failure. */
const RUN_LIMIT_MS = 600_000;

/** One test run in the extension host of VS Code's server, with the workbench in a headless browser. */
export async function runOnWeb({ folder, testsPath, trust, env }: HostRun): Promise<void> {
  const server = await startServer({ folder, extensionDir: ROOT, testsPath, workspaceTrust: !trust, env });
  try {
    const browser = await launchBrowser();
    try {
      await untilExit(await browser.newPage(), server.url);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

/** The page reports the end of the tests by calling `codeAutomationExit`, and its log by `codeAutomationLog`. */
async function untilExit(page: Page, url: string): Promise<void> {
  const log: string[] = [];
  const exited = new Promise<number>((resolve) => {
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    if (type === 'error') log.push(`${args.map(String).join(' ')}\n`.replace(/\n.*/s, '')); // stacks of VS Code's own
  });
  await page.goto(url);
  const code = await Promise.race([exited, delay(RUN_LIMIT_MS, 'no end', { ref: false })]);
  if (code === 0) return;
  const reason = code === 'no end' ? `did not end within ${RUN_LIMIT_MS / 1000} s` : `ended with code ${code}`;
  throw new Error(`The test run ${reason}. What VS Code complained of:\n${log.slice(-15).join('\n')}`);
}
