import { changeKinds, choices, phaseIds, referenceKinds } from '../engine/index.ts';
import type { Choice, Config, PhaseId, PlanOptions } from '../engine/index.ts';
import type { CommandContext, CommandOption } from './command.ts';
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

/** @throws UsageError when the phase is missing or a value is not allowed. */
export function readPhase({ options }: CommandContext): PhaseId {
  const given = options['phase']?.at(-1);
  if (given === undefined) throw new UsageError(`Say which phase: --phase ${phaseIds.join('|')}.`);
  return choice('phase', given, phaseIds);
}

/** @throws UsageError for a value that is not allowed. */
export function readPlanOptions({ config, options }: CommandContext): PlanOptions {
  const conflicts = options['conflicts']?.at(-1);
  if (conflicts !== undefined) choice('conflicts', conflicts, ['write']);
  const expires = options['expires']?.at(-1);
  const names = [...config.categories.map(({ name }) => name), 'Other', ...referenceKinds, ...changeKinds];
  return {
    only: anyOf('only', options['only'] ?? [], names),
    choices: new Map((options['choose'] ?? []).flatMap((given) => readChoice(given, config))),
    writeConflicts: conflicts !== undefined,
    includeReview: options['include-review'] !== undefined,
    ...(expires === undefined ? {} : { expires }),
  };
}

/** `path=legacy`, where the path is one from the root, in either tree, or one inside the trees. */
function readChoice(given: string, { pairs }: Config): [string, Choice][] {
  const at = given.lastIndexOf('=');
  if (at <= 0) throw new UsageError(`--choose is "${given}": expected a path, "=" and one of ${choices.join(', ')}.`);
  const path = given.slice(0, at).replaceAll('\\', '/').replace(/^\.\//u, '');
  const side = choice('choose', given.slice(at + 1), choices);
  const roots = pairs.flatMap(({ legacy, canonical }) => [legacy.root, canonical.root]);
  if (roots.some((root) => path.startsWith(`${root}/`))) return [[path, side]];
  return pairs.map(({ canonical }) => [`${canonical.root}/${path}`, side]);
}
