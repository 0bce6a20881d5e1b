import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import addFormats from 'ajv-formats';
import Ajv from 'ajv-draft-04';
import { checkJson, checkMarkdown, checkSarif, checkText } from '../../../src/engine/index.ts';
import { nothing, report } from '../gate/results.ts';

const require = createRequire(import.meta.url);

describe('the report of the gate', () => {
  it('is one line a new finding as text, what is gone, and the sums', () => {
    const expected = `docs/Über blick.md:1:2: error missing-target: Legacy name \`old_app\`: gone | away.
scripts/run.sh:3:11: warning legacy-command: Legacy name \`old_app/main.py\`: use \`python -m new.app.main\`.
scripts/run.sh:9:11: warning legacy-command: Legacy name \`old_app/main.py\`: use \`python -m new.app.main\`.
gone: a.py: import old_app.x (2 times)
gone: b.py: diverged
3 new findings in 2 files (1 error and 2 warnings); 1 known; 2 gone, which --update-baseline takes out.

Problems (2)
  docs/Über blick.md: It is not UTF-8.
  Without git.
`;
    assert.equal(checkText(report), expected);
    assert.equal(checkText(nothing), 'No findings.\n');
  });

  it('is the stable shape as JSON', () => {
    const { findings, ...rest } = JSON.parse(checkJson(report)) as { findings: unknown[] };
    assert.deepEqual(rest, {
      ok: false,
      counts: { new: 3, known: 1, gone: 2 },
      gone: report.gone,
      problems: report.problems,
    });
    assert.deepEqual(findings[1], {
      path: 'old_app/users.py',
      line: 3,
      column: 1,
      endLine: 4,
      rule: 'diverged-file',
      kind: 'diverged',
      category: 'Other',
      level: 'warning',
      text: '',
      count: 12,
      message: 'This file differs from new/app/users.py: 12 lines in 2 places.',
      related: ['new/app/users.py'],
      new: false,
    });
    assert.equal(findings.length, 4);
    assert.equal((JSON.parse(checkJson(nothing)) as { ok: boolean }).ok, true);
  });

  it('is a table a rule as Markdown', () => {
    const expected = `# Tree unifier check

3 new findings in 2 files (1 error and 2 warnings); 1 known; 2 gone, which --update-baseline takes out.

## missing-target (1)

| Place | Finding |
| --- | --- |
| \`docs/Über blick.md:1\` | Legacy name \`old_app\`: gone \\| away. |

## legacy-command (2)

| Place | Finding |
| --- | --- |
| \`scripts/run.sh:3\` | Legacy name \`old_app/main.py\`: use \`python -m new.app.main\`. |
| \`scripts/run.sh:9\` | Legacy name \`old_app/main.py\`: use \`python -m new.app.main\`. |

## Gone

- gone: a.py: import old_app.x (2 times)
- gone: b.py: diverged

## Problems

- \`docs/Über blick.md\`: It is not UTF-8.
- Without git.
`;
    assert.equal(checkMarkdown(report), expected);
  });
});

interface SarifLog {
  runs: [
    {
      columnKind: string;
      tool: { driver: { rules: { id: string }[] } };
      results: Record<string, unknown>[];
    },
  ];
}

describe('SARIF', () => {
  // The schema has a pattern that is valid without Unicode rules alone.
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object);
  const errorsOf = (sarif: string): unknown => (isValid(JSON.parse(sarif)) ? [] : isValid.errors);

  it('is valid by the schema of SARIF 2.1.0', () => {
    assert.deepEqual(errorsOf(checkSarif(report)), []);
    assert.deepEqual(errorsOf(checkSarif(nothing)), []);
  });

  it('is judged by a schema that refuses what is wrong', () => {
    assert.notDeepEqual(errorsOf(checkSarif(report).replace('"startLine": 3', '"startLine": 0')), []);
    assert.notDeepEqual(errorsOf(checkSarif(report).replace('docs/%C3%9Cber%20blick.md', 'docs/Über blick.md')), []);
  });

  it('names place, rule, state and a fingerprint', () => {
    const [run] = (JSON.parse(checkSarif(report)) as SarifLog).runs;
    const [missing, copies, first, second] = run.results;
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.deepEqual(missing, {
      ruleId: 'missing-target',
      ruleIndex: run.tool.driver.rules.findIndex(({ id }) => id === 'missing-target'),
      level: 'error',
      message: { text: 'Legacy name `old_app`: gone | away.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'docs/%C3%9Cber%20blick.md', uriBaseId: '%SRCROOT%' },
            region: { startLine: 1, startColumn: 2, endLine: 1, endColumn: 9 },
          },
        },
      ],
      partialFingerprints: { 'treeUnifierFinding/v1': 'adc0093bc11bb469' },
      baselineState: 'new',
      properties: { kind: 'markdown', category: 'Documentation' },
    });
    assert.equal(copies?.['baselineState'], 'unchanged');
    assert.deepEqual(copies['relatedLocations'], [
      { physicalLocation: { artifactLocation: { uri: 'new/app/users.py', uriBaseId: '%SRCROOT%' } } },
    ]);
    assert.notDeepEqual(first?.['partialFingerprints'], second?.['partialFingerprints']);
  });

  it('gives a finding that moved to another line the same fingerprint', () => {
    const moved = {
      ...report,
      findings: report.findings.map((finding) => ({
        ...finding,
        region: { line: 100 + (finding.region?.line ?? 0), column: 1, endLine: 200 },
      })),
    };
    const fingerprints = (sarif: string): unknown[] =>
      (JSON.parse(sarif) as SarifLog).runs[0].results.map((result) => result['partialFingerprints']);
    assert.deepEqual(fingerprints(checkSarif(moved)), fingerprints(checkSarif(report)));
  });

  it('says nothing of states where nothing is compared with', () => {
    const [run] = (JSON.parse(checkSarif({ ...report, isCompared: false })) as SarifLog).runs;
    assert.ok(run.results.every((result) => !('baselineState' in result)));
  });
});
