import type * as Engine from '../engine/index.ts';

/**
 * The engine at work: what opens a session, applies, detects or verifies. It is loaded when somebody first needs it, since
 * most folders have no tree pair, and never by an `import` of its own, which the start of VS Code would wait for.
 */
export async function loadEngine(): Promise<typeof Engine> {
  return await import('../engine/index.ts');
}
