/** What the bench measures: a row of its table each. */
export interface Operation {
  /** In Markdown. */
  readonly name: string;
  /** The time itself, where no peer does the like. */
  readonly isAbsolute: boolean;
}

/** Commands of the command line, with their operands. */
export const commands = ['inventory', 'references', 'plan --phase canonicalize', 'verify imports', 'check'] as const;

export const toTheSearchAlone = '`references`, to the search alone';
export const changedFile = 'a changed file in a warm session, absolute';
export const changedPhases = 'the same, with all phases';

/** In the order of the table. */
export const operations: readonly Operation[] = [
  ...commands.map((command) => ({ name: `\`${command}\``, isAbsolute: false })),
  { name: toTheSearchAlone, isAbsolute: false },
  { name: changedFile, isAbsolute: true },
  { name: changedPhases, isAbsolute: true },
];
