type Step = () => Promise<void>;

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const pending = new Set<Step>();
let state: 'unused' | 'listening' | 'interrupted' = 'unused';

/**
 * Registers a clean-up step and returns the function that runs it, once. Steps still pending when the user presses Ctrl+C
 * (or the process is asked to end) run then, the last one first, before the process exits: with `process.exitCode` where
 * that is set, because being interrupted is how the program ends, and else with the signal's own code.
 *
 * @throws after such a signal, so that nothing new is started.
 */
export function untilEnd(step: Step): Step {
  let running: Promise<void> | undefined;
  const once: Step = () => (running ??= step().finally(() => pending.delete(once)));
  pending.add(once);
  if (state === 'interrupted') throw new Error('Interrupted.');
  if (state === 'unused') listen();
  return once;
}

/** Runs every pending step, also those registered meanwhile. One that fails is told and does not keep the others. */
export async function endAll(): Promise<void> {
  for (let last = [...pending].at(-1); last !== undefined; last = [...pending].at(-1)) {
    await last().catch((error: unknown) => {
      console.error('Could not clean up:', error);
    });
  }
}

function listen(): void {
  state = 'listening';
  for (const [signal, code] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      state = 'interrupted';
      void endAll().finally(() => process.exit(process.exitCode ?? code));
    });
  }
}
