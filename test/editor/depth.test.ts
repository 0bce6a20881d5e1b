import assert from 'node:assert/strict';
import { sampleFacts } from '../fixtures/sample.ts';
import {
  actionsAt,
  activated,
  becomes,
  closeEditors,
  freshPath,
  ours,
  problems,
  remove,
  run,
  textOf,
  write,
} from './support.ts';

describe('depth-sensitive paths', () => {
  before(activated);
  afterEach(closeEditors);

  const canonical = sampleFacts.canonical.root;

  it('are problems of files that nobody opened', () => {
    for (const { path } of sampleFacts.depthSensitive) {
      const found = ours(`${canonical}/${path}`).map(({ code }) => (typeof code === 'object' ? code.value : code));
      assert.ok(found.includes('depth-sensitive-path'), path);
    }
    for (const path of sampleFacts.depthHarmless) {
      const found = ours(`${canonical}/${path}`).map(({ code }) => (typeof code === 'object' ? code.value : code));
      assert.ok(!found.includes('depth-sensitive-path'), path);
    }
  });

  it('are mended by a quick fix', async () => {
    const path = freshPath(`${canonical}/services/probe.py`);
    await write(path, 'ROOT = Path(__file__).parents[2]\n');
    await becomes(() => problems(path), ['1:8 depth-sensitive-path Warning']);
    await run(await actionsAt(path, 'Path(__file__)'), 'Go up to the root of the workspace again');
    assert.equal(await textOf(path), 'ROOT = Path(__file__).parents[4]\n');
    await becomes(() => problems(path), []);
    await closeEditors();
    await remove(path);
    await becomes(() => problems(path), []);
  });
});
