import { changeKinds, choices, phaseIds, referenceKinds } from '../engine/index.ts';
import type { PhaseId, PlanOptions } from '../engine/index.ts';
import type { CommandContext, CommandOption } from './command.ts';
import { readChoices } from './choose.ts';
import { choice, choices as anyOf, UsageError } from './usage.ts';

/** The options that say what to plan: `plan` and `apply` take the same ones. */
export const planOptions: readonly CommandOption[] = [
  { name: 'phase', value: 'PHASE', summary: phaseIds.join(', ') },
  { name: 'only', value: 'NAME', summary: 'only these categories or kinds, such as Scripts, merge or import' },
  {
    name: 'choose',
    value: 'PATH=SIDE',
    summary: `whose version of a file to take: ${choices.join(', ')}; both copies say the same afterwards`,
  },
  { name: 'conflicts', value: 'write', summary: 'write conflicts with markers; else they block' },
  { name: 'expires', value: 'DATE', summary: 'the last day of the shim, such as 2026-06-30' },
  { name: 'include-review', summary: 'with the changes that need review' },
];

/** @throws UsageError when the phase is missing or not allowed, or an option is for another one. */
export function readPhase({ options }: CommandContext): PhaseId {
  const given = options['phase']?.at(-1);
  if (given === undefined) throw new UsageError(`Say which phase: --phase ${phaseIds.join('|')}.`);
  const phase = choice('phase', given, phaseIds);
  for (const [option, of] of Object.entries(phaseOf))
    if (options[option] !== undefined && phase !== of) throw new UsageError(`--${option} is for --phase ${of}.`);
  return phase;
}

/** Options that one phase alone heeds. */
const phaseOf: Readonly<Record<string, PhaseId>> = {
  choose: 'canonicalize',
  conflicts: 'canonicalize',
  expires: 'deduplicate',
};

/** @throws UsageError for a value that is not allowed. */
export function readPlanOptions({ config, options }: CommandContext): PlanOptions {
  const conflicts = options['conflicts']?.at(-1);
  if (conflicts !== undefined) choice('conflicts', conflicts, ['write']);
  const expires = options['expires']?.at(-1);
  const names = [...config.categories.map(({ name }) => name), 'Other', ...referenceKinds, ...changeKinds];
  return {
    only: anyOf('only', options['only'] ?? [], names),
    choices: readChoices({ config, options }),
    writeConflicts: conflicts !== undefined,
    includeReview: options['include-review'] !== undefined,
    ...(expires === undefined ? {} : { expires }),
  };
}
