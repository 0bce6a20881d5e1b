import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { ROOT } from './cache.ts';
import { QUIET_SETTINGS } from './settings.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** What `@vscode/test-electron` asks first. */
const RELEASES = 'https://update.code.visualstudio.com/api/releases/stable';
const ANSWER_LIMIT_MS = 2_000;

/**
 * Whether the tests run in a desktop VS Code or in the web workbench of VS Code's server, which needs the package
 * registry alone. `VSCODE_TEST_HOST=web|desktop` decides; else the desktop where it can be downloaded and shown.
 */
export async function hasDesktop(): Promise<boolean> {
  const forced = process.env['VSCODE_TEST_HOST'];
  if (forced === 'web' || forced === 'desktop') return forced === 'desktop';
  if (process.platform === 'linux' && !process.env['DISPLAY']) return false;
  try {
    return (await fetch(RELEASES, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })).ok;
  } catch {
    return false; // out of reach: the web workbench does
  }
}

/** One start of VS Code that calls the `run()` of a file in the extension host. */
export interface HostRun {
  /** Or a `.code-workspace` file. */
  readonly folder: string;
  readonly testsPath: string;
  readonly trust: boolean;
  readonly env: Readonly<Record<string, string>>;
}

/** One run in a downloaded desktop VS Code, with a profile of its own. Rejects when a test fails. */
export async function runOnDesktop({ folder, testsPath, trust, env }: HostRun): Promise<void> {
  const profile = await temporaryFolder('vscode');
  await mkdir(join(profile.path, 'User'));
  await writeFile(join(profile.path, 'User', 'settings.json'), JSON.stringify(QUIET_SETTINGS));
  try {
    await runTests({
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: testsPath,
      extensionTestsEnv: env,
      launchArgs: [
        ...[folder, '--user-data-dir', profile.path, '--disable-extensions', '--skip-welcome'],
        ...(trust ? ['--disable-workspace-trust'] : []),
      ],
    });
  } finally {
    await profile.remove();
  }
}
