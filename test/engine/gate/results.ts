import type { GateReport, JudgedFinding } from '../../../src/engine/index.ts';

/** A small report, made by hand, with one of everything that is shown. */
const reference: JudgedFinding = {
  rule: 'legacy-command',
  path: 'scripts/run.sh',
  region: { line: 3, column: 11, endLine: 3, endColumn: 26 },
  kind: 'command',
  category: 'Scripts',
  text: 'old_app/main.py',
  size: 1,
  message: 'Legacy name `old_app/main.py`: use `python -m new.app.main`.',
  level: 'warning',
  new: true,
};

export const report: GateReport = {
  findings: [
    {
      ...reference,
      rule: 'missing-target',
      path: 'docs/Über blick.md',
      region: { line: 1, column: 2, endLine: 1, endColumn: 9 },
      kind: 'markdown',
      category: 'Documentation',
      text: 'old_app',
      level: 'error',
      message: 'Legacy name `old_app`: gone | away.',
    },
    {
      rule: 'diverged-file',
      path: 'old_app/users.py',
      region: { line: 3, column: 1, endLine: 4 },
      kind: 'diverged',
      category: 'Other',
      text: '',
      size: 12,
      message: 'This file differs from new/app/users.py: 12 lines in 2 places.',
      level: 'warning',
      related: ['new/app/users.py'],
      new: false,
    },
    reference,
    { ...reference, region: { line: 9, column: 11, endLine: 9, endColumn: 26 } },
  ],
  gone: [
    { path: 'a.py', kind: 'import', text: 'old_app.x', count: 2 },
    { path: 'b.py', kind: 'diverged', text: '', count: 1 },
  ],
  isCompared: true,
  problems: [{ path: 'docs/Über blick.md', message: 'It is not UTF-8.' }, { message: 'Without git.' }],
};

export const nothing: GateReport = { findings: [], gone: [], isCompared: false, problems: [] };
