import {
  checkJson,
  checkMarkdown,
  checkSarif,
  checkText,
  EngineError,
  formatBaseline,
  gateKinds,
  isOpen,
  nextBaseline,
  readBaseline,
  referenceKinds,
  runGate,
  visible,
} from '../engine/index.ts';
import type { Baseline, GateReport } from '../engine/index.ts';
import type { Command, CommandContext, Outcome } from './command.ts';
import { choices, UsageError } from './usage.ts';

export const checkCommand: Command = {
  name: 'check',
  summary: 'fail while anything refers to the legacy tree or the two trees differ: the gate for CI',
  notes:
    'An import of the canonical package that fails counts when it is new: against the baseline or the revision, and\n' +
    'without either when it did not fail at the last commit, or when only the legacy tree has what it asks for. What\n' +
    'failed in both trees all along keeps no gate shut; verify imports names that as well.',
  options: [
    { name: 'baseline', value: 'FILE', summary: 'let pass what this file of the repository knows, and nothing more' },
    { name: 'update-baseline', summary: 'take out of the baseline what is gone; it never grows by this' },
    { name: 'write-baseline', summary: 'make the baseline anew: what is found now is known from now on' },
    { name: 'since', value: 'REVISION', summary: 'let pass what was there at this commit, branch or tag' },
    { name: 'only', value: 'NAME', summary: 'only these categories or kinds, such as Scripts, import or diverged' },
  ],
  formats: ['text', 'json', 'markdown', 'sarif'],
  run: async (context) => {
    const { file, write } = baselineOptions(context);
    const only = readOnly(context);
    const session = await context.open();
    const ports = await context.ports();
    const isThere = file !== undefined && (await ports.files.stat(file)).kind === 'file';
    // What is to be made need not be there.
    const baseline =
      file === undefined || (write === 'accept' && !isThere) ? undefined : await readBaseline(ports.files, file);
    context.progress('Looking for what is left…');
    const since = context.options['since']?.at(-1);
    const world = { session, ports, config: context.config };
    const report = await runGate(world, { baseline, baselineFile: file, since, only });
    if (file === undefined || write === undefined) return outcome(report, context);
    return await writeBaseline(file, baseline, report, write, context);
  },
};

type Growth = 'accept' | 'refuse';

/** @throws UsageError for options that contradict each other. */
function baselineOptions({ options }: CommandContext): { file: string | undefined; write: Growth | undefined } {
  const given = options['baseline']?.at(-1);
  const [accept, refuse] = [options['write-baseline'] !== undefined, options['update-baseline'] !== undefined];
  if (accept && refuse) throw new UsageError('Give --update-baseline or --write-baseline, not both.');
  const write = accept ? 'accept' : refuse ? 'refuse' : undefined;
  if (write !== undefined && given === undefined) {
    throw new UsageError(`Say which file: --baseline FILE with --${accept ? 'write' : 'update'}-baseline.`);
  }
  if (accept && options['since'] !== undefined) {
    throw new UsageError('--write-baseline takes all that is found: leave out --since.');
  }
  return { file: given === undefined ? undefined : insideRoot(given), write };
}

/** @throws UsageError for a file outside of the repository: it could not be read on another machine. */
function insideRoot(given: string): string {
  const segments = given.split(/[/\\]/u).filter((segment) => segment !== '' && segment !== '.');
  if (/^(?:[/\\~]|[A-Za-z]:)/u.test(given) || segments.includes('..') || segments.length === 0) {
    throw new UsageError(`--baseline is "${given}": expected a file inside the repository, relative to its root.`);
  }
  return segments.join('/');
}

/** @throws UsageError for a name that is neither a category nor a kind. */
function readOnly({ config, options }: CommandContext): Set<string> {
  const categories = [...config.categories.map(({ name }) => name), 'Other'];
  return choices('only', options['only'] ?? [], [...categories, ...referenceKinds, ...gateKinds]);
}

function outcome(report: GateReport, context: CommandContext): Outcome {
  return { output: format(report, context), exitCode: isOpen(report) ? 0 : 1 };
}

function format(report: GateReport, { format: wanted, paint }: CommandContext): string {
  switch (wanted) {
    case 'json':
      return checkJson(report);
    case 'markdown':
      return checkMarkdown(visible(report));
    case 'sarif':
      return checkSarif(report);
    case 'text':
    case 'diff':
      return checkText(visible(report), paint);
  }
}

/** Says what the file knows now: it never grows unnoticed. */
async function writeBaseline(
  file: string,
  before: Baseline | undefined,
  report: GateReport,
  growth: Growth,
  context: CommandContext,
): Promise<Outcome> {
  const next = nextBaseline(report, before ?? [], growth);
  await replaceFile(file, formatBaseline(next), context);
  const fresh = report.findings.filter((finding) => finding.new).length;
  const after = { ...report, gone: [] };
  if (growth === 'refuse' || context.format !== 'text') {
    const accepted = { ...after, findings: after.findings.map((finding) => ({ ...finding, new: false })) };
    return outcome(growth === 'accept' ? { ...accepted, isCompared: true } : after, context);
  }
  const taken = `${fresh} new taken in, ${report.gone.length} gone taken out`;
  return {
    output: `${file} knows ${report.findings.length} finding${report.findings.length === 1 ? '' : 's'} now: ${taken}.\n`,
    exitCode: 0,
  };
}

/** @throws EngineError `unwritable` when it cannot be written. */
async function replaceFile(file: string, text: string, { ports, openWriters }: CommandContext): Promise<void> {
  const { files } = await ports();
  const before = (await files.stat(file)).kind === 'file' ? await files.read(file) : undefined;
  const { applier } = await openWriters();
  const outcomes = [{ path: file, before, after: new TextEncoder().encode(text) }];
  const { refused } = await applier.apply(outcomes, { phase: 'inventory', checkpoint: '' });
  const [refusal] = refused;
  if (refusal !== undefined) throw new EngineError('unwritable', `Cannot write ${file}: ${refusal.reason}`);
}
