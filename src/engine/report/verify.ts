import type { ProbedBackend } from '../verify/backend/model.ts';
import type { CheckFinding, CheckName, CheckResult, VerifyReport } from '../verify/check.ts';
import { count, number, plain, type Paint } from './format.ts';
import { code, table } from './markdown.ts';

/** What each check finds out, as its heading. */
export const checkTitles: Readonly<Record<CheckName, string>> = {
  imports: 'Imports resolve',
  syntax: 'Python files parse',
  paths: 'Paths lead somewhere',
  docker: 'Containers run the same code',
  backend: 'Backends answer alike',
};

/** The stable shape of design section 7. */
export function verifyJson(report: VerifyReport): string {
  return `${JSON.stringify({ checks: Object.fromEntries(entriesOf(report)) }, null, 2)}\n`;
}

export function verifyText(report: VerifyReport, paint: Paint = plain): string {
  return entriesOf(report)
    .map(([name, result]) => {
      const state = result.skipped === undefined ? stateOf(result) : `not checked: ${result.skipped}`;
      const lines = [
        `${paint('heading', name.padEnd(7))} ${checkTitles[name]} — ${paint(result.ok ? 'good' : 'bad', state)}`,
        ...result.findings.map((finding) => `  ${findingText(finding)}`),
        ...(result.backends?.backends ?? []).flatMap(backendLines),
        ...(result.notes ?? []).map((note) => `  ${paint('faint', note)}`),
      ];
      return `${lines.join('\n')}\n`;
    })
    .join('');
}

export function verifyMarkdown(report: VerifyReport): string {
  return entriesOf(report)
    .map(([name, result]) => {
      const state = result.skipped ?? `${stateOf(result)}.`;
      const rows = result.findings.map((finding) => [code(placeText(finding)), markOf(finding), finding.message]);
      const findings = rows.length === 0 ? '' : `\n${table(['Place', '', 'What'], rows)}`;
      const notes = (result.notes ?? []).map((note) => `\n${note}\n`).join('');
      return `## ${checkTitles[name]}\n\n${capital(state)}\n${findings}${backendTable(result)}${notes}`;
    })
    .join('\n');
}

function entriesOf(report: VerifyReport): [CheckName, CheckResult][] {
  return Object.entries(report) as [CheckName, CheckResult][];
}

/** `in order`, `3 problems`; compared with an earlier state, `3 problems, none of them new`. */
function stateOf({ ok, findings }: CheckResult): string {
  if (ok) return 'in order';
  const problems = findings.filter(({ level }) => level === 'problem');
  const all = count(problems.length, 'problem');
  const fresh = problems.filter((finding) => finding.new === true).length;
  if (problems.every((finding) => finding.new === undefined)) return all;
  return `${all}, ${fresh === 0 ? 'none' : number(fresh)} of them new`;
}

function placeText({ path, line }: CheckFinding): string {
  return path === '' ? '.' : `${path}:${line}`;
}

function findingText(finding: CheckFinding): string {
  const mark = markOf(finding);
  return `${placeText(finding)}: ${mark === '' ? '' : `${mark}: `}${finding.message}`;
}

function markOf({ level, new: isNew }: CheckFinding): string {
  return level === 'note' ? 'note' : isNew === true ? 'new' : '';
}

function backendLines(backend: ProbedBackend): string[] {
  const { name, command, probe } = backend;
  const output = probe.kind === 'failed' ? probe.output.map((line) => `      | ${line}`) : [];
  return [`  ${name} (${command}): ${probeText(backend)}`, ...output];
}

/** `health 200, 9 routes, 2 plugins`, or that it did not answer. */
export function probeText({ probe }: ProbedBackend): string {
  if (probe.kind === 'failed') return 'did not answer';
  const { health, routes, plugins } = probe;
  return [
    `health ${health.status}`,
    ...(routes === undefined ? [] : [count(routes.length, 'route')]),
    ...(plugins === undefined ? [] : [count(plugins.length, 'plugin')]),
  ].join(', ');
}

function backendTable({ backends: comparison }: CheckResult): string {
  if (comparison === undefined) return '';
  const { backends, differences } = comparison;
  const rows = backends.map((backend) => [backend.name, code(backend.command), probeText(backend)]);
  const differing = differences.map(({ backend, kind, what, message }) => [backend, kind, code(what), message]);
  const second = differing.length === 0 ? '' : `\n${table(['Backend', 'Kind', 'What', 'Difference'], differing)}`;
  return `\n${table(['Backend', 'Command', 'Answers'], rows)}${second}${backends.map(outputSection).join('')}`;
}

/** What one that did not answer printed last: most often it says why. */
function outputSection({ name, probe }: ProbedBackend): string {
  if (probe.kind !== 'failed' || probe.output.length === 0) return '';
  const text = probe.output.join('\n');
  const longest = Math.max(2, ...(text.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `\n### Output of ${name}\n\n${fence}text\n${text}\n${fence}\n`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
