import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { phaseName } from '../../../src/engine/document/phases.ts';
import { updateTaskFile, type PhaseEntry } from '../../../src/engine/document/taskFile.ts';
import { defaultPair } from '../../../src/engine/config.ts';
import { phaseIds } from '../../../src/engine/index.ts';

const all = phaseIds.map((id) => phaseName({ pairs: [defaultPair] }, id));

function entry(changes: Partial<PhaseEntry> = {}): PhaseEntry {
  const [, name = all[0]] = all;
  assert.ok(name !== undefined);
  return { name, body: 'Done.', mode: 'append', isComplete: true, date: '2025-11-21', ...changes };
}

const task = `# Task

- [X] **Phase 34.1 – Inventory** ✅ Complete (2025-11-20)
- [ ] **Phase 34.2 – Fix**
- [ ] **Phase 34.20 – Another**

---

## Phase 34.2 – Fix

Goal.

\`\`\`md
## Phase 34.2 Summary: not this one
\`\`\`

**Status:** \`[ ]\` Not started

---

## Phase 34.3 – Align

**Status:** \`[ ]\` Not started
`;

const done = `# Task

- [X] **Phase 34.1 – Inventory** ✅ Complete (2025-11-20)
- [X] **Phase 34.2 – Fix** ✅ Complete (2025-11-21)
- [ ] **Phase 34.20 – Another**

---

## Phase 34.2 – Fix

Goal.

\`\`\`md
## Phase 34.2 Summary: not this one
\`\`\`

**Status:** \`[X]\` Complete

---

## Phase 34.2 Summary: Backend Unification

Done.

---

## Phase 34.3 – Align

**Status:** \`[ ]\` Not started
`;

describe('the task file', () => {
  it('gets the checkbox with its date, the status line, and a summary after the phase', () => {
    assert.equal(updateTaskFile(task, entry(), all), done);
  });

  it('has one summary, however often it is written', () => {
    const again = updateTaskFile(done, entry({ mode: 'replace' }), all);
    assert.equal(again, done);
    const other = updateTaskFile(done, entry({ mode: 'replace', body: 'Otherwise.', date: '2026-01-01' }), all);
    assert.equal(other, done.replace('Done.', 'Otherwise.'));
  });

  it('keeps what the summary says, and goes on below it', () => {
    const more = updateTaskFile(done, entry({ body: '### Continued\n\nMore.' }), all);
    assert.equal(more, done.replace('Done.', 'Done.\n\n### Continued\n\nMore.'));
  });

  it('is dated as completed once it is, and leaves nothing to a person any more', () => {
    const body = '**Date:** 2025-11-20\n\nBegun.\n\n### Left for a Person\n\n- `a.py`: a conflict.\n- 3 more.\n';
    const begun = updateTaskFile(task, entry({ isComplete: false, body }), all);
    const goesOn = entry({
      isComplete: false,
      body: '### Continued on 2025-11-21\n\n### Left for a Person\n\n- 1 more.\n',
    });
    const ended = updateTaskFile(updateTaskFile(begun, goesOn, all), entry({ body: '### Next Steps\n\n- Rest.' }), all);
    assert.match(
      ended,
      /## Phase 34\.2 Summary: Backend Unification\n\n\*\*Date Completed:\*\* 2025-11-21\n\nBegun\.\n\n### Continued on 2025-11-21\n\n### Next Steps\n\n- Rest\.\n\n---\n/u,
    );
  });

  it('leaves nothing to a person once it is complete, though there is no more to tell', () => {
    const body = 'Begun.\n\n### Left for a Person\n\n- 3 more.\n';
    const begun = updateTaskFile(task, entry({ isComplete: false, body }), all);
    const ended = updateTaskFile(begun, entry({ body: '' }), all);
    assert.match(ended, /## Phase 34\.2 Summary: Backend Unification\n\nBegun\.\n\n---\n/u);
    assert.equal(updateTaskFile(ended, entry({ body: '' }), all), ended);
  });

  it('is not ticked while something is left', () => {
    const open = updateTaskFile(task, entry({ isComplete: false }), all);
    assert.equal(
      open,
      done
        .replace('[X] **Phase 34.2 – Fix** ✅ Complete (2025-11-21)', '[ ] **Phase 34.2 – Fix**')
        .replace('`[X]` Complete', '`[ ]` In progress'),
    );
  });

  it('is only ticked when there is nothing to tell', () => {
    const ticked = updateTaskFile(task, entry({ body: '' }), all);
    assert.equal(ticked, done.replace('## Phase 34.2 Summary: Backend Unification\n\nDone.\n\n---\n\n', ''));
  });

  it('keeps its line endings', () => {
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    assert.equal(updateTaskFile(crlf(task), entry(), all), crlf(done));
  });

  it('is begun where there is none', () => {
    assert.equal(
      updateTaskFile(undefined, entry(), all.slice(0, 2)),
      `**Task: Backend Tree Unification**

---

## Phase Checklist

- [ ] **Phase 34.1 – Inventory & Diff Backend Trees**
- [X] **Phase 34.2 – Fix Canonical Package & Update Imports** ✅ Complete (2025-11-21)

---

## Phase 34.1 – Inventory & Diff Backend Trees

**Status:** \`[ ]\` Not started

---

## Phase 34.2 – Fix Canonical Package & Update Imports

**Status:** \`[X]\` Complete

---

## Phase 34.2 Summary: Backend Unification

Done.
`,
    );
  });

  it('of another pair counts its phases from one', () => {
    const tree = { root: 'a', package: 'a' };
    assert.equal(phaseName({ pairs: [{ legacy: tree, canonical: { root: 'b', package: 'b' } }] }, 'align').number, '3');
  });
});
