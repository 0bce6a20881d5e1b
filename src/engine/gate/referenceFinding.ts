import type { Config, Severity, SeverityKey } from '../config.ts';
import type { Reference } from '../references/model.ts';
import type { Finding, Region } from './finding.ts';
import type { Level } from './rules.ts';
import { referenceRuleId } from './rules.ts';

const levels: Readonly<Record<Exclude<Severity, 'none'>, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** A document may speak of what is gone, so a missing target there weighs no more than any other mention. */
export function severityKeyOf({ standing, category, target }: Reference): SeverityKey {
  if (standing !== 'live') return standing;
  if (category === 'Documentation') return 'documentation';
  return target === 'missing' ? 'missing' : 'live';
}

/** `missing-target`, else the kind: `legacy-module-string`. */
export function codeOf({ standing, target, kind }: Reference): string {
  return standing === 'live' && target === 'missing' ? 'missing-target' : referenceRuleId(kind);
}

/** What is said of a reference in an editor and in a report. */
export function messageOf({ text, standing, target, rewrite, needsReview, reason }: Reference): string {
  const why = reason === undefined ? '' : ` ${reason}`;
  if (standing === 'ownName') return `\`${text}\` looks like the legacy name but is a name of its own.${why}`;
  if (standing === 'kept') return `Legacy name \`${text}\`, marked as intentional.`;
  if (standing === 'historical') return `Legacy name \`${text}\` in a record of the past.`;
  if (target === 'missing') return `Legacy name \`${text}\`: the canonical tree has nothing it could point at.${why}`;
  if (rewrite === undefined) return `Legacy name \`${text}\`.${why}`;
  return `Legacy name \`${text}\`: use \`${rewrite.replacement}\`.${needsReview ? why : ''}`;
}

/** A live reference as a finding; `undefined` for any other, and where the settings want nothing said. */
export function referenceFinding(reference: Reference, config: Config): Finding | undefined {
  const severity = config.severities[severityKeyOf(reference)];
  if (reference.standing !== 'live' || severity === 'none') return undefined;
  const { path, kind, category, text } = reference;
  return {
    rule: codeOf(reference),
    path,
    region: regionOf(reference),
    kind,
    category,
    text,
    size: 1,
    message: messageOf(reference),
    level: levels[severity],
  };
}

function regionOf({ line, column, text }: Reference): Region {
  const lines = text.split(/\r\n|\r|\n/u);
  const last = lines.at(-1)?.length ?? 0;
  return {
    line,
    column,
    endLine: line + lines.length - 1,
    endColumn: lines.length === 1 ? column + last : last + 1,
  };
}
