import assert from 'node:assert/strict';
import { outcomesOf, type Change } from '../../../src/engine/index.ts';
import { open } from '../../helpers/engine.ts';

const taskFile = 'claude-tasks/34-backend-tree-unification-and-packaging.md';
const [one, two] = ['scripts/one.sh', 'scripts/two.sh'];
const scripts = {
  [one]: 'python pixsim7_backend/main.py\npytest --cov=pixsim7_backend\n',
  [two]: 'python pixsim7_backend/main.py\n',
};

/** Makes some changes of phase `align`, and no other, as a person does in a preview; answers what is made of the record. */
async function make(
  files: Readonly<Record<string, string>>,
  isTicked: (change: Change) => boolean,
): Promise<{
  readonly planned: string | undefined;
  readonly corrected: string | undefined;
  readonly isRight: boolean;
}> {
  const { session, memory } = await open(files);
  const plan = await session.plan('align');
  for (const { path, after } of outcomesOf(plan.changes.filter(isTicked)))
    if (after !== undefined) memory.files.set(path, after);
  await session.refresh(plan.changes.map(({ path }) => path));
  const text = (bytes: string | Uint8Array | undefined): string | undefined =>
    typeof bytes === 'object' ? new TextDecoder().decode(bytes) : bytes;
  const outcome = await session.correctedRecord(plan);
  return { planned: text(memory.files.get(taskFile)), corrected: text(outcome?.after), isRight: outcome === undefined };
}

/** The phase's box, and the rows of the table of what was rewritten. */
function told(text = ''): unknown[] {
  return [/^- \[(.)\] \*\*Phase 34\.3/mu.exec(text)?.[1], text.match(/^\| (?!Category|---).*$/gmu)];
}

describe('the record of a phase of which only some changes were made', () => {
  it('is right when all were', async () => {
    const { isRight, planned } = await make(scripts, () => true);
    assert.deepEqual([isRight, ...told(planned)], [true, 'X', ['| Scripts | 2 | 3 |']]);
  });

  it('tells of those that were, and the phase is not complete', async () => {
    const { planned, corrected } = await make(scripts, ({ path }) => path !== two);
    assert.deepEqual(told(planned), ['X', ['| Scripts | 2 | 3 |']]);
    assert.deepEqual(told(corrected), [' ', ['| Scripts | 1 | 2 |']]);
  });

  it('tells one change of a file from another', async () => {
    const { corrected } = await make(scripts, ({ reason }) => !reason.startsWith('`pixsim7_backend/main.py`'));
    assert.deepEqual(told(corrected), [' ', ['| Scripts | 1 | 1 |']]);
  });

  it('ticks the box of a phase that is complete only by what needed review', async () => {
    const { planned, corrected } = await make({ [one]: `echo pixsim7_backend\n${scripts[two]}` }, () => true);
    assert.deepEqual(told(planned), [' ', ['| Scripts | 1 | 1 |']]);
    assert.deepEqual(told(corrected), ['X', ['| Scripts | 1 | 2 |']]);
  });

  it('goes when nothing else was made', async () => {
    const { isRight, corrected } = await make(scripts, ({ kind }) => kind === 'document');
    assert.deepEqual([isRight, corrected], [false, undefined]);
  });

  it('is not written for one who left it out', async () => {
    const { isRight, planned } = await make(scripts, ({ kind, path }) => kind !== 'document' && path !== two);
    assert.deepEqual([isRight, planned], [true, undefined]);
  });
});
