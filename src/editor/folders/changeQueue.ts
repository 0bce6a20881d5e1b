/** Changed workspace paths, or `'all'` when anything may have changed. */
export type Changed = readonly string[] | 'all';

/** Above this many paths a whole new measurement is cheaper than many small ones. */
export const MANY = 200;

/**
 * Collects changes until they pause, hands them on in one batch, and never runs two batches at once: what arrives
 * meanwhile makes the next batch.
 */
export class ChangeQueue {
  readonly #apply: (changed: Changed) => Promise<void>;
  readonly #delay: number;
  readonly #paths = new Set<string>();
  #all = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  /** @param delay of the pause, in milliseconds. */
  constructor(apply: (changed: Changed) => Promise<void>, delay: number) {
    this.#apply = apply;
    this.#delay = delay;
  }

  add(path: string): void {
    this.#paths.add(path);
    this.#schedule();
  }

  addAll(): void {
    this.#all = true;
    this.#schedule();
  }

  /** Resolves when everything that was added has been applied. */
  async idle(): Promise<void> {
    while (this.#timer !== undefined || this.#running !== undefined) {
      await (this.#running ?? new Promise((resolve) => setTimeout(resolve, this.#delay)));
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#paths.clear();
    this.#all = false;
  }

  #schedule(): void {
    if (this.#running !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#apply(this.#take()).finally(() => {
        this.#running = undefined;
        if (this.#all || this.#paths.size > 0) this.#schedule();
      });
    }, this.#delay);
  }

  #take(): Changed {
    const changed = this.#all || this.#paths.size > MANY ? 'all' : [...this.#paths];
    this.#paths.clear();
    this.#all = false;
    return changed;
  }
}
