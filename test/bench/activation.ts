import { temporaryFolder } from '../host/temporaryFolder.ts';
import { Workbench, type PageElement } from '../ui/support/workbench.ts';

const NAME = 'Backend Tree Unifier';

/**
 * How long VS Code says that the extension took to activate, in milliseconds: loading its code and the call of `activate`,
 * from VS Code's own list of running extensions.
 * @param fill makes what is in the folder that is opened
 */
export async function activationMs(fill: (folder: string) => Promise<void>, hasPair: boolean): Promise<number> {
  const folder = await temporaryFolder('activation');
  await fill(folder.path);
  const workbench = await Workbench.open(folder.path, { hasPair });
  try {
    // The dearest come first: a list that is not all there would hide us.
    await workbench.page.setViewportSize({ width: 1280, height: 3000 });
    await workbench.runCommand('Developer: Show Running Extensions');
    const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: NAME });
    const time = row.locator('.activation-time').filter({ hasText: /\d+ms/u });
    const text = await time.evaluate((element: PageElement) => element.textContent);
    return Number(/(?<ms>\d+)ms/u.exec(text)?.groups?.['ms']);
  } finally {
    await workbench.close();
    await folder.remove();
  }
}
