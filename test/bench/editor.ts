import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { noPair, type EditorSuite } from '../editor/suites.ts';
import { installServer } from '../host/install.ts';
import { endAll } from '../host/lifetime.ts';
import { runSuite } from '../host/runEditorTests.ts';
import { bundleTests } from '../host/bundleTests.ts';
import { temporaryFolder } from '../host/temporaryFolder.ts';
import { runOnWeb } from '../host/web.ts';
import { Workbench } from '../ui/support/workbench.ts';
import { makeSample } from '../fixtures/sample.ts';
import { activationMs } from './activation.ts';

/**
 * `npm run bench:editor -- --root DIR`: how long a person waits in VS Code, on a copy of a repository or on the sample.
 * `--no-pair`: the folder has no tree pair; then the only figure is what activation costs.
 */
const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    'no-pair': { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
  },
});
const fill = async (dir: string): Promise<void> => {
  if (values.root === undefined) await makeSample(dir);
  else await cp(values.root, dir, { recursive: true });
};
try {
  await installServer();
  await bundleTests();
  await activation();
  if (!values['no-pair']) {
    await opening();
    await insideTheHost();
  }
} finally {
  await endAll();
}

/** Several starts of VS Code: the best is the least disturbed. */
async function activation(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    times.push(await activationMs(values['no-pair'] ? noPair : fill, !values['no-pair']));
  }
  console.log(`activation: best ${Math.min(...times)} ms of ${times.join(', ')}`);
}

/** From the page being asked for, to the workbench being there, to the extension having measured. */
async function opening(): Promise<void> {
  const folder = await temporaryFolder('bench');
  await fill(folder.path);
  const workbench = await Workbench.open(folder.path);
  console.log(`the view is filled ${workbench.measuredAfterMs} ms after the workbench is there`);
  await workbench.close();
  await folder.remove();
}

async function insideTheHost(): Promise<void> {
  const figures = await temporaryFolder('figures');
  const file = join(figures.path, 'figures.json');
  process.env['BENCH_FIGURES'] = file;
  const suite: EditorSuite = { name: 'bench', globs: ['bench/**/*.test.ts'], workspace: fill, trust: true };
  await runSuite(suite, runOnWeb, '');
  for (const [name, figure] of Object.entries(JSON.parse(await readFile(file, 'utf8')) as Record<string, string>)) {
    console.log(`${name}: ${figure}`);
  }
  await figures.remove();
}
