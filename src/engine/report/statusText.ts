import type { PhaseState, PhaseStatus, Status } from '../plan/status.ts';
import { blockerText, number, plain, type Paint, type Role } from './format.ts';

const roles: Readonly<Record<PhaseState, Role>> = { done: 'good', open: 'faint', blocked: 'bad' };

/** The phases, one line each, with what blocks them and what is left below. */
export function statusText({ phases }: Status, paint: Paint = plain): string {
  return phases.map((phase) => `${phaseLines(phase, paint).join('\n')}\n`).join('');
}

function phaseLines({ number: id, title, state, count, blockers, left }: PhaseStatus, paint: Paint): string[] {
  const units = count > 0 ? `, ${number(count)} left` : '';
  return [
    `${paint('heading', id.padEnd(5))} ${title} — ${paint(roles[state], state)}${units}`,
    ...notes('blocked', blockers.map(blockerText)),
    ...notes('left', left),
  ];
}

/** Sentences named here; a blocked phase may have hundreds, which JSON names. */
const namedNotes = 12;

function notes(title: string, sentences: readonly string[]): string[] {
  const shown = sentences.slice(0, namedNotes).map((sentence) => `        ${title}: ${sentence}`);
  const more = sentences.length - shown.length;
  return more > 0 ? [...shown, `        ${title}: ${number(more)} more; --format json names them all.`] : shown;
}
