import assert from 'node:assert/strict';
import {
  inventoryJson,
  inventoryMarkdown,
  inventoryText,
  referencesJson,
  referencesMarkdown,
  referencesText,
  statusJson,
  statusMarkdown,
  statusText,
} from '../../../src/engine/report/index.ts';
import { inventory, references, status } from './results.ts';

describe('reports', () => {
  it('show the inventory as text', () => {
    const expected = `old_app → new/app
  legacy     1,205 files, 5 Python
  canonical  6 files, 4 Python
  base       0123456789, legacy then at backend
  same       1 identical, 2 equivalent

Diverged (3), by the side that changed
  legacy     api/users.py  2 hunks, -25 +2
               only in legacy: Users.find (line 80)
               only in canonical: drop (line 87, imported by 4 files)
  canonical  data.bin      binary
  both       main.py       1 hunk, -0 +1

Only in legacy (2), by the side that changed
  canonical  gone.py
  both       more.py

Only in canonical (1), by the side that changed
  canonical  extra.py

Problems (1)
  old_app/secret.py: Cannot read it: permission is denied.
`;
    assert.equal(inventoryText(inventory), expected);
  });

  it('show the summary of task-34 as Markdown', () => {
    const expected = `## Phase 1 Summary: Backend Tree Inventory

**Date Completed:** 2025-11-21

### Directory Structure Comparison

- \`old_app/\` - 5 Python files of 1,205 files
- \`new/app/\` - 4 Python files of 6 files
- Files in both: 1 identical, 2 the same but for the namespace, 3 diverged
- Merge base: \`012345678\`, with the legacy tree at \`backend\`

**File Differences:**

1. \`extra.py\` - exists only in \`new/app\` (added since the copy)
2. \`gone.py\` - exists only in \`old_app\` (deleted from \`new/app\` since the copy)
3. \`more.py\` - exists only in \`old_app\` (changed here and deleted from \`new/app\` since the copy)

### Code Differences

**Changed only in \`old_app\` since the copy (1):**

- \`api/users.py\`: lines 78-101 only in legacy; line 110 (in canonical: lines 86-87)
  - Only in legacy: \`Users.find\` (line 80)
  - Only in canonical: \`drop\` (line 87, imported by \`a.py\`, \`b.py\`, \`c.py\` and 1 more)

**Changed only in \`new/app\` since the copy (1):**

- \`data.bin\`: binary file

**Changed in both since the copy (1):**

- \`main.py\`: line 9 only in canonical

### Reference Inventory

| Category | Uses \`old_app\` | Uses \`new.app\` |
| --- | --- | --- |
| **Docker** | - | \`docker-compose.yml\` |
| **Scripts** | \`scripts/manage.sh\` (lines 17, 20, 21) | \`scripts/run.sh\` |
| **Documentation** | \`README.md\` (line 3); 1 of the mentions historical | - |

### Key Findings

1. **Code has diverged** in 3 files; changed since the copy: 1 only in \`old_app\`, 1 only in \`new/app\` and 1 in both.
2. **Definitions on one side alone**: 1 in \`old_app\`, 1 in \`new/app\`.
3. **Files in one tree alone**: 2 in \`old_app\`, 1 in \`new/app\`.
4. **Both trees are under development**: copying either over the other would lose work, so they need a three-way merge.
5. Only \`new.app\` is used by **Docker**.
6. Both names are used by **Scripts**.
7. **2 live references** in 1 file (of 4 mentions); 1 can be rewritten without a look.
8. **1 live reference** names something that the canonical tree does not have: no rename mends them.

### Limits of This Report

- \`old_app/secret.py\`: Cannot read it: permission is denied.
`;
    assert.equal(
      inventoryMarkdown({
        inventory,
        references,
        canonicalUses: { Docker: ['docker-compose.yml'], Scripts: ['scripts/run.sh'] },
        date: '2025-11-21',
      }),
      expected,
    );
  });

  it('show references as text', () => {
    const expected = `4 references in 2 files: 2 live, 1 historical, 1 own name (1 sure to rewrite, 1 with a missing target)

Documentation (1, 0 live)
  README.md
    3:1     markdown      old_app/main.py → python -m new.app.main  [historical]

Scripts (3, 2 live)
  scripts/manage.sh
    17:39   command       old_app/main.py → python -m new.app.main
    20:5    bare          old_app.pid → python -m new.app.main  [own name]
    21:120  bare          old_app|\`x\` → new.app or new/app  [target missing, review]
`;
    assert.equal(referencesText(references), expected);
  });

  it('show references as Markdown', () => {
    const expected = `# Legacy references

4 references in 2 files.

## Documentation (1)

| Place | Kind | Standing | Text | Replacement |
| --- | --- | --- | --- | --- |
| \`README.md:3\` | markdown | historical | \`old_app/main.py\` | \`python -m new.app.main\` |

## Scripts (3)

| Place | Kind | Standing | Text | Replacement |
| --- | --- | --- | --- | --- |
| \`scripts/manage.sh:17\` | command | live | \`old_app/main.py\` | \`python -m new.app.main\` |
| \`scripts/manage.sh:20\` | bare | ownName | \`old_app.pid\` | \`python -m new.app.main\` |
| \`scripts/manage.sh:21\` | bare | live | \`\` old_app\\|\`x\` \`\` | \`new.app\` or \`new/app\`; target missing; needs review |
`;
    assert.equal(referencesMarkdown(references), expected);
  });

  it('show the phases as text', () => {
    const expected = `34.1  Inventory — done
34.3  Align — open, 2 left
        left: Two things.
34.4  Remove — blocked, 14 left
        blocked: a.py:1: Why.
        blocked: a.py:2: Why.
        blocked: a.py:3: Why.
        blocked: a.py:4: Why.
        blocked: a.py:5: Why.
        blocked: a.py:6: Why.
        blocked: a.py:7: Why.
        blocked: a.py:8: Why.
        blocked: a.py:9: Why.
        blocked: a.py:10: Why.
        blocked: a.py:11: Why.
        blocked: a.py:12: Why.
        blocked: 2 more; --format json names them all.
`;
    assert.equal(statusText(status), expected);
  });

  it('show the phases as Markdown', () => {
    const expected = `- [x] **Phase 34.1 – Inventory**
- [ ] **Phase 34.3 – Align**
  - Two things.
`;
    assert.equal(statusMarkdown({ phases: status.phases.slice(0, 2) }), expected);
  });

  it('give the inventory and the phases as JSON, as they are', () => {
    assert.deepEqual(JSON.parse(inventoryJson(inventory)), inventory);
    assert.deepEqual(JSON.parse(statusJson(status)), status);
  });

  it('give references as JSON in the stable shape', () => {
    const { occurrences, references: listed } = JSON.parse(referencesJson(references)) as typeof references;
    assert.equal(occurrences, 4);
    assert.deepEqual(listed[3], {
      path: 'scripts/manage.sh',
      line: 21,
      column: 120,
      text: 'old_app|`x`',
      kind: 'bare',
      category: 'Scripts',
      standing: 'live',
      phase: 'align',
      target: 'missing',
      replacement: 'new.app',
      alternatives: ['new/app'],
      needsReview: true,
      reason: 'The form is unclear.',
    });
  });

  it('say so when there is nothing to report', () => {
    assert.equal(referencesText({ occurrences: 0, references: [], problems: [] }), '0 references in 0 files\n');
    assert.equal(inventoryText({ pairs: [], problems: [] }), '');
  });

  it('leave colours to the terminal', () => {
    const painted = statusText(status, (role, text) => (role === 'bad' ? `<${text}>` : text));
    assert.match(painted, /^34\.4 {2}Remove — <blocked>, 14 left$/mu);
  });
});
