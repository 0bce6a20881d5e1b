import type { ApplyReport } from '../plan/apply.ts';
import type { Checkpoint, Restored } from '../ports.ts';
import { blockerText, count, number, plain, sentenceList, type Paint } from './format.ts';
import { code } from './markdown.ts';

/** Blockers that are named; a phase may have hundreds. */
const namedBlockers = 20;

/** The stable shape of design section 7. */
export function applyJson(report: ApplyReport): string {
  const { phase, applied, checkpoint, conflicts, left, blockers, refused, files } = report;
  const value = { phase, applied, checkpoint, conflicts, left, blockers, refused, files };
  return `${JSON.stringify(value, null, 2)}\n`;
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
    ...refused.map((one) => paint('bad', `  left as it is: ${blockerText(one)}`)),
    ...left.map((sentence) => `  left: ${sentence}`),
  ];
  return `${lines.join('\n')}\n`;
}

export function applyMarkdown(report: ApplyReport): string {
  const { phase, checkpoint, blockers, refused, left } = report;
  const items = [
    ...(checkpoint === null ? [] : [`Checkpoint: ${code(checkpoint)}`]),
    ...blockers.map(({ path, reason }) => `Blocked: ${code(path)}: ${reason}`),
    ...refused.map(({ path, reason }) => `Left as it is: ${code(path)}: ${reason}`),
    ...left.map((sentence) => `Left: ${sentence}`),
  ];
  return `# Phase ${phase}\n\n${done(report)}.\n\n${items.map((item) => `- ${item}\n`).join('')}`;
}

function done({ applied, files }: ApplyReport): string {
  return applied === 0 ? 'nothing was changed' : `${count(applied, 'change')} made in ${count(files.length, 'file')}`;
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
