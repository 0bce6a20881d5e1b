import type { CheckpointPhase } from '../../engine/index.ts';

/** `2026-11-23-231502-canonicalize`, and `…-2` and so on for further ones of that second. */
export function nameOf(phase: CheckpointPhase, time: Date, attempt: number): string {
  const [day = '', clock = ''] = time.toISOString().split('T');
  const suffix = attempt === 1 ? '' : `-${attempt}`;
  return `${day}-${clock.slice(0, 8).replaceAll(':', '')}-${phase}${suffix}`;
}
