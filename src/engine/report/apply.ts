import type { ApplyReport } from '../plan/apply.ts';
import type { Checkpoint, Restored } from '../ports.ts';
import { blockerText, count, number, plain, sentenceList, type Paint } from './format.ts';
import { code } from './markdown.ts';

/** Blockers that are named; a phase may have hundreds. */
const namedBlockers = 20;

const howToDecide = '  decide for a file: --choose PATH=legacy|canonical|merge';

/** The stable shape of design section 7. */
export function applyJson(report: ApplyReport): string {
  const { phase, state, applied, checkpoint, conflicts, left, blockers, refused, brokenImports } = report;
  const { checklist, files, handover } = report;
  const about = { phase, state, applied, checkpoint, conflicts, left, blockers, refused, brokenImports };
  return `${JSON.stringify({ ...about, checklist, files, ...handover }, null, 2)}\n`;
}

export function applyText(report: ApplyReport, paint: Paint = plain): string {
  const { phase, checkpoint, blockers, refused, left } = report;
  const more = blockers.length - namedBlockers;
  const lines = [
    paint('heading', `${phase}: ${done(report)}`),
    ...(checkpoint === null
      ? []
      : [`  checkpoint: ${checkpoint} (take it all back: tree-unifier restore ${checkpoint})`]),
    ...blockers.slice(0, namedBlockers).map((one) => paint('bad', `  blocked: ${blockerText(one)}`)),
    ...(more > 0 ? [paint('bad', `  blocked: ${number(more)} more; --format json names them all.`)] : []),
    ...(phase === 'canonicalize' && blockers.length > 0 ? [howToDecide] : []),
    ...refused.map((one) => paint('bad', `  left as it is: ${blockerText(one)}`)),
    ...report.brokenImports.map((one) => paint('bad', `  import broken: ${one.path}:${one.line}: ${one.message}`)),
    ...left.map((sentence) => `  left: ${sentence}`),
    ...report.checklist.map((sentence) => `  for you to do: ${sentence}`),
    ...(report.handover === undefined
      ? []
      : ['', paint('faint', 'For the commit:'), '', indented(report.handover.commitMessage)]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The description of a pull request, and how to take it back. */
export function applyMarkdown({ phase, checkpoint, handover }: ApplyReport): string {
  if (checkpoint === null || handover === undefined) return `# Phase ${phase}\n\nNothing was changed.\n`;
  return `${handover.pullRequest}\nTake it back with ${code(`tree-unifier restore ${checkpoint}`)}.\n`;
}

function indented(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gmu, '  ');
}

function done({ applied, files, state }: ApplyReport): string {
  if (applied === 0) return state === 'done' ? 'nothing to do, it is done' : 'nothing was changed';
  return `${count(applied, 'change')} made in ${count(files.length, 'file')}`;
}

export function restoreJson({ written, deleted, checkpoint }: Restored): string {
  return `${JSON.stringify({ written, deleted, checkpoint: checkpoint.name }, null, 2)}\n`;
}

export function restoreText({ written, deleted, checkpoint }: Restored): string {
  const parts = [count(written.length, 'file') + ' put back', count(deleted.length, 'file') + ' deleted'];
  return `Restored: ${sentenceList(parts)}. What there was before is checkpoint ${checkpoint.name}.\n`;
}

/** Oldest first, one a line. */
export function checkpointsText(checkpoints: readonly Checkpoint[]): string {
  if (checkpoints.length === 0) return 'There are no checkpoints.\n';
  return checkpoints.map(({ name, head }) => `${name}${headText(head)}\n`).join('');
}

function headText(head: Checkpoint['head']): string {
  if (head?.commit === undefined) return '';
  return `  at ${head.commit.slice(0, 10)}${head.branch === undefined ? '' : ` on ${head.branch}`}`;
}
