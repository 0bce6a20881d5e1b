import process from 'node:process';
import type { Stopped } from '../../engine/index.ts';
import type { BackendProcess } from './backendProcess.ts';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The backends that run now: none of them outlives this process, unless that is killed outright. */
export class Running {
  readonly #backends = new Set<BackendProcess>();
  readonly #endsOnSignals: boolean;

  constructor(endsOnSignals: boolean) {
    this.#endsOnSignals = endsOnSignals;
  }

  add(backend: BackendProcess): void {
    if (this.#backends.size === 0) this.#watch();
    this.#backends.add(backend);
  }

  async stop(backend: BackendProcess): Promise<Stopped> {
    const stopped = await backend.stop();
    this.#backends.delete(backend);
    if (this.#backends.size === 0) this.#unwatch();
    return stopped;
  }

  #watch(): void {
    process.on('exit', this.#endAll);
    if (this.#endsOnSignals) for (const signal of SIGNALS) process.on(signal, this.#endBySignal);
  }

  #unwatch(): void {
    process.off('exit', this.#endAll);
    for (const signal of SIGNALS) process.off(signal, this.#endBySignal);
  }

  readonly #endAll = (): void => {
    for (const backend of this.#backends) backend.endNow();
  };

  /** Without our listener the signal does what it always did. */
  readonly #endBySignal = (signal: NodeJS.Signals): void => {
    this.#endAll();
    this.#unwatch();
    process.kill(process.pid, signal);
  };
}
