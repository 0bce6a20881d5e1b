import { groupBy } from '../groupBy.ts';
import type { KnownFinding } from '../gate/finding.ts';
import type { GateReport, JudgedFinding } from '../gate/gate.ts';
import type { Level } from '../gate/rules.ts';
import { count, number, plain, sentenceList, type Paint } from './format.ts';
import { problemsText } from './inventoryText.ts';
import { code, table } from './markdown.ts';

/** Gone entries that are named; the rest are counted. */
const namedGone = 20;

/** The stable shape of `check`: what is new, what is known, what is gone. */
export function checkJson(report: GateReport): string {
  const { findings, gone, problems } = report;
  const fresh = findings.filter((finding) => finding.new).length;
  const value = {
    ok: fresh === 0,
    counts: { new: fresh, known: findings.length - fresh, gone: gone.length },
    findings: findings.map(findingJson),
    gone,
    problems,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function findingJson(finding: JudgedFinding): Record<string, unknown> {
  const { path, region, rule, kind, category, level, text, size, message, related = [] } = finding;
  return { path, ...region, rule, kind, category, level, text, count: size, message, related, new: finding.new };
}

/** One line a new finding, `path:line:column: level rule: message`, which editors and CI make links of; then the sums. */
export function checkText(report: GateReport, paint: Paint = plain): string {
  const fresh = report.findings.filter((finding) => finding.new);
  const lines = [
    ...fresh.map((finding) => findingLine(finding, paint)),
    ...goneLines(report.gone).map((line) => paint('good', line)),
    paint(fresh.length === 0 ? 'good' : 'bad', `${summary(report)}.`),
  ];
  const problems = problemsText(report.problems, paint);
  return `${lines.join('\n')}\n${problems === '' ? '' : `\n${problems}`}`;
}

function findingLine({ path, region, level, rule, message }: JudgedFinding, paint: Paint): string {
  const place = region === undefined ? path : `${path}:${region.line}:${region.column}`;
  return `${place}: ${paint(level === 'error' ? 'bad' : 'heading', level)} ${rule}: ${message}`;
}

function goneLines(gone: readonly KnownFinding[]): string[] {
  const shown = gone.slice(0, namedGone).map(({ path, kind, text, count: n }) => {
    const what = text === '' ? kind : `${kind} ${text}`;
    return `gone: ${path}: ${what}${n === 1 ? '' : ` (${number(n)} times)`}`;
  });
  const more = gone.length - shown.length;
  return more > 0 ? [...shown, `gone: ${number(more)} more; --format json names them all.`] : shown;
}

/** `3 new findings in 2 files (1 error, 2 warnings); 40 known; 2 gone, which --update-baseline takes out`. */
function summary({ findings, gone, isCompared }: GateReport): string {
  const fresh = findings.filter((finding) => finding.new);
  const known = findings.length - fresh.length;
  const files = new Set(fresh.map(({ path }) => path)).size;
  const noun = isCompared ? 'new finding' : 'finding';
  const head =
    fresh.length === 0
      ? `No ${noun}s`
      : `${count(fresh.length, noun)} in ${count(files, 'file')} (${sentenceList(levelCounts(fresh))})`;
  return [
    head,
    ...(known > 0 ? [`${number(known)} known`] : []),
    ...(gone.length > 0 ? [`${number(gone.length)} gone, which --update-baseline takes out`] : []),
  ].join('; ');
}

function levelCounts(findings: readonly JudgedFinding[]): string[] {
  const levels: readonly Level[] = ['error', 'warning', 'note'];
  return levels
    .map((level) => [level, findings.filter((finding) => finding.level === level).length] as const)
    .filter(([, n]) => n > 0)
    .map(([level, n]) => count(n, level));
}

/** For the summary of a CI job or a comment: a table a rule. */
export function checkMarkdown(report: GateReport): string {
  const fresh = report.findings.filter((finding) => finding.new);
  const sections = [...groupBy(fresh, ({ rule }) => rule)].map(([rule, findings]) => {
    const rows = findings.map(({ path, region, message }) => [
      code(region === undefined ? path : `${path}:${region.line}`),
      message,
    ]);
    return `## ${rule} (${number(findings.length)})\n\n${table(['Place', 'Finding'], rows)}`;
  });
  const gone = goneLines(report.gone).map((line) => `- ${line}\n`);
  const notes = report.problems.map(
    ({ path, message }) => `- ${path === undefined ? '' : `${code(path)}: `}${message}\n`,
  );
  return [
    `# Tree unifier check\n\n${summary(report)}.\n`,
    ...sections,
    ...(gone.length === 0 ? [] : [`## Gone\n\n${gone.join('')}`]),
    ...(notes.length === 0 ? [] : [`## Problems\n\n${notes.join('')}`]),
  ].join('\n');
}
