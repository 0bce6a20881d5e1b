import { phaseName } from '../document/phases.ts';
import type { Blocker, Change } from '../plan/model.ts';
import type { PhaseId } from '../references/model.ts';
import { labelOf, type TreePair } from '../tree/pair.ts';
import { filesByReason, isOfFile, isOfReference, rewrittenTable } from './changesMarkdown.ts';
import { count, sentenceList } from './format.ts';
import { code } from './markdown.ts';

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
  const canonical = sentenceList(pairs.map((pair) => labelOf(pair, 'canonical')));
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
    changes.filter((change) => isOfFile(change) && change.type === type).length;
  const [added, changed, removed] = [ofType('create'), ofType('edit'), ofType('delete')];
  const files = [
    ...(added > 0 ? [`${count(added, 'file')} added`] : []),
    ...(changed > 0 ? [`${count(changed, 'file')} changed`] : []),
    ...(removed > 0 ? [`${count(removed, 'file')} removed`] : []),
  ];
  const rewritten = changes.filter(isOfReference);
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
  const own = changes.filter(isOfFile);
  const rewritten = rewrittenTable(changes);
  const open = [...blockers.map(({ path, reason }) => `${code(path)}: ${reason}`), ...left];
  const sections = [
    `# ${subject(applied)}\n`,
    facts(changes)
      .map((fact) => `- ${fact}\n`)
      .join(''),
    ...(own.length > 0 ? [`## Files\n\n${filesByReason(own)}`] : []),
    ...(rewritten === undefined ? [] : [`## References\n\n${rewritten}`]),
    ...(open.length > 0 ? [`## Still open\n\n${open.map((item) => `- ${item}\n`).join('')}`] : []),
  ];
  return sections.filter((section) => section !== '').join('\n');
}
