import assert from 'node:assert/strict';
import { type Contributes, unused } from './uses.ts';

describe('what tests did not use of the manifest', () => {
  const contributes: Contributes = {
    commands: [{ command: 'a.take' }, { command: 'a.takeAll' }],
    views: { a: [{ name: 'Trees' }] },
    viewsWelcome: [{ contents: 'Nothing here.\n[Look](command:a.look)' }],
    keybindings: [{ key: 'ctrl+k a' }],
    languageModelTools: [{ name: 'a_ask' }],
    configuration: { properties: { 'a.root': {}, 'a.kinds': { properties: { one: {}, two: {} } } } },
  };

  it('is everything at first, every key of a setting by itself', () => {
    assert.deepEqual(unused(contributes, ['command', 'setting', 'tool', 'view', 'welcome', 'keybinding'], ''), [
      'command a.take',
      'command a.takeAll',
      'setting a.root',
      'setting a.kinds.one',
      'setting a.kinds.two',
      'tool a_ask',
      'view Trees',
      'welcome Nothing here.',
      'keybinding ctrl+k a',
    ]);
  });

  it('is what nobody noted, by its whole name', () => {
    const used = 'command a.takeAll\ncommand a.root\nsetting a.kinds.two\nview Trees\ncommand a.takeAll\n';
    assert.deepEqual(unused(contributes, ['command', 'setting', 'view'], used), [
      'command a.take',
      'setting a.root',
      'setting a.kinds.one',
    ]);
  });
});
