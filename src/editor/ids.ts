/** Every id that package.json and the code share, typed in one place. */
export const viewIds = {
  inventory: 'treeUnifier.inventory',
  references: 'treeUnifier.references',
  phases: 'treeUnifier.phases',
} as const;

export const commandIds = {
  refresh: 'treeUnifier.refresh',
  openSettings: 'treeUnifier.openSettings',
  showLog: 'treeUnifier.showLog',
  compareWithLegacy: 'treeUnifier.compareWithLegacy',
  compareCopies: 'treeUnifier.compareCopies',
  openLegacy: 'treeUnifier.openLegacy',
  openCanonical: 'treeUnifier.openCanonical',
  showRawLegacy: 'treeUnifier.showRawLegacy',
  showRewrittenLegacy: 'treeUnifier.showRewrittenLegacy',
  showLiveOnly: 'treeUnifier.showLiveOnly',
  showAllStandings: 'treeUnifier.showAllStandings',
  openTarget: 'treeUnifier.openTarget',
  rewriteAll: 'treeUnifier.rewriteAll',
  keep: 'treeUnifier.keep',
  takeLegacy: 'treeUnifier.takeLegacy',
  takeCanonical: 'treeUnifier.takeCanonical',
  merge: 'treeUnifier.merge',
  resolveConflict: 'treeUnifier.resolveConflict',
  writeMarkers: 'treeUnifier.writeMarkers',
  completeMerge: 'treeUnifier.completeMerge',
  takeLegacyHunk: 'treeUnifier.takeLegacyHunk',
  takeCanonicalHunk: 'treeUnifier.takeCanonicalHunk',
  previewPhase: 'treeUnifier.previewPhase',
  applyPhase: 'treeUnifier.applyPhase',
  restoreCheckpoint: 'treeUnifier.restoreCheckpoint',
  resolveInterrupted: 'treeUnifier.resolveInterrupted',
  verify: 'treeUnifier.verify',
  verifyPhase: 'treeUnifier.verifyPhase',
  verifyCheck: 'treeUnifier.verifyCheck',
  verifyBackends: 'treeUnifier.verifyBackends',
  showVerification: 'treeUnifier.showVerification',
  detect: 'treeUnifier.detect',
} as const;

/** Keys that `when` clauses read. */
export const contextKeys = {
  /** `loading`, `ready`, `noPair` or `failed`. */
  state: 'treeUnifier.state',
  /** `rewritten` or `raw` while such a comparison is the active editor, else absent. */
  comparison: 'treeUnifier.comparison',
  /** The paths of all files that are in both trees, as the keys of an object. */
  comparable: 'treeUnifier.comparable',
  liveOnly: 'treeUnifier.liveOnly',
  /** The paths of all files that the two trees do not agree about, as the keys of an object. */
  drifted: 'treeUnifier.drifted',
  /** The same for those whose merge is in conflict. */
  conflicts: 'treeUnifier.conflicts',
  /** The same for those that a person is resolving. */
  merging: 'treeUnifier.merging',
  /** Some folder has a tree pair. */
  hasPair: 'treeUnifier.hasPair',
  /** Every phase is done. */
  unified: 'treeUnifier.unified',
  /** There is something that a verification found. */
  verified: 'treeUnifier.verified',
} as const;

/** The key that holds a phase's state: `open`, `blocked` or `done`. */
export function phaseKey(id: string): string {
  return `treeUnifier.phase.${id}`;
}

export const section = 'treeUnifier';

/** Its steps are these, and between them one a phase, by the phase's id. */
export const walkthroughId = 'treeUnifier.unify';
export const stepIds = { choose: 'choose', keep: 'keep' } as const;

/** The settings below `treeUnifier.`. */
export const settingNames = [
  'pairs',
  'categories',
  'historical',
  'keep',
  'exclude',
  'kinds',
  'severities',
  'taskFile',
  'changelogFile',
  'runStyle',
  'mergeBase',
  'entryPoints',
] as const;

/** The scheme of texts that are only shown: the sides of a merge, a plan. */
export const shownScheme = 'tree-unifier-shown';

/** The scheme of an address that stands for the explanation of a problem, by its code; and the editor that opens it. */
export const problemScheme = 'tree-unifier-problem';
export const problemEditor = 'treeUnifier.problem';

/** Tools for language models. */
export const toolNames = [
  'tree-unifier_inventory',
  'tree-unifier_references',
  'tree-unifier_plan',
  'tree-unifier_status',
  'tree-unifier_verify',
] as const;

/** The scheme of the legacy file as it reads in the canonical namespace. */
export const legacyScheme = 'tree-unifier-legacy';

export const diagnosticSource = 'tree-unifier';
