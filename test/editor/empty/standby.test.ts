import assert from 'node:assert/strict';
import { activated, becomes, leaves, remove, write } from '../support.ts';
import { isLoaded } from './loaded.ts';

describe('a folder that comes to have trees', () => {
  after(async () => {
    await remove('pixsim7_backend');
    await remove('pixsim7');
  });

  it('has the features loaded only then, and is measured', async () => {
    const api = await activated();
    assert.deepEqual([isLoaded('extension'), isLoaded('features'), isLoaded('engine')], [true, false, false]);
    await write('pixsim7_backend/__init__.py', 'YEAR = 1\n');
    await write('pixsim7/backend/main/__init__.py', 'YEAR = 2\n');
    await becomes(
      async () => leaves(await api.rows('inventory')).map(({ label }) => label),
      ['__init__.py', 'Without git there is no history: no base, and who is ahead is unknown.'],
    );
    assert.deepEqual([isLoaded('features'), isLoaded('engine')], [true, true]);
  });
});
