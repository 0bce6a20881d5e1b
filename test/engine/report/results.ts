import type { Inventory } from '../../../src/engine/compare/model.ts';
import type { Status } from '../../../src/engine/plan/status.ts';
import type { Reference, ReferenceReport } from '../../../src/engine/references/model.ts';

/** Small results, made by hand, with one of everything that a report shows. */
export const inventory: Inventory = {
  pairs: [
    {
      legacy: { root: 'old_app', package: 'old_app', files: 1205, pythonFiles: 5 },
      canonical: { root: 'new/app', package: 'new.app', files: 6, pythonFiles: 4 },
      base: { commit: '0123456789abcdef0123456789abcdef01234567', legacyRoot: 'backend' },
      counts: { identical: 1, equivalent: 2, diverged: 3, legacyOnly: 2, canonicalOnly: 1 },
      files: [
        {
          path: 'api/users.py',
          status: 'diverged',
          ahead: 'legacy',
          hunks: [
            { legacyStart: 78, legacyLines: 24, canonicalStart: 78, canonicalLines: 0 },
            { legacyStart: 110, legacyLines: 1, canonicalStart: 86, canonicalLines: 2 },
          ],
          symbols: {
            legacyOnly: [{ name: 'Users.find', line: 80, importedBy: [] }],
            canonicalOnly: [{ name: 'drop', line: 87, importedBy: ['a.py', 'b.py', 'c.py', 'd.py'] }],
          },
        },
        { path: 'api/same.py', status: 'equivalent' },
        { path: 'data.bin', status: 'diverged', ahead: 'canonical', hunks: [] },
        { path: 'extra.py', status: 'canonicalOnly', ahead: 'canonical' },
        { path: 'gone.py', status: 'legacyOnly', ahead: 'canonical' },
        {
          path: 'main.py',
          status: 'diverged',
          ahead: 'both',
          hunks: [{ legacyStart: 9, legacyLines: 0, canonicalStart: 9, canonicalLines: 1 }],
        },
        { path: 'more.py', status: 'legacyOnly', ahead: 'both' },
      ],
    },
  ],
  problems: [{ path: 'old_app/secret.py', message: 'Cannot read it: permission is denied.' }],
};

const live: Reference = {
  path: 'scripts/manage.sh',
  line: 17,
  column: 39,
  offset: 400,
  text: 'old_app/main.py',
  kind: 'command',
  category: 'Scripts',
  standing: 'live',
  phase: 'align',
  target: 'resolved',
  rewrite: { replacement: 'python -m new.app.main', edits: [] },
  alternatives: [],
  needsReview: false,
};

export const references: ReferenceReport = {
  occurrences: 4,
  references: [
    {
      ...live,
      path: 'README.md',
      line: 3,
      column: 1,
      kind: 'markdown',
      category: 'Documentation',
      standing: 'historical',
    },
    live,
    { ...live, line: 20, column: 5, text: 'old_app.pid', kind: 'bare', standing: 'ownName' },
    {
      ...live,
      line: 21,
      column: 120,
      text: 'old_app|`x`',
      kind: 'bare',
      target: 'missing',
      rewrite: { replacement: 'new.app', edits: [] },
      alternatives: [{ replacement: 'new/app', edits: [] }],
      needsReview: true,
      reason: 'The form is unclear.',
    },
  ],
  problems: [],
};

export const status: Status = {
  phases: [
    { id: 'inventory', number: '34.1', title: 'Inventory', state: 'done', blockers: [], left: [], count: 0 },
    { id: 'align', number: '34.3', title: 'Align', state: 'open', blockers: [], left: ['Two things.'], count: 2 },
    {
      id: 'deduplicate',
      number: '34.4',
      title: 'Remove',
      state: 'blocked',
      blockers: Array.from({ length: 14 }, (_, i) => ({ path: 'a.py', line: i + 1, reason: 'Why.' })),
      left: [],
      count: 14,
    },
  ],
};
