/** Changed workspace paths, or `'all'` when anything may have changed. */
export type Changed = readonly string[] | 'all';

/** Above this many paths a whole new measurement is cheaper than many small ones. */
export const MANY = 200;

/** A person edits few files at once; above this, something is writing many, and more will follow. */
const FEW = 20;

/**
 * Collects changes for a moment (until they pause, when they are many), hands them on in one batch, and never runs two
 * batches at once: what arrives meanwhile makes the next batch. A saved file does not wait.
 */
export class ChangeQueue {
  readonly #apply: (changed: Changed) => Promise<void>;
  readonly #delay: number;
  readonly #paths = new Set<string>();
  #all = false;
  #isUrgent = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  /** @param delay of the moment, in milliseconds. */
  constructor(apply: (changed: Changed) => Promise<void>, delay: number) {
    this.#apply = apply;
    this.#delay = delay;
  }

  add(path: string): void {
    this.#paths.add(path);
    this.#schedule();
  }

  /** Somebody just saved this file and looks at it. */
  addSaved(path: string): void {
    this.#paths.add(path);
    this.#isUrgent = true;
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
    const isMany = this.#all || this.#paths.size > FEW;
    if (this.#timer !== undefined && !isMany && !this.#isUrgent) return;
    clearTimeout(this.#timer);
    const delay = this.#isUrgent && !isMany ? 0 : this.#delay;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#isUrgent = false;
      this.#running = this.#apply(this.#take()).finally(() => {
        this.#running = undefined;
        if (this.#all || this.#paths.size > 0) this.#schedule();
      });
    }, delay);
  }

  #take(): Changed {
    const changed = this.#all || this.#paths.size > MANY ? 'all' : [...this.#paths];
    this.#paths.clear();
    this.#all = false;
    return changed;
  }
}
