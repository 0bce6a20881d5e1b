import {
  referenceKinds,
  referencesJson,
  referencesMarkdown,
  referencesText,
  standings,
  visible,
} from '../engine/index.ts';
import type { Reference, ReferenceReport } from '../engine/index.ts';
import type { Command, CommandContext } from './command.ts';
import { choices } from './usage.ts';

export const referencesCommand: Command = {
  name: 'references',
  summary: 'list every mention of the legacy name, and what it would be rewritten to',
  options: [
    { name: 'category', value: 'NAME', summary: 'only these categories, such as Scripts or Documentation' },
    { name: 'kind', value: 'KIND', summary: `only these kinds: ${referenceKinds.join(', ')}` },
    { name: 'standing', value: 'STANDING', summary: `only these standings: ${standings.join(', ')}` },
  ],
  run: async (context) => {
    const isWanted = filter(context);
    const session = await context.open();
    context.progress('Looking for references…');
    const report = filtered(await session.references(), isWanted);
    const found = report.references.some(({ standing }) => standing === 'live');
    return { output: format(report, context), exitCode: found ? 1 : 0 };
  },
};

/** An option that is not given lets everything through. */
function filter({ config, options }: CommandContext): (reference: Reference) => boolean {
  const known = [...config.categories.map(({ name }) => name), 'Other'];
  const categories = choices('category', options['category'] ?? [], known);
  const kinds = choices('kind', options['kind'] ?? [], referenceKinds);
  const allowedStandings = choices('standing', options['standing'] ?? [], standings);
  return ({ category, kind, standing }) =>
    (categories.size === 0 || categories.has(category)) &&
    (kinds.size === 0 || kinds.has(kind)) &&
    (allowedStandings.size === 0 || allowedStandings.has(standing));
}

/** As if the others were not there: `occurrences` counts what is listed. */
function filtered(report: ReferenceReport, isWanted: (reference: Reference) => boolean): ReferenceReport {
  const references = report.references.filter(isWanted);
  const dropped = report.references.length - references.length;
  return { ...report, references, occurrences: report.occurrences - dropped };
}

function format(report: ReferenceReport, { format, paint }: CommandContext): string {
  if (format === 'json') return referencesJson(report);
  return format === 'text' ? referencesText(visible(report), paint) : referencesMarkdown(visible(report));
}
