import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../../host/temporaryFolder.ts';
import { type OpenOptions, Workbench } from './workbench.ts';

/**
 * For use in a `describe`: one workbench for its tests, on a folder of its own that `makeWorkspace` fills, or on none
 * without it. Returns a function, because the workbench exists only while the tests run. A failed test leaves a picture in `out/pictures`.
 */
export function useWorkbench(
  makeWorkspace: ((dir: string) => Promise<void>) | undefined,
  options: OpenOptions = {},
): () => Workbench {
  let folder: TemporaryFolder | undefined;
  let workbench: Workbench | undefined;

  before(async () => {
    if (makeWorkspace === undefined) {
      workbench = await Workbench.open('', options);
      return;
    }
    folder = await temporaryFolder('ui');
    const workspace = join(folder.path, 'sample'); // a name to be seen in pictures
    await mkdir(workspace);
    await makeWorkspace(workspace);
    workbench = await Workbench.open(join(workspace, options.workspaceFile ?? ''), options);
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.isFailed() === true) await workbench?.screenshot(`failed ${test.fullTitle()}`.replace(/\W+/g, '-'));
  });
  after(async () => {
    await workbench?.close();
    await folder?.remove();
  });

  return () => {
    if (workbench === undefined) throw new Error('The workbench is open only while tests run: ask for it inside `it`.');
    return workbench;
  };
}
