import { phaseName } from '../document/phases.ts';
import { groupBy } from '../groupBy.ts';
import type { Blocker, Change } from '../plan/model.ts';
import type { PhaseId } from '../references/model.ts';
import type { TreePair } from '../tree/pair.ts';
import { count, number, sentenceList } from './format.ts';
import { code, table } from './markdown.ts';

/** What whoever applied a phase hands to others. */
export interface Handover {
  /** Subject, an empty line, and a body wrapped by nobody. */
  readonly commitMessage: string;
  /** Markdown. */
  readonly pullRequest: string;
}

/** What was really changed. */
export interface Applied {
  readonly phase: PhaseId;
  readonly pairs: readonly TreePair[];
  readonly changes: readonly Change[];
  readonly blockers: readonly Blocker[];
  readonly left: readonly string[];
}

/** Files named in a pull request; of more, the rest are counted. */
const namedFiles = 40;

/** The texts for version control, from what was changed and what is left. */
export function handover(applied: Applied): Handover {
  return { commitMessage: commitMessage(applied), pullRequest: pullRequest(applied) };
}

function commitMessage(applied: Applied): string {
  const lines = [...facts(applied.changes).map((fact) => `- ${fact}`)];
  const left = applied.left.map((sentence) => `- left: ${sentence}`);
  return `${[subject(applied), '', ...lines, ...left].join('\n').trimEnd()}\n`;
}

function subject({ phase, pairs }: Applied): string {
  const { number: id } = phaseName({ pairs }, phase);
  const legacy = sentenceList(pairs.map((pair) => pair.legacy.root));
  const canonical = sentenceList(pairs.map((pair) => pair.canonical.package));
  switch (phase) {
    case 'inventory':
      return `Phase ${id}: inventory of ${legacy} and ${canonical}`;
    case 'canonicalize':
      return `Phase ${id}: merge ${legacy} into ${canonical}`;
    case 'align':
      return `Phase ${id}: scripts, launcher and Docker use ${canonical}`;
    case 'deduplicate':
      return `Phase ${id}: one tree, ${canonical}`;
  }
}

/** `3 files added, 10 changed, 435 removed`, `660 references rewritten in 120 files`. */
function facts(changes: readonly Change[]): string[] {
  const ofType = (type: Change['type']): number =>
    changes.filter((change) => isOwn(change) && change.type === type).length;
  const [added, changed, removed] = [ofType('create'), ofType('edit'), ofType('delete')];
  const files = [
    ...(added > 0 ? [`${count(added, 'file')} added`] : []),
    ...(changed > 0 ? [`${count(changed, 'file')} changed`] : []),
    ...(removed > 0 ? [`${count(removed, 'file')} removed`] : []),
  ];
  const rewritten = changes.filter(isReference);
  const paths = new Set(rewritten.map(({ path }) => path)).size;
  return [
    ...(files.length > 0 ? [sentenceList(files)] : []),
    ...(rewritten.length > 0 ? [`${count(rewritten.length, 'reference')} rewritten in ${count(paths, 'file')}`] : []),
    ...(changes.some(({ kind }) => kind === 'depth') ? ['depth-sensitive paths mended'] : []),
    ...(changes.some(({ kind }) => kind === 'document') ? ['task file brought up to date'] : []),
  ];
}

function pullRequest(applied: Applied): string {
  const { changes, blockers, left } = applied;
  const own = changes.filter(isOwn);
  const named = own.slice(0, namedFiles).map(({ path, type, reason }) => `- ${code(path)} (${type}): ${reason}\n`);
  const more = own.length > namedFiles ? `- and ${count(own.length - namedFiles, 'more file')}\n` : '';
  const rows = [...groupBy(changes.filter(isReference), ({ category }) => category)].map(([category, inCategory]) => [
    category,
    number(new Set(inCategory.map(({ path }) => path)).size),
    number(inCategory.length),
  ]);
  const open = [...blockers.map(({ path, reason }) => `${code(path)}: ${reason}`), ...left];
  const sections = [
    `# ${subject(applied)}\n`,
    facts(changes)
      .map((fact) => `- ${fact}\n`)
      .join(''),
    ...(own.length > 0 ? [`## Files\n\n${named.join('')}${more}`] : []),
    ...(rows.length > 0 ? [`## References\n\n${table(['Category', 'Files', 'References'], rows)}`] : []),
    ...(open.length > 0 ? [`## Still open\n\n${open.map((item) => `- ${item}\n`).join('')}`] : []),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

/** A change of a whole file, rather than of words in it. */
function isOwn({ kind }: Change): boolean {
  return kind === 'merge' || kind === 'tree' || kind === 'shim';
}

function isReference(change: Change): boolean {
  return change.type === 'edit' && change.reference !== undefined;
}
