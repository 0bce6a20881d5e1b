import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addChangelogEntry } from '../../../src/engine/document/changelog.ts';

const add = (text: string | undefined): string => addChangelogEntry(text, '2026-02-03', 'One tree', '- It is so.');

describe('the changelog', () => {
  const entry = '## 2026-02-03 - One tree\n\n- It is so.\n';

  it('gets the entry above the newest one', () => {
    const old = '# Log\n\nWords.\n\n## 2025-12-01\n\n- b\n\n## 2025-11-01\n\n- a\n';
    assert.equal(add(old), `# Log\n\nWords.\n\n${entry}\n## 2025-12-01\n\n- b\n\n## 2025-11-01\n\n- a\n`);
  });

  it('gets it at the end where the dates grow downwards', () => {
    const old = '# Log\n\n## [2025-11-01]\n\n- a\n\n## [2025-12-01]\n\n- b';
    assert.equal(add(old), `${old}\n\n${entry}`);
  });

  it('parts it by a rule where entries are parted so', () => {
    const old = '# Log\n\n---\n\n## 2025-12-01 - b\n\n- b\n';
    assert.equal(add(old), `# Log\n\n---\n\n${entry}\n---\n\n## 2025-12-01 - b\n\n- b\n`);
  });

  it('is begun where it is empty or missing, with its own line endings', () => {
    assert.equal(add(undefined), `# Documentation Changelog\n\n${entry}`);
    assert.equal(add('# Log\r\n'), `# Log\n\n${entry}`.replaceAll('\n', '\r\n'));
  });

  it('is not written twice', () => {
    const once = add('# Log\n');
    assert.equal(addChangelogEntry(once, '2027-01-01', 'One tree', '- Another day.'), once);
  });
});
