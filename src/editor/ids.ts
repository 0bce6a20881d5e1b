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
} as const;

export const section = 'treeUnifier';

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
] as const;

/** The scheme of the legacy file as it reads in the canonical namespace. */
export const legacyScheme = 'tree-unifier-legacy';

export const diagnosticSource = 'tree-unifier';
