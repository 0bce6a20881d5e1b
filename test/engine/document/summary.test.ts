import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { phaseSummary, type PhaseWork } from '../../../src/engine/document/summary.ts';
import type { Change } from '../../../src/engine/plan/model.ts';

const before = new Uint8Array();
const about = { category: 'Backend Code', needsReview: false, before };

function merged(path: string, reason: string): Change {
  return { ...about, type: 'create', path, kind: 'merge', reason, content: before, executable: false };
}

function removed(path: string): Change {
  return { ...about, type: 'delete', path, kind: 'tree', reason: 'Its contents are in src/new.' };
}

const work: PhaseWork = {
  phase: 'deduplicate',
  pairs: [{ legacy: { root: 'old', package: 'old' }, canonical: { root: 'src/new', package: 'src.new' } }],
  bases: [null],
  changes: [],
  blockers: [],
  left: 0,
  isComplete: true,
  date: '2026-02-03',
  isContinued: false,
  next: ['Have a rest.'],
};

describe('the summary of a phase', () => {
  it('names each file below its reason, and counts the many that share one', () => {
    const many = Array.from({ length: 13 }, (_, at) => removed(`old/api/${at}.py`));
    const changes = [
      merged('src/new/a.py', 'Only legacy has it.'),
      merged('src/new/b.py', 'Both changed it.'),
      merged('src/new/c.py', 'Only legacy has it.'),
      ...many,
      removed('old/main.py'),
    ];
    assert.equal(
      phaseSummary({ ...work, changes }),
      `**Date Completed:** 2026-02-03

### Approach Taken

On proof that nothing in it is unmerged and nothing refers to it, the legacy tree gives way.

### What Was Unified

**Files Added:**

- Only legacy has it.
  - \`src/new/a.py\`
  - \`src/new/c.py\`
- \`src/new/b.py\`: Both changed it.

**Files Removed:**

- \`old/\` (14 files): Its contents are in src/new.

### Next Steps

- Have a rest.
`,
    );
  });

  it('says what waits for a person while the phase is open, and goes on where it was', () => {
    const blockers = [{ path: 'src/new/a.py', reason: 'Merge conflict.' }];
    const open: PhaseWork = { ...work, isComplete: false, isContinued: true, blockers, left: 3, next: [] };
    assert.equal(
      phaseSummary(open),
      `### Continued on 2026-02-03

### Left for a Person

- \`src/new/a.py\`: Merge conflict.
- 3 live references to review by hand.
`,
    );
  });
});
