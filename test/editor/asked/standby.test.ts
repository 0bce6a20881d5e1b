import assert from 'node:assert/strict';
import { isLoaded } from '../empty/loaded.ts';
import { activated, ask, hearMessages, execute } from '../support.ts';

describe('in a folder without trees', () => {
  it('what a tool is asked loads the features, which answer', async () => {
    await activated();
    assert.equal(isLoaded('features'), false);
    assert.deepEqual(await ask('tree-unifier_status', {}), {
      error:
        'No folder of this workspace holds a legacy and a canonical tree. Name them in the setting treeUnifier.pairs.',
    });
    assert.equal(isLoaded('features'), true);
  });

  it('a command says what is missing', async () => {
    const { messages, stop } = hearMessages();
    await execute('applyPhase', 'inventory');
    stop();
    assert.deepEqual(messages, ['No two trees are chosen yet: have them looked for, or name them in the settings.']);
  });
});
