import assert from 'node:assert/strict';
import { outcomesOf, withoutRecord, type Change } from '../../../src/engine/index.ts';
import { open } from '../../helpers/engine.ts';

const taskFile = 'claude-tasks/34-backend-tree-unification-and-packaging.md';
const [one, two] = ['scripts/one.sh', 'scripts/two.sh'];
const scripts = {
  [one]: 'python pixsim7_backend/main.py\npytest --cov=pixsim7_backend\n',
  [two]: 'python pixsim7_backend/main.py\n',
};

/** Makes some changes of phase `align`, and no other, as a person does in a preview; answers the record of it. */
async function recordOf(
  files: Readonly<Record<string, string>>,
  isTicked: (change: Change) => boolean,
): Promise<string | undefined> {
  const { session, memory } = await open(files);
  const plan = await session.plan('align');
  for (const { path, after } of outcomesOf(withoutRecord(plan, taskFile).filter(isTicked)))
    if (after !== undefined) memory.files.set(path, after);
  await session.refresh(plan.changes.map(({ path }) => path));
  const change = await session.recordOf(plan);
  if (change === undefined) return undefined;
  assert.ok(change.type === 'create');
  return new TextDecoder().decode(change.content);
}

/** The phase's box, and the rows of the table of what was rewritten. */
function told(text = ''): unknown[] {
  return [/^- \[(.)\] \*\*Phase 34\.3/mu.exec(text)?.[1], text.match(/^\| (?!Category|---).*$/gmu)];
}

describe('the record of a phase of which a person made some changes alone', () => {
  it('is the planned one when all were', async () => {
    const { session } = await open(scripts);
    const planned = (await session.plan('align')).changes.find(({ path }) => path === taskFile);
    assert.ok(planned?.type === 'create');
    const record = await recordOf(scripts, () => true);
    assert.equal(record, new TextDecoder().decode(planned.content));
    assert.deepEqual(told(record), ['X', ['| Scripts | 2 | 3 |']]);
  });

  it('tells of those that were, and the phase is not complete', async () => {
    assert.deepEqual(told(await recordOf(scripts, ({ path }) => path !== two)), [' ', ['| Scripts | 1 | 2 |']]);
  });

  it('tells one change of a file from another', async () => {
    const record = await recordOf(scripts, ({ reason }) => !reason.startsWith('`pixsim7_backend/main.py`'));
    assert.deepEqual(told(record), [' ', ['| Scripts | 1 | 1 |']]);
  });

  it('ticks the box of a phase that is complete only by what needed review', async () => {
    const record = await recordOf({ [one]: `echo pixsim7_backend\n${scripts[two] ?? ''}` }, () => true);
    assert.deepEqual(told(record), ['X', ['| Scripts | 1 | 2 |']]);
  });

  it('is none when nothing was made', async () => {
    assert.equal(await recordOf(scripts, () => false), undefined);
  });
});
