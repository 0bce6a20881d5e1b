import { referenceKinds, type ReferenceKind } from '../references/model.ts';

/** What the gate finds besides references. */
export const gateKinds = ['diverged', 'legacyOnly', 'conflict', 'shim', 'brokenImport'] as const;
export type GateKind = (typeof gateKinds)[number];

/** What sort of finding it is: part of the key by which a baseline knows it. */
export type FindingKind = ReferenceKind | GateKind;

export const findingKinds: readonly FindingKind[] = [...referenceKinds, ...gateKinds];

/** How grave it is; the words of SARIF. */
export type Level = 'error' | 'warning' | 'note';

/** One sort of finding, under the code by which editor, reports and documentation name it. */
export interface Rule {
  /** Never changes: people filter by it. */
  readonly id: string;
  /** A phrase for a list, with a full stop. */
  readonly title: string;
  /** Why it matters and how to mend it. */
  readonly help: string;
  /** Where neither the finding nor the settings say otherwise. */
  readonly level: Level;
}

const rewriteIt = 'Rewrite it to the canonical name, or mark it with a comment "tree-unifier: keep" if it is meant.';

const referenceTitles: Readonly<Record<ReferenceKind, string>> = {
  import: 'An import of the legacy package.',
  importUse: 'A use of the imported legacy package.',
  moduleString: 'A string that names a legacy module.',
  pathString: 'A string that holds a path into the legacy tree.',
  command: 'A command that runs or reads the legacy tree.',
  config: 'A setting that names the legacy tree.',
  markdown: 'A document that shows the legacy name.',
  prose: 'A comment or a sentence with the legacy name.',
  bare: 'The legacy name alone.',
};

/** `legacy-module-string` */
export function referenceRuleId(kind: ReferenceKind): string {
  return `legacy-${kind.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Every code that a diagnostic or a finding of the gate may have. */
export const rules: readonly Rule[] = [
  ...referenceKinds.map((kind): Rule => ({
    id: referenceRuleId(kind),
    title: referenceTitles[kind],
    help: rewriteIt,
    level: 'warning',
  })),
  {
    id: 'missing-target',
    title: 'A legacy name whose target the canonical tree lacks.',
    help: 'No renaming mends it: bring what it points at to the canonical tree first, or remove the reference.',
    level: 'error',
  },
  {
    id: 'depth-sensitive-path',
    title: 'A path that counts folders up from its file and now ends elsewhere.',
    help: 'The canonical copy lies at another depth than the legacy one: correct the number of steps.',
    level: 'warning',
  },
  {
    id: 'diverged-file',
    title: 'Two copies of a file that say different things.',
    help: 'Merge the two copies: tree-unifier plan --phase canonicalize shows how.',
    level: 'warning',
  },
  {
    id: 'legacy-only-file',
    title: 'A file that only the legacy tree has.',
    help: 'Bring it to the canonical tree, or delete it: tree-unifier plan --phase canonicalize says which.',
    level: 'warning',
  },
  {
    id: 'conflict-markers',
    title: 'A merge conflict that is not resolved.',
    help: 'Choose what the file should say and remove the lines of the markers.',
    level: 'error',
  },
  {
    id: 'expired-shim',
    title: 'A shim past its last day.',
    help: 'Remove it with tree-unifier apply --phase deduplicate, once nothing uses it.',
    level: 'error',
  },
  {
    id: 'unresolved-import',
    title: 'An import of the canonical package that fails.',
    help: 'Bring what is imported to the canonical tree, or correct the import.',
    level: 'error',
  },
];
